import RemitReport

/// The text of the hooks in a clone, where they help whoever works in it; the server decides.
///
/// The same in the files of `hooks/` and in a clone that `remit task start` has set up. What cannot be checked here, for
/// want of the program or of the authority, is let through with a warning: a help that stops work is taken away.
package enum ClientHook: String, CaseIterable {
    case commitMessage = "commit-msg"
    case prePush = "pre-push"

    /// The path of the program in the files of `hooks/`.
    static let defaultProgram = "/usr/local/bin/remit"

    /// The whole file, for a clone in which no other hook is to be run.
    package var text: String {
        let purpose =
            switch self {
            case .commitMessage: "looks at a message before the commit is made"
            case .prePush: "looks at a push before it goes out"
            }
        return """
            #!/bin/sh
            # Remit \(purpose): a help, the server decides. See hooks/README.md.
            \(check(by: Self.defaultProgram))

            """
    }

    /// Asks the program: refused ends it here, anything but an answer is told.
    ///
    /// - Parameter input: a command whose output the program reads, where that is not what git gives the hook.
    func check(by program: String, input: String? = nil) -> String {
        let call =
            switch self {
            case .commitMessage: "'\(program)' check --message \"$1\" >&2"
            case .prePush: "'\(program)' check --pre-push \"$1\" >&2"
            }
        let fault =
            switch self {
            case .commitMessage: "the message was not checked here; the server judges the commit"
            case .prePush: "the push was not checked here; the server judges it"
            }
        return """
            \(input.map { "\($0) | " } ?? "")\(call)
            case $? in
            0) exit 0 ;;
            1) exit 1 ;;
            *) echo "remit: warning: \(fault)" >&2 ;;
            esac
            """
    }
}
