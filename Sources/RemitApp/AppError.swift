package import RemitReport

/// Why a command did not do what it was asked: what is wrong, what to do about it, and the status to end with.
package struct AppError: Error, Hashable, Sendable {
    /// Lower case, no full stop, the fault first.
    ///
    /// Escaped where it is shown.
    package let message: String
    /// What somebody else said about it, a server's hook for example, line by line.
    package let quoted: [String]
    package let hints: [String]
    package let status: ExitStatus

    package init(_ message: String, hint: String..., status: ExitStatus = .refused) {
        self.init(message, hints: hint, status: status)
    }

    package init(_ message: String, quoted: [String] = [], hints: [String], status: ExitStatus = .refused) {
        self.message = message
        self.quoted = quoted
        self.hints = hints
        self.status = status
    }
}

/// Why the text of one option is not accepted, in a few words after its name.
struct OptionFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
