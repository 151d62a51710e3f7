package import RemitLedger
import RemitModel

/// The rows of a ledger that follow from one entry.
struct DerivedRows {
    /// What it is about; `nil` where that is not known.
    private(set) var subjects: Set<Subject>?
    /// What it took out of delegations.
    private(set) var spent: [(delegation: RecordID, used: Spent)] = []
    /// When it was appended, by its row and by its own bytes.
    private(set) var keptAt: Instant?
    private(set) var at: Instant?
    /// Whether it is of what it rests on that nothing is left.
    private(set) var isErased = false
    /// The decision that lets what it saw count as seen: that of an allowed push.
    private var decision: Decision?

    static let none = DerivedRows(subjects: [])

    private init(subjects: Set<Subject>?) {
        self.subjects = subjects
    }

    /// What follows from an entry that may not be there.
    init(of sequence: Int64, in ledger: borrowing Ledger) throws(LedgerError) {
        guard let entry = try ledger.entries(from: sequence, limit: 1).first, entry.sequence == sequence else {
            self = .none
            return
        }
        do throws(EvidenceError) {
            try self.init(
                entry,
                StoredEntry(entry, of: "") { digest throws(EvidenceError) in
                    try EvidenceError.asking { () throws(LedgerError) in try ledger.input(digest) }
                })
        } catch {
            // Written before there was an index, or by nobody of ours; what is wrong with its bytes is said elsewhere.
            self.init(subjects: nil)
        }
    }

    private init(_ entry: LedgerEntry, _ stored: StoredEntry) throws(EvidenceError) {
        self.init(subjects: nil)
        (keptAt, at) = (entry.recordedAt, stored.leaf.at)
        switch stored.leaf.summary {
        case .decision:
            guard let decision = try stored.decision() else { break }
            subjects = try stored.subjects()
            guard decision.outcome == .allowed, decision.submission == .push else { return }
            self.decision = decision
            spent =
                decision.delegations.map { ($0.delegation, $0.expense.used) }
                + decision.ancestors.map { ($0.delegation, $0.expense.used) }
            return
        case .effect:
            guard stored.document != nil else { break }
            subjects = try stored.subjects()
            return
        case .lifecycle, .anchor:
            subjects = []
            return
        }
        isErased = true
    }

    /// Whether the entry let a commit count as seen; `nil` where that is not known.
    func lets(_ row: SeenCommit) -> Bool? {
        guard let decision else { return isErased ? nil : false }
        guard ByteString(decision.repository) == row.repository, decision.decidedAt == row.seen.at else { return false }
        let isNamed = decision.authorship.contains {
            $0.commit == row.commit && $0.delegation == row.delegation && $0.standing == .acting
                && $0.ref == row.seen.ref
        }
        // Of a push of very many commits the record does not say who wrote each.
        return isNamed ? true : decision.authorship.count < decision.commits ? nil : false
    }

    /// Whether the entry let a change count as seen; `nil` where that is not known.
    ///
    /// Under which delegation is not asked: that may follow from commits that were seen earlier.
    func letsChange(in repository: ByteString, _ seen: Seen) -> Bool? {
        guard let decision else { return isErased ? nil : false }
        return ByteString(decision.repository) == repository && decision.decidedAt == seen.at
            && decision.updates.contains { $0.ref == seen.ref }
    }
}

extension StoredEntry {
    /// What the entry is about, as it follows from its document; `nil` where that was erased.
    package func subjects() throws(EvidenceError) -> Set<Subject>? {
        switch leaf.summary {
        case .decision: try decision().map { EntryDraft(of: $0, by: "", inputs: []).subjects }
        case .effect:
            try document.map { document throws(EvidenceError) in
                EntryDraft(of: try Effect(document, of: "entry \(name.sequence)"), by: "").subjects
            }
        case .lifecycle, .anchor: []
        }
    }
}
