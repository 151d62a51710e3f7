import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

/// A revocation on its way into the authority: signed, judged as a server will judge it, then committed.
struct NewRevocation {
    let revocation: Revocation
    let signer: Signer
    let clone: AuthorityClone
    let now: Instant

    /// Commits it, and gives the path of its record.
    func commit() throws(AppError) -> String {
        var path = ""
        try clone.publish(signedWith: signer.key) { (state) throws(AppError) in
            let records = try state.records()
            let place = try freePlace(in: records)
            path = try records.place(of: place.path)
            let record = try revocation.issued(after: place.latest).record()
            var change = Changeset()
            change.add(record, signature: try signer.sign(record, for: .revocation), at: place.path)
            try judge(state.authority(at: now, with: change))
            return Change(change, message: message)
        }
        return path
    }

    private var message: String {
        let name = RevocationNotice.name(revocation.target).text
        let verb =
            switch revocation.target {
            case .agent, .everyAgent: "Suspend"
            case .delegation, .key: "Revoke"
            }
        return "\(verb) \(name)\n\n\(revocation.cause.rawValue): \(revocation.reason)"
    }

    /// Where the record goes.
    ///
    /// A delegation and a key have one place for their end and one for the graver word; agents' are numbered.
    private func freePlace(in records: some RecordSource) throws(AppError) -> (path: String, latest: Revocation?) {
        let paths = AuthorityLayout.revocations(of: revocation.target)
        let places =
            switch revocation.target {
            case .agent, .everyAgent: paths
            case .delegation, .key: [paths[revocation.cause == .compromised ? 0 : 1]]
            }
        var latest: Revocation?
        for path in places {
            guard let bytes = try records.read(path) else { return (path, latest) }
            do throws(RecordError) {
                latest = try Revocation(record: bytes, file: path)
            } catch {
                throw AppError(error.statement, status: .undecided)
            }
        }
        let name = RevocationNotice.name(revocation.target).text
        throw places.count == 1
            ? AppError(
                "\(name) is revoked already: '\(places[0])'", hint: "nothing was written; a revocation is never changed"
            )
            : AppError(
                "\(name) was suspended \(places.count) times; there is no room for one more",
                hint: "retire it: 'remit agent retire'")
    }

    /// Makes the look-ups with which a server would meet the revocation.
    ///
    /// One that the issuer may not give makes them fail.
    private func judge(_ proposed: Authority) throws(AppError) {
        do throws(AuthorityError) {
            switch revocation.target {
            case .delegation(let id): _ = try proposed.delegation(id)
            case .key(let key): _ = try proposed.holder(of: key)
            case .agent(let id): _ = try proposed.agent(id)
            case .everyAgent: break
            }
        } catch  where error.code == .untrusted {
            throw AppError(error.statement, hint: "nothing was written")
        } catch {
            throw AppError(error)
        }
    }
}

extension Revocation {
    /// The same, but never of the same moment as the one before it, or one could pass for a copy of the other.
    fileprivate func issued(after latest: Revocation?) -> Revocation {
        guard let latest, latest.issuedAt >= issuedAt else { return self }
        return Revocation(
            organisation: organisation, target: target, cause: cause, reason: reason,
            issuedAt: latest.issuedAt.adding(seconds: 1), issuer: issuer)
    }
}
