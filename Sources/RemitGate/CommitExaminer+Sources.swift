import RemitAuthority
import RemitFormats
import RemitGit
import RemitModel
import RemitRules

extension CommitExaminer {
    /// Whether commits that the host keeps make exactly the change of one that it rewrote, under the same delegation.
    func hasSource(
        _ changes: [Change], under delegation: RecordID, on update: UpdateCase
    ) throws(GateError) -> Bool {
        for source in try sources.sources(of: changes, landedOn: update.update.old) {
            if let proved = try provedDelegations(of: source, on: update), proved.map(\.id) == [delegation] {
                return true
            }
        }
        return false
    }

    /// The delegation of a rewritten commit that names none itself, as the commits that the host keeps prove it.
    ///
    /// A squash can lose the trailer and every mark. Where branches of several delegations make the very same change,
    /// one that was found compromised decides. What is only claimed counts for nothing here: anybody may propose a
    /// branch that copies a person's change and names a delegation.
    func claim(ofSourcesOf changes: [Change], on update: UpdateCase) throws(GateError) -> CommitCase.Claim? {
        var claims: [CommitCase.Claim] = []
        for source in try sources.sources(of: changes, landedOn: update.update.old) {
            guard let proved = try provedDelegations(of: source, on: update), let first = proved.first else { continue }
            guard proved.count == 1 else {
                claims.append(.several(proved.map { ByteString($0.id.hex) }))
                continue
            }
            let claim = CommitCase.Claim.one(.verified(first), named: ByteString(first.id.description))
            if first.revocation?.cause == .compromised { return claim }
            claims.append(claim)
        }
        return claims.first
    }

    /// The delegations under which agents made the commits of a source, each once; none where persons made them all,
    /// and `nil` where some commit claims what it does not prove.
    private func provedDelegations(
        of source: SourceMemory.Source, on update: UpdateCase
    ) throws(GateError) -> [VerifiedDelegation]? {
        var proved: [VerifiedDelegation] = []
        var rest = source.commits[...]
        while !rest.isEmpty {
            let run = rest.prefix(CommitReading.runLength)
            rest = rest.dropFirst(run.count)
            let reading = try GateError.reading(update.update.ref) { () throws(GitError) in
                try CommitReading(run, from: reader)
            }
            for (id, result) in zip(run, reading.finish()) {
                guard case .commit(let commit, let signature) = result else { return nil }
                let claim = try claim(of: commit, signature)
                if case .none = claim { continue }
                guard case .one(.verified(let verified), _) = claim else { return nil }
                let moment = try seen.firstSeen(id, under: verified.id, in: circumstances.repository.name)
                guard Possession(of: verified, by: signature, at: moment ?? circumstances.now) == .proved else {
                    return nil
                }
                if !proved.contains(where: { $0.id == verified.id }) { proved.append(verified) }
            }
        }
        return proved
    }
}
