import RemitAuthority
import RemitModel
import RemitRules

/// Keeps what the judge sees of one delegation, its own commits' and those of what was handed on from it.
final class UseWitness: JudgeObserver {
    private let delegation: RecordID
    private let environment: String?
    private var acts: [Act] = []

    private enum Act {
        case change(Change, DelegationUse.Place)
        case reach(DelegationUse.Place, RemitModel.Operation?)
    }

    init(_ delegation: RecordID, environment: String?) {
        self.delegation = delegation
        self.environment = environment
    }

    func saw(_ commit: CommitCase, on update: UpdateCase, standing: Standing?) {
        guard let verified = commit.delegation, concerns(verified), let standing,
            let place = place(standing, on: update.update.ref)
        else { return }
        acts.append(.reach(place, nil))
        acts += commit.changes.map { .change($0, place) }
    }

    func ended(_ update: UpdateCase, net: [Change], acting: [VerifiedDelegation]) {
        guard acting.contains(where: concerns) else { return }
        let place = environment.map(DelegationUse.Place.deploying) ?? .acting(update.update.ref)
        // What a deployment does to a ref, it does not do by the agent's leave.
        acts.append(.reach(place, environment == nil ? update.operation : nil))
        acts += net.map { .change($0, place) }
    }

    /// Tells what was seen, now that it is known to be what was judged.
    func tell(_ use: inout DelegationUse, in repository: String) {
        for case .change(let change, let place) in acts {
            use.change(change.path, by: change.operations, at: place, in: repository)
        }
        // After the changes: a ref is counted for the clause under which something was changed there.
        for case .reach(let place, let operation) in acts { use.reach(place, by: operation, in: repository) }
    }

    private func concerns(_ verified: VerifiedDelegation) -> Bool {
        verified.id == delegation || verified.ancestors.contains { $0.id == delegation }
    }

    private func place(_ standing: Standing, on ref: ByteString) -> DelegationUse.Place? {
        switch standing {
        case .acting: .acting(ref)
        case .landing: .landing(ref)
        case .deploying: environment.map(DelegationUse.Place.deploying)
        case .outside, .elsewhere: nil
        }
    }
}
