package import RemitLedger
import RemitModel

/// Holds what a ledger keeps beside its entries against the entries that it was derived from.
///
/// The tree does not cover those rows, and gates and responders believe them: an entry that is taken out of the index
/// is not found by `remit trace`, a commit that is put among those seen may land for ever, and a total that is lowered
/// gives a delegation more than it holds.
package struct IndexAudit {
    package private(set) var faults = LogFaults()

    /// The entry whose rows are being read, what follows from it, and the subjects that no row has said yet.
    private var entry: Int64 = 0
    private var derived = DerivedRows.none
    private var missing: Set<Subject> = []
    /// What allowed pushes took out of delegations, and whether it is known of all of them.
    private var spent: [RecordID: Spent] = [:]
    private var isSpentKnown = true

    private static let progressInterval: Int64 = 1_000

    package init() {}

    /// - Parameter progress: told how many of how many entries have been held against the index.
    package mutating func examine(
        _ ledger: borrowing Ledger, progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws(LedgerError) {
        let count = try ledger.count()
        try ledger.eachSubject { entry, subject throws(LedgerError) in
            try advance(to: min(entry, count + 1), of: count, ledger, progress)
            take(subject, of: entry)
        }
        try advance(to: count + 1, of: count, ledger, progress)
        try examineCommits(ledger)
        try examineChanges(ledger)
        try examineSpent(ledger)
    }

    // MARK: What entries are about

    /// Goes on to an entry; those in between have no row.
    private mutating func advance(
        to target: Int64, of count: Int64, _ ledger: borrowing Ledger, _ progress: (Int64, Int64) -> Void
    ) throws(LedgerError) {
        while entry < target {
            for words in missing.map(\.words).sorted() {
                faults.add("entry \(entry) is about \(words), and the index does not say so", entry: entry)
            }
            entry += 1
            derived = try DerivedRows(of: entry, in: ledger)
            missing = derived.subjects ?? []
            guard entry <= count else { return }
            if let kept = derived.keptAt, let said = derived.at, kept != said {
                faults.add("entry \(entry) is kept as of \(kept), and is of \(said)", entry: entry)
            }
            for (delegation, used) in derived.spent { spent[delegation] = (spent[delegation] ?? .nothing) + used }
            if derived.isErased { isSpentKnown = false }
            if entry.isMultiple(of: Self.progressInterval) { progress(entry, count) }
        }
    }

    private mutating func take(_ subject: Subject?, of entry: Int64) {
        guard let subject else {
            return faults.add("the index has entry \(entry) under a kind that there is not", entry: entry)
        }
        guard let subjects = derived.subjects else { return }
        missing.remove(subject)
        if !subjects.contains(subject) {
            faults.add("the index has entry \(entry) under \(subject.words), which it says nothing of", entry: entry)
        }
    }

    // MARK: What was seen

    private mutating func examineCommits(_ ledger: borrowing Ledger) throws(LedgerError) {
        try ledger.eachSeenCommit { row throws(LedgerError) in
            try go(to: row.seen.entry, ledger)
            guard derived.lets(row) == false else { return }
            faults.add(
                "commit \(row.commit?.hex ?? "without an id") counts as seen under delegation "
                    + "\(row.delegation?.abbreviated ?? "without an id"), which entry \(row.seen.entry) did not allow",
                entry: row.seen.entry)
        }
    }

    private mutating func examineChanges(_ ledger: borrowing Ledger) throws(LedgerError) {
        try ledger.eachSeenChange { delegation, repository, seen throws(LedgerError) in
            try go(to: seen.entry, ledger)
            guard derived.letsChange(in: repository, seen) == false else { return }
            faults.add(
                "a change counts as seen under delegation \(delegation?.abbreviated ?? "without an id"), which entry "
                    + "\(seen.entry) did not allow", entry: seen.entry)
        }
    }

    private mutating func go(to target: Int64, _ ledger: borrowing Ledger) throws(LedgerError) {
        guard entry != target else { return }
        entry = target
        derived = try DerivedRows(of: target, in: ledger)
    }

    // MARK: What was spent

    /// Where entries were erased, a total may be more than what the others say, and never less.
    private mutating func examineSpent(_ ledger: borrowing Ledger) throws(LedgerError) {
        for delegation in Set(try ledger.delegationsSpent()).union(spent.keys).sorted(by: { $0.hex < $1.hex }) {
            let (kept, said) = (try ledger.spent(delegation), spent[delegation] ?? .nothing)
            let isRight = isSpentKnown ? kept == said : kept.isAtLeast(said)
            guard !isRight else { continue }
            faults.add(
                "of delegation \(delegation.abbreviated) \(kept.words) count as spent, and the decisions spent "
                    + said.words)
        }
    }
}

extension Spent {
    fileprivate func isAtLeast(_ other: Spent) -> Bool {
        commits >= other.commits && files >= other.files && lines >= other.lines && bytes >= other.bytes
            && pushes >= other.pushes
    }

    fileprivate var words: String {
        "\(commits) commits, \(files) files, \(lines) lines, \(bytes) bytes, \(pushes) pushes"
    }
}

extension Subject {
    /// Its kind and value, as a person knows them.
    package var words: String {
        let text =
            switch kind {
            case .commit: Hex.text(value.bytes)
            case .delegation, .approval, .exception, .certificate: RecordID.prefix + Hex.text(value.bytes)
            case .update:
                "of " + String(decoding: value.bytes.dropFirst(2 * ObjectID.byteCount), as: UTF8.self)
            case .ref, .agent, .environment: String(decoding: value.bytes, as: UTF8.self)
            }
        return "\(kind.rawValue) \(text)"
    }
}
