/// A word on how fresh the authority is: at that moment, this commit held everything that had been said.
///
/// What a copy must show that it is not an old one, from which a revocation is missing (TUF's timestamp role).
package struct Timestamp: Hashable, Sendable {
    package let organisation: String
    package let issuedAt: Instant
    /// The commit that it vouches for; the one that brings the record follows it.
    package let head: ObjectID

    package init(organisation: String, issuedAt: Instant, head: ObjectID) {
        self.organisation = organisation
        self.issuedAt = issuedAt
        self.head = head
    }
}
