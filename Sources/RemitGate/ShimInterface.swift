import RemitReport

/// How a hook file asks the program, so that nothing else that lies in the program's place lets anything through.
///
/// A status of 0 proves nothing: an empty file, `/bin/true` and the shell's own builtins end with it. So a hook file asks
/// with this option behind the hook's name, and lets through what is answered with 10 and nothing else. A program that
/// answers other hook files than this one does not know the option, and says so with the status for wrong usage.
package enum ShimInterface {
    /// To be counted up whenever a hook file of before would misread an answer.
    package static let option = prefix + "1"
    package static let allowed: Int32 = 10
    package static let refused: Int32 = 11
    package static let undecided: Int32 = 12

    private static let prefix = "--shim="

    package enum Asking: Sendable {
        /// By git, or a person: with the documented statuses.
        case directly
        case byHookFile
        /// By the hook file of another release.
        case unknown

        /// The status of the process that whoever asks so understands.
        func code(of status: ExitStatus) -> Int32 {
            guard self == .byHookFile else { return status.rawValue }
            return switch status {
            case .allowed: ShimInterface.allowed
            case .refused: ShimInterface.refused
            case .undecided: ShimInterface.undecided
            case .usage: status.rawValue
            }
        }
    }

    /// Takes the option away from the words behind the hook's name.
    static func asking(_ arguments: inout ArraySlice<String>) -> Asking {
        guard let word = arguments.first, word.hasPrefix(prefix) else { return .directly }
        arguments.removeFirst()
        return word == option ? .byHookFile : .unknown
    }
}
