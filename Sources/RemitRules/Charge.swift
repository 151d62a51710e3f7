package import RemitAuthority
package import RemitModel

/// What a submission asks of one delegation's limits, before it is known what is left of them.
///
/// A commit that stands on two refs counts once, and so does the push, however many refs it has.
package struct Charge: Sendable {
    package let delegation: VerifiedDelegation
    /// The delegation that acts and was handed on from this one; `nil` where this one is acted under itself.
    package private(set) var child: RecordID?
    /// The paths that its commits change; gathered only where the delegation limits them.
    package private(set) var files: Set<ByteString> = []
    /// The first of the refs that it was used on.
    private(set) var ref: ByteString?
    /// How many of the commits name this delegation, not one that was handed on from it.
    private(set) var ownCommits = 0
    private var commits: [ObjectID: (lines: Int, bytes: Int)] = [:]
    /// Whether it counts as a push even where all its commits were counted before.
    private let isPushAnyway: Bool

    init(_ delegation: VerifiedDelegation, through child: RecordID?, isPushAnyway: Bool) {
        self.delegation = delegation
        self.child = child
        self.isPushAnyway = isPushAnyway
    }

    /// An act that leaves no commit behind: it is a push all the same.
    mutating func add(on ref: ByteString, through child: RecordID?) {
        if child == nil { self.child = nil }
        self.ref = min(self.ref ?? ref, ref)
    }

    mutating func add(_ commit: CommitCase, through child: RecordID?) {
        let known = commits[commit.id]
        if known == nil, child == nil { ownCommits += 1 }
        // On a ref where nobody may act under it, lines and bytes were not counted.
        commits[commit.id] = (max(commit.lines, known?.lines ?? 0), max(commit.bytes, known?.bytes ?? 0))
        if delegation.delegation.limits.files != nil { files.formUnion(commit.changes.lazy.map(\.path)) }
    }

    /// The paths that were not counted before.
    package func newFiles(after past: Past) -> Set<ByteString> {
        files.subtracting(past.files[delegation.id] ?? [])
    }

    /// What it takes out of the delegation; a commit that was counted before is not counted again.
    package func expense(after past: Past) -> Expense {
        let limits = delegation.delegation.limits
        var used = Spent(commits: 0, files: newFiles(after: past).count, lines: 0, bytes: 0, pushes: 0)
        for (commit, size) in commits where !past.commits.contains(commit) {
            used.commits += 1
            if limits.lines != nil { used.lines += size.lines }
            if limits.bytes != nil { used.bytes += size.bytes }
        }
        if isPushAnyway || used.commits > 0 { used.pushes = 1 }
        return Expense(limits: limits, before: past.spent[delegation.id] ?? .nothing, used: used)
    }
}

/// The charges of a submission: for the delegations that agents act under, and for every one above them.
struct Charges {
    private var charges: [RecordID: Charge] = [:]
    private var order: [RecordID] = []
    /// Whether commits are told of one by one, again whenever they are sent again.
    private let areProposals: Bool

    init(ofProposals areProposals: Bool = false) {
        self.areProposals = areProposals
    }

    var isEmpty: Bool { order.isEmpty }

    /// In the order in which the delegations were first used, each before those above it.
    var all: [Charge] { order.compactMap { charges[$0] } }

    mutating func add(_ commit: CommitCase? = nil, under used: VerifiedDelegation, on ref: ByteString) {
        for delegation in [used] + used.ancestors {
            let child = delegation.id == used.id ? nil : used.id
            if charges[delegation.id] == nil { order.append(delegation.id) }
            let charge = Charge(delegation, through: child, isPushAnyway: !areProposals)
            charges[delegation.id, default: charge].add(on: ref, through: child)
            if let commit { charges[delegation.id]?.add(commit, through: child) }
        }
    }
}
