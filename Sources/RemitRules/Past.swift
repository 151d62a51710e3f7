package import RemitModel

/// What the ledger knows of earlier allowed submissions, as far as this one touches it.
///
/// It is read under the transaction that also records the decision: whoever else spends comes before or after.
package struct Past: Sendable {
    /// What each delegation had spent.
    package var spent: [RecordID: Spent]
    /// The commits of this submission that were counted before.
    package var commits: Set<ObjectID>
    /// The paths of this submission that were counted before, for each delegation.
    package var files: [RecordID: Set<ByteString>]
    /// The decision that has let a push through with the certificate of this one.
    package var certificate: Int64?

    /// Where no ledger is at hand.
    package static let none = Past(spent: [:], commits: [], files: [:])

    package init(
        spent: [RecordID: Spent], commits: Set<ObjectID>, files: [RecordID: Set<ByteString>],
        certificate: Int64? = nil
    ) {
        self.spent = spent
        self.commits = commits
        self.files = files
        self.certificate = certificate
    }
}
