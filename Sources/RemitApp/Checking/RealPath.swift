import Glibc

/// Where things really are.
enum RealPath {
    /// Absolute and without symbolic links; `nil` when there is nothing.
    static func of(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(validatingCString: real)
    }

    /// The directory that this program was started from.
    static var ownDirectory: String? { of("/proc/self/exe").map { Files.parent(of: $0) } }
}
