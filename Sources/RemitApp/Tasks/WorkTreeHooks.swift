import RemitReport

/// The hooks of an agent's clone: they help it, and never decide; the server does.
///
/// They lie in a directory of their own, each runs the hook of the same name that was there before, and nothing of the
/// person's is touched.
struct WorkTreeHooks {
    /// The directory of the hooks that were there before.
    let former: String
    let trailer: String

    /// Writes one file for each hook of ours, and one for each other that was there.
    func write(in directory: String) throws(AppError) {
        let program = RealPath.of("/proc/self/exe") ?? "remit"
        for path in [former, program] where !HookShim.canHold(path) {
            throw AppError("'\(path)' cannot stand in a hook", hint: "use a path without quotes and line feeds")
        }
        for name in try Files.names(in: directory) { Files.remove("\(directory)/\(name)") }
        let own = ["pre-push": prePush(program), "commit-msg": commitMessage(program)]
        for name in try Files.names(in: former) where own[name] == nil && Files.isProgram("\(former)/\(name)") {
            // Git brings examples, which it never runs.
            guard !name.hasSuffix(".sample"), HookShim.canHold("/\(name)") else { continue }
            try write("exec '\(former)/\(name)' \"$@\"\n", to: "\(directory)/\(name)")
        }
        for (name, body) in own { try write(body, to: "\(directory)/\(name)") }
    }

    private func write(_ body: String, to path: String) throws(AppError) {
        let text = "#!/bin/sh\n# Written by 'remit task start'; 'remit task end' takes it away.\n\(body)"
        try AtomicFile.replace(path, with: Array(text.utf8), mode: 0o755)
    }

    /// A push that the server would refuse ends here; one that cannot be judged here is the server's to judge.
    private func prePush(_ program: String) -> String {
        """
        updates=$(cat && echo .) || exit 1
        if [ -x '\(former)/pre-push' ]; then
            printf %s "${updates%.}" | '\(former)/pre-push' "$@" || exit
        fi
        \(ClientHook.prePush.check(by: program, input: "printf %s \"${updates%.}\""))

        """
    }

    /// A message without a word is left alone, so that git still gives up the commit.
    private func commitMessage(_ program: String) -> String {
        """
        if [ -x '\(former)/commit-msg' ]; then
            '\(former)/commit-msg' "$@" || exit
        fi
        git stripspace --strip-comments <"$1" | grep -q . || exit 0
        git interpret-trailers --in-place --no-divider --if-exists doNothing --trailer '\(trailer)' "$1" || exit
        \(ClientHook.commitMessage.check(by: program))

        """
    }
}
