import RemitAuthority
import RemitFormats
import RemitReport

extension RecordSource {
    /// The bytes of a record, a signature or a pointer; `nil` when there is no such file.
    func read(_ path: String, limit: Int = RecordText.maximumByteCount) throws(AppError) -> [UInt8]? {
        try AppError.asking { () throws(AuthorityError) in try bytes(at: path, limit: limit) }
    }

    /// Where a file lies, or will lie once it is added.
    func place(of path: String) throws(AppError) -> String {
        try AppError.asking { () throws(AuthorityError) in
            try AuthorityLayout.place(of: path) { directory throws(AuthorityError) in try names(in: directory) }
        }
    }

    /// The signature files beside a record, in their order, good or bad.
    func signatures(of path: String) throws(AppError) -> [[UInt8]] {
        var found: [[UInt8]] = []
        while let signature = try read(
            AuthorityLayout.signature(of: path, number: found.count + 1), limit: SSHSignature.maximumByteCount)
        {
            found.append(signature)
        }
        return found
    }
}
