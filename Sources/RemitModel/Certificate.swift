/// What a certificate says of the key that it is for, once its authority's signature has been verified.
///
/// It can stand for a task key of a delegation, and for nothing else: it never makes its holder a person.
package struct Certificate: Hashable, Sendable {
    /// The key that issued it.
    package let authority: KeyFingerprint
    /// The issuer's own number of it; zero where it does not count.
    package let serial: UInt64
    /// The issuer's own name of it, for its log.
    package let keyID: String
    /// For whom it was issued.
    package let principals: [String]
    /// The first moment at which it is good.
    package let validFrom: Instant
    /// The first moment at which it is good no more; `nil` when it never ends.
    package let validUntil: Instant?

    package init(
        authority: KeyFingerprint, serial: UInt64, keyID: String, principals: [String], validFrom: Instant,
        validUntil: Instant?
    ) {
        self.authority = authority
        self.serial = serial
        self.keyID = keyID
        self.principals = principals
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    package func isValid(at moment: Instant) -> Bool {
        validFrom <= moment && validUntil.map { moment < $0 } ?? true
    }

    /// The delegations that its principals name by their whole digests, each once and in their order.
    ///
    /// An abbreviation is no name here: what it stands for could change under a certificate that is already out.
    package var delegations: [RecordID] {
        var result: [RecordID] = []
        for id in principals.compactMap({ RecordID($0) }) where !result.contains(id) { result.append(id) }
        return result
    }
}
