/// What a ref is, as git tells a transaction of refs.
package enum RefValue: Hashable, Sendable {
    /// Zeros: nothing, or as an old value whatever is there.
    case none
    /// The lower-case hexadecimal digits of an id, 40 or 64: a transaction is told of in repositories of any format.
    case object(ByteString)
    /// The ref that a symbolic one leads to.
    case symbolic(ByteString)

    /// The object's id; `nil` where it is none, or of a format that no decision speaks of.
    package var id: ObjectID? {
        if case .object(let digits) = self { ObjectID(hex: digits.bytes) } else { nil }
    }
}
