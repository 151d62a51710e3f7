/// Why a record is refused: where, which key, and what is wrong with it.
package struct RecordError: Error, Hashable, Sendable {
    /// The record's path in the authority, or the file's name.
    package let file: String
    /// From 1; `nil` when the fault is not on one line.
    package let line: Int?
    /// The key with its table, such as `grant.paths`.
    package let key: String?
    package let fault: String

    package init(file: String, line: Int? = nil, key: String? = nil, fault: String) {
        self.file = file
        self.line = line
        self.key = key
        self.fault = fault
    }

    /// The whole statement, in git's voice: "'policy.toml' line 3: key 'version': must be a whole number".
    package var statement: String {
        var text = "'\(file)'"
        if let line { text += " line \(line)" }
        if let key { text += ": key '\(key)'" }
        return text + ": " + fault
    }
}
