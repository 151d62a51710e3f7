import Glibc
import RemitReport

/// Where a report is put that is not for standard output.
enum ReportFile {
    /// A report is there wholly or not at all; a half one would be read as a short one.
    ///
    /// - Parameter mode: who may read and write it, as `chmod` says.
    static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(AppError) {
        var status = stat()
        let exists = unsafe lstat(path, &status) == 0
        // Putting a file in its place would take away a device, a pipe, or what a link leads to.
        guard !exists || status.st_mode & S_IFMT == S_IFREG else {
            throw AppError(
                "'\(path)' is not a file", hint: "name a new file, or leave it out for standard output",
                status: .usage)
        }
        try AtomicFile.replace(path, with: bytes, mode: mode)
    }

    /// Adds to the file that GitHub's runner gives to each step.
    static func appendToSummary(_ bytes: [UInt8]) throws(AppError) {
        guard let path = Files.variable("GITHUB_STEP_SUMMARY") else {
            throw AppError(
                "there is no step summary: GITHUB_STEP_SUMMARY is not set",
                hint: "write '--report summary=FILE' outside GitHub Actions", status: .usage)
        }
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            throw AppError("cannot write '\(path)': \(Files.reason(errno))", status: .undecided)
        }
        defer { close(descriptor) }
        try Files.write(bytes, to: descriptor, named: path)
    }
}
