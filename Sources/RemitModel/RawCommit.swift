/// A commit object as its bytes say, parsed by us and by no one more lenient.
package struct RawCommit: Sendable, Hashable {
    package let tree: ObjectID
    package let parents: [ObjectID]
    package let author: Identity
    package let committer: Identity
    /// The armoured signature of the single `gpgsig` header, its continuation spaces removed.
    package let signature: [UInt8]?
    /// The bytes that the signature covers: the object without its `gpgsig` header.
    ///
    /// Empty when unsigned.
    package let signedBytes: [UInt8]
    /// Everything after the first empty line.
    package let message: [UInt8]

    package init(
        tree: ObjectID, parents: [ObjectID], author: Identity, committer: Identity, signature: [UInt8]?,
        signedBytes: [UInt8], message: [UInt8]
    ) {
        self.tree = tree
        self.parents = parents
        self.author = author
        self.committer = committer
        self.signature = signature
        self.signedBytes = signedBytes
        self.message = message
    }
}

/// An author, committer or tagger line.
///
/// The date is kept for showing; it proves nothing.
package struct Identity: Sendable, Hashable {
    package let name: ByteString
    package let email: ByteString
    /// Seconds since the epoch, as written.
    package let seconds: Int64
    /// The offset from UTC as written, such as `+0100`.
    package let zone: ByteString

    package init(name: ByteString, email: ByteString, seconds: Int64, zone: ByteString) {
        self.name = name
        self.email = email
        self.seconds = seconds
        self.zone = zone
    }
}
