import RemitGate

/// Whether a file is the program that the hook needs.
enum ProgramCheck {
    /// What is wrong with what a hook file starts, after the path.
    ///
    /// The hook file of an earlier release is content with any remit-hook.
    static func fault(of shim: HookShim) -> String? { fault(of: shim.program, answersHookFiles: !shim.isEarlier) }

    /// What is wrong, after the path; `nil` when it runs and answers the hook files of this release.
    static func fault(of path: String, answersHookFiles: Bool = true) -> String? {
        switch FileState(of: path) {
        case .missing: return "is missing"
        case .danglingLink: return "is a link that leads nowhere"
        case .directory, .other: return "is not a file"
        case .file(size: 0, _): return "is empty"
        case .file(_, isExecutable: false): return "is not executable"
        case .file(_, isExecutable: true): break
        }
        do throws(AppError) {
            let output = try ChildProcess.run([path, "--version"])
            guard output.status == 0, output.text.hasPrefix("remit-hook ") else { return "is not remit-hook" }
            guard answersHookFiles else { return nil }
            return try ChildProcess.run([path, ShimInterface.option]).status == ShimInterface.allowed
                ? nil : "is the remit-hook of another release, which does not answer this release's hook files"
        } catch {
            return "cannot be run: \(error.message)"
        }
    }
}
