import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

extension Proposals {
    /// Proposes another policy.
    ///
    /// It is built on one that is proposed already as long as only the same person has signed that; what others have
    /// signed is not changed under their hands.
    ///
    /// - Parameter edit: changes the policy, and the lines of the people file.
    mutating func propose(
        by signer: Signer, _ edit: (inout PolicyDraft, inout [UInt8]) throws(AppError) -> Void
    ) throws(AppError) {
        let administrator = try authority.administrator(with: signer.key)
        guard root == nil else {
            throw AppError(
                "a root is proposed", hint: "'remit root sign' or 'remit authority withdraw' comes first")
        }
        if let others = policy?.signers(in: authority.root).filter({ $0 != administrator }), !others.isEmpty {
            throw AppError(
                "another policy is proposed already, signed by \(others.joined(separator: ", "))",
                hint: "'remit authority sign' or 'remit authority withdraw' comes first")
        }
        let base = nextPolicy
        var draft = PolicyDraft(base.policy, marks: base.marks)
        var lines = base.people
        try edit(&draft, &lines)
        try Self.requireReadable(people: lines)
        try requireFollowing(marks: draft.marks)
        let standing = authority.policy
        guard draft.organisation == standing.organisation else {
            throw AppError("the policy is of organisation '\(draft.organisation)', not of '\(standing.organisation)'")
        }
        let digest = RecordID(of: lines)
        guard draft.policy(version: standing.version, people: digest) != standing else {
            throw AppError("the policy in force says so already", hint: "nothing was written")
        }
        let next = draft.policy(version: standing.version + 1, people: digest)
        let bytes = try next.record()
        guard bytes != policy?.bytes else { return }
        policy = Pending(next, bytes: bytes, in: .authority)
        people = lines
        marks = draft.marks
    }

    /// Refuses marks of another organisation, and other marks under a version that was in force.
    private func requireFollowing(marks bytes: [UInt8]?) throws(AppError) {
        guard let bytes, bytes != marksInForce else { return }
        let next: OwnMarks
        do throws(RecordError) {
            next = try OwnMarks(record: bytes, file: AuthorityLayout.marks)
        } catch {
            throw AppError(error.statement)
        }
        guard next.organisation == authority.policy.organisation else {
            throw AppError(
                "the marks are of organisation '\(next.organisation)', not of '\(authority.policy.organisation)'")
        }
        if let standing = authority.marks, next.version <= standing.version {
            throw AppError(
                "the marks say version \(next.version), and version \(standing.version) is in force",
                hint: "write 'version = \(standing.version + 1)'")
        }
    }

    /// From when on new delegations count again: after the last suspension of every agent.
    func resumption(at now: Instant) throws(AppError) -> Instant {
        guard let latest = try latestSuspension() else {
            throw AppError("not every agent was suspended, so there is nothing to resume", hint: "nothing was written")
        }
        return max(now, latest.adding(seconds: 1))
    }

    private static func requireReadable(people bytes: [UInt8]) throws(AppError) {
        do throws(AllowedSignersError) {
            _ = try AllowedSigners(bytes)
        } catch {
            let line = error.line.map { " line \($0)" } ?? ""
            throw AppError(
                "the people\(line): \(error.reason)",
                hint: "every line is: PERSON namespaces=\"git,remit-delegation\" TYPE KEY")
        }
    }
}
