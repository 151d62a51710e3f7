import Glibc

/// Reads of files that lie beside the ledger, each with a bound.
enum BoundedFile {
    enum Fault: Error {
        /// The system's error number.
        case system(Int32)
        case tooLong
    }

    /// All bytes of an open file; more than `limit` are a fault.
    static func read(_ descriptor: Int32, limit: Int) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(65_536, limit + 1))
        while bytes.count <= limit {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(errno) }
            bytes.append(contentsOf: chunk[..<count])
        }
        throw .tooLong
    }

    static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)).lowercased() }
}
