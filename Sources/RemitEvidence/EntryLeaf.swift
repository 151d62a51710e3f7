package import RemitLedger
package import RemitModel
import RemitReport

/// An entry of the ledger: what was recorded, in a few members without any personal data.
///
/// These bytes are a leaf of the tree and are kept for ever; everything that may have to be erased one day hangs below
/// them by the digest of a salted manifest.
package struct EntryLeaf: Hashable, Sendable {
    package static let schema = "entry/v1"

    package var summary: Summary
    package var at: Instant
    /// The program that wrote it, and its version: "remit-hook 0.1.0".
    package var program: String
    package var repository: String
    /// The digest of its `EvidenceManifest`.
    package var evidence: EvidenceDigest

    package enum Summary: Hashable, Sendable {
        case decision(submission: String, outcome: Outcome, mode: Mode, isOverridden: Bool)
        /// How many updates landed, and how many of those no decision allowed.
        case effect(landed: Int, undecided: Int)
        case lifecycle(event: String)
        /// The size of the tree whose checkpoint somebody else keeps.
        case anchor(size: Int)
    }

    package init(_ summary: Summary, at: Instant, program: String, repository: String, evidence: EvidenceDigest) {
        self.summary = summary
        self.at = at
        self.program = program
        self.repository = repository
        self.evidence = evidence
    }

    package var kind: EntryKind {
        switch summary {
        case .decision: .decision
        case .effect: .effect
        case .lifecycle: .lifecycle
        case .anchor: .anchor
        }
    }

    package var bytes: [UInt8] {
        let members: [(name: String, value: JSONText)] = [
            ("schema", .string(Self.schema)),
            ("kind", .string(kind.rawValue)),
            ("at", .string(at.description)),
            ("program", .string(program)),
            ("repository", .string(repository)),
            ("evidence", .string(evidence.description)),
        ]
        return JSONText.object(members + summary.members).encoded
    }

    /// Reads an entry of a ledger.
    package init(_ entry: LedgerEntry) throws(EvidenceError) {
        let members = try Members(entry.bytes, of: "entry \(entry.sequence)")
        let schema = try members.text("schema")
        guard schema == Self.schema else {
            throw members.fault("it is in the form '\(schema)', of a Remit that did not archive its inputs yet")
        }
        let kind = try members.word("kind", as: EntryKind.self)
        guard kind == entry.kind else { throw members.fault("it says that it is of another kind than its row") }
        summary = try Summary(kind, members)
        at = try members.instant("at")
        program = try members.text("program")
        repository = try members.text("repository")
        evidence = try members.digest("evidence")
    }
}

extension EntryLeaf.Summary {
    fileprivate var members: [(name: String, value: JSONText)] {
        switch self {
        case .decision(let submission, let outcome, let mode, let isOverridden):
            [
                ("submission", .string(submission)), ("outcome", .string(outcome.rawValue)),
                ("mode", .string(mode.rawValue)), ("overridden", .boolean(isOverridden)),
            ]
        case .effect(let landed, let undecided):
            [("landed", .integer(landed)), ("undecided", .integer(undecided))]
        case .lifecycle(let event): [("event", .string(event))]
        case .anchor(let size): [("size", .integer(size))]
        }
    }

    fileprivate init(_ kind: EntryKind, _ members: Members) throws(EvidenceError) {
        switch kind {
        case .decision:
            self = .decision(
                submission: try members.text("submission"), outcome: try members.word("outcome", as: Outcome.self),
                mode: try members.word("mode", as: Mode.self), isOverridden: try members.flag("overridden"))
        case .effect:
            self = .effect(landed: try members.number("landed"), undecided: try members.number("undecided"))
        case .lifecycle: self = .lifecycle(event: try members.text("event"))
        case .anchor: self = .anchor(size: try members.number("size"))
        }
    }
}
