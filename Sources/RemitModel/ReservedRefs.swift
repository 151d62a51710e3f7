/// Where no push may write: replacement objects change what git reads, and Remit's own refs are Remit's.
package enum ReservedRefs {
    private static let directories = ["refs/replace/", "refs/remit/"]

    /// The reserved directory that a ref lies in; `nil` when it lies in none.
    ///
    /// The directory's own name counts too: as a ref it would stand in the directory's way.
    package static func directory(of ref: ByteString) -> String? {
        directories.first { ref.starts(with: $0) || ref == ByteString($0.dropLast()) }
    }
}
