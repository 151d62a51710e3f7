package import RemitModel

/// Why the environment of a hook is not one that git makes, or that of a job not one that its CI system makes.
///
/// It names a variable, never what the variable holds.
package struct InvocationError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case missingGitDirectory
        case badPushOptionCount
        case missingPushOption
        case tooLong
        case badCertificate
        case badPusher
        /// A server does not write control bytes into what it says of itself.
        case badWord
        /// An argument of a hook is missing, doubled, unknown or not of its form.
        case badArgument
        case badConfiguration
        /// What a job says of itself does not have its form, or contradicts the rest of what it says.
        case badClaim
        /// The file that describes a job's event cannot be understood.
        case badEvent
        /// The marks of more than one CI system are there.
        case ambiguousSystem
    }

    package let code: Code
    /// The variable's name, or the argument's; empty when the fault is in neither.
    package let variable: ByteString
    package let reason: String

    package init(_ code: Code, _ variable: ByteString, _ reason: String) {
        self.code = code
        self.variable = variable
        self.reason = reason
    }
}
