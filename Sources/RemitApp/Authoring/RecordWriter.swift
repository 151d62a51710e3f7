package import RemitModel
import RemitReport

/// Writes the part of TOML that records use, one key a line, in the order of the calls.
///
/// What it writes is always read back by the strict reader before anybody signs it.
package struct RecordWriter {
    private var text = ""
    private var fault: AppError?

    package init(type: String) {
        set("type", type)
    }

    package mutating func set(_ key: String, _ value: String) {
        line(key, quoted(value, key))
    }

    package mutating func set(_ key: String, _ value: Int) {
        line(key, String(value))
    }

    package mutating func set(_ key: String, _ value: Instant) {
        line(key, value.description)
    }

    package mutating func set(_ key: String, _ values: [String]) {
        line(key, "[" + values.map { quoted($0, key) }.joined(separator: ", ") + "]")
    }

    /// Writes a list, or nothing where it is empty.
    package mutating func set(_ key: String, unlessEmpty values: [String]) {
        if !values.isEmpty { set(key, values) }
    }

    package mutating func set(_ key: String, ifGiven value: Int?) {
        if let value { set(key, value) }
    }

    package mutating func set(_ key: String, ifGiven value: Instant?) {
        if let value { set(key, value) }
    }

    package mutating func set(_ key: String, _ value: Bool) {
        line(key, value ? "true" : "false")
    }

    package mutating func set(_ key: String, ifGiven value: String?) {
        if let value { set(key, value) }
    }

    /// The keys that follow are in this table.
    package mutating func table(_ name: String) { text += "\n[\(name)]\n" }

    /// The keys that follow are in one more table of this name.
    package mutating func element(_ name: String) { text += "\n[[\(name)]]\n" }

    /// The record's exact bytes.
    package func bytes() throws(AppError) -> [UInt8] {
        if let fault { throw fault }
        return Array(text.utf8)
    }

    private mutating func line(_ key: String, _ value: String) {
        text += "\(key) = \(value)\n"
    }

    /// A basic string.
    ///
    /// No record has Unicode escapes, so what could only be written with one is refused.
    private mutating func quoted(_ value: String, _ key: String) -> String {
        var result = String.UnicodeScalarView("\"".unicodeScalars)
        var previous: Unicode.Scalar = " "
        for scalar in value.unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F { refuse("'\(key)' holds a control character") }
            if previous == "\\", "uUx".unicodeScalars.contains(scalar) {
                refuse("'\(key)' holds a backslash before '\(scalar)', which no record may")
            }
            if scalar == "\"" || scalar == "\\" { result.append("\\") }
            result.append(scalar)
            previous = scalar
        }
        return String(result) + "\""
    }

    private mutating func refuse(_ message: String) {
        if fault == nil { fault = AppError(message, status: .usage) }
    }
}
