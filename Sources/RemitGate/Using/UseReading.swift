package import RemitAuthority
package import RemitEvidence
import RemitLedger
package import RemitModel

/// Reads what was done under delegations from everything that was decided about them.
///
/// A decision does not say which paths were changed, but what it was judged by is archived: so it is judged again, and
/// what the judge then sees is what was done. Where that does not come to the same bytes, nothing is said.
package struct UseReading {
    private let store: any EvidenceStore
    private let protectedPaths: ProtectedPaths
    private let history: RepositoryHistory

    /// More decisions under one delegation than this are not judged again: then what was not needed is not known.
    package static let decisionsAtMost = 10_000

    package init(_ store: any EvidenceStore, protectedPaths: ProtectedPaths, history: RepositoryHistory) {
        self.store = store
        self.protectedPaths = protectedPaths
        self.history = history
    }

    /// What was found about one delegation.
    package struct Found: Hashable, Sendable {
        package fileprivate(set) var use: DelegationUse
        /// Decisions that let something through under it, or under what was handed on from it.
        package fileprivate(set) var decisions = 0
        package fileprivate(set) var unknown: [Review.Unknown] = []
    }

    /// - Parameters:
    ///   - descendants: what was handed on from it, at any depth: to land that work is to use the clauses above it.
    ///   - progress: is told of each decision that was judged again.
    package func read(
        _ verified: VerifiedDelegation, descendants: [RecordID], progress: () -> Void = {}
    ) throws(EvidenceError) -> Found {
        var found = Found(use: DelegationUse(of: verified.delegation.grants, protectedPaths: protectedPaths))
        for repository in Set(verified.delegation.grants.map(\.repository)).sorted() {
            guard let reason = unknown(repository, since: verified.delegation.issuedAt) else { continue }
            found.unknown.append(reason)
            found.use.obscure(repository: repository)
        }
        let names = try entries(about: [verified.id] + descendants)
        if names.count > Self.decisionsAtMost {
            found.unknown.append(.decisions(atMost: Self.decisionsAtMost))
            for grant in verified.delegation.grants { found.use.obscure(repository: grant.repository) }
        }
        for name in names.prefix(Self.decisionsAtMost) {
            guard let entry = try store.read(name), case .decision(_, let outcome, let mode, _) = entry.leaf.summary,
                outcome == .allowed || mode == .monitor
            else { continue }
            found.decisions += 1
            try read(entry, under: verified.id, &found)
            progress()
        }
        return found
    }

    /// The entries about any of some delegations, each once, in the order of their logs.
    private func entries(about delegations: [RecordID]) throws(EvidenceError) -> [Trace.Entry] {
        var names: Set<Trace.Entry> = []
        for id in delegations where names.count <= Self.decisionsAtMost {
            names.formUnion(
                try store.entries(about: .delegation(id, in: nil), limit: Self.decisionsAtMost + 1))
        }
        return names.sorted { ($0.log, $0.sequence) < ($1.log, $1.sequence) }
    }

    private func unknown(_ repository: String, since issued: Instant) -> Review.Unknown? {
        guard history.repositories.contains(repository) else { return .repository(repository) }
        guard let at = history.unjudged[repository], at >= issued else { return nil }
        return .unjudged(repository, at: at)
    }

    private func read(
        _ entry: StoredEntry, under delegation: RecordID, _ found: inout Found
    ) throws(EvidenceError) {
        let repository = entry.leaf.repository
        guard let decision = try entry.decision() else {
            found.unknown.append(.inputs(repository, entry: entry.name, reason: "it was erased"))
            found.use.obscure(repository: repository)
            return
        }
        let witness = UseWitness(delegation, environment: decision.submission.environment)
        do throws(EvidenceError) {
            guard try Replay(entry, in: store, observer: witness)?.judge() == .same else {
                throw EvidenceError("it judges differently now")
            }
            witness.tell(&found.use, in: repository)
        } catch {
            found.unknown.append(.inputs(repository, entry: entry.name, reason: error.statement))
            for place in Self.places(of: decision) { found.use.obscure(place, in: repository) }
        }
    }

    /// Wherever a decision can have let something be done.
    private static func places(of decision: Decision) -> [DelegationUse.Place] {
        if let environment = decision.submission.environment { return [.deploying(environment)] }
        return Set(decision.updates.map(\.ref)).sorted().flatMap { [.acting($0), .landing($0)] }
    }
}
