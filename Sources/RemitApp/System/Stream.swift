import RemitReport
import Glibc

/// An unlinked temporary file that stands in for one end of a pipe.
final class Stream {
    let descriptor: Int32

    init(_ contents: [UInt8] = []) throws(AppError) {
        var template = Array("\(Files.temporaryParent)/remit-stream-XXXXXX".utf8CString)
        descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else {
            throw AppError("cannot make a temporary file: \(Files.reason(errno))", status: .undecided)
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unsafe unlink(&template)
        try Files.write(contents, to: descriptor, named: "a temporary file")
        lseek(descriptor, 0, SEEK_SET)
    }

    func contents() throws(AppError) -> [UInt8] {
        lseek(descriptor, 0, SEEK_SET)
        return try Files.read(descriptor, named: "a temporary file", limit: Files.outputAtMost)
    }

    deinit { close(descriptor) }
}
