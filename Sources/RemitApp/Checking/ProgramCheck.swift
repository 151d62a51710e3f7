/// Whether a file is the program that the hook needs.
enum ProgramCheck {
    /// What is wrong, after the path; `nil` when it runs and says that it is `remit-hook`.
    static func fault(of path: String) -> String? {
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
            return output.status == 0 && output.text.hasPrefix("remit-hook ") ? nil : "is not remit-hook"
        } catch {
            return "cannot be run: \(error.message)"
        }
    }
}
