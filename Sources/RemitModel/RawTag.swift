/// A tag object as its bytes say, parsed by us and by no one more lenient.
package struct RawTag: Sendable, Hashable {
    /// The kinds of object that a tag can name.
    package enum Kind: String, Sendable, Hashable {
        case commit
        case tree
        case blob
        case tag
    }

    package let object: ObjectID
    package let kind: Kind
    /// The tag's own name, without `refs/tags/`.
    ///
    /// The ref that points to it may have another.
    package let name: ByteString
    /// Absent in tags made before git 0.99.
    package let tagger: Identity?
    /// Everything after the first empty line, up to the signature.
    package let message: [UInt8]
    /// The armoured signature at the end of the object.
    package let signature: [UInt8]?
    /// The bytes that the signature covers: the object up to it.
    ///
    /// Empty when unsigned.
    package let signedBytes: [UInt8]

    package init(
        object: ObjectID, kind: Kind, name: ByteString, tagger: Identity?, message: [UInt8], signature: [UInt8]?,
        signedBytes: [UInt8]
    ) {
        self.object = object
        self.kind = kind
        self.name = name
        self.tagger = tagger
        self.message = message
        self.signature = signature
        self.signedBytes = signedBytes
    }
}
