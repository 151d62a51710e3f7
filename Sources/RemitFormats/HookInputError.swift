/// Why the standard input of a hook is not what git writes.
package struct HookInputError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case tooLarge
        case tooManyUpdates
        case refTooLong
        case malformedLine
        /// The last line has no line feed: the input was cut.
        case unterminated
        /// Ids of 64 digits: a repository in the SHA-256 format.
        case sha256Repository
        /// A ref that goes from nothing to nothing.
        case bothZero
        case duplicateRef
    }

    package let code: Code
    /// Counted from 1.
    package let line: Int
    package let reason: String

    package init(_ code: Code, line: Int, _ reason: String) {
        self.code = code
        self.line = line
        self.reason = reason
    }
}
