import RemitFormats
import RemitModel
import RemitSignatures

/// Roots, policy, people and marks: what everything else in a commit is judged by.
struct Foundation {
    private let records: [RecordChange]
    private let old: Authority?
    private let source: any RecordSource
    private let pinned: RecordID
    private let now: Instant

    init(_ records: [RecordChange], old: Authority?, source: any RecordSource, pinned: RecordID, now: Instant) {
        self.records = records
        self.old = old
        self.source = source
        self.pinned = pinned
        self.now = now
    }

    /// The authority that the commit leaves; `nil` when it must not be believed, and the reason is told.
    func verify(_ sheet: inout FindingSheet) -> Authority? {
        let known = sheet.findings.count
        for record in records {
            switch record.place {
            case .root(let version): judge(root: version, record, &sheet)
            case .policy, .people:
                if record.isRemoval {
                    sheet.refuse(.authorityImmutable, record.path, "there is no authority without it")
                }
            default: break
            }
        }
        guard sheet.findings.count == known else { return nil }
        do throws(AuthorityError) {
            return try Authority(source, pinned: pinned, at: now)
        } catch {
            sheet.refuse(error.rule, cause(of: error), error.statement)
            return nil
        }
    }

    /// A root is added, as the next one, with its signatures; the chain says whether they are enough.
    private func judge(root version: Int, _ record: RecordChange, _ sheet: inout FindingSheet) {
        guard let file = record.file else {
            return sheet.refuse(
                .authorityImmutable, record.signatures[0].path, "the signatures of a root come with it, and stay")
        }
        guard file.old == nil else {
            return sheet.refuse(.authorityImmutable, record.path, "a root stays as it is; the next one follows it")
        }
        guard let old else { return }
        guard version == old.root.version + 1 else {
            return sheet.refuse(
                .authorityVersion, record.path,
                "the root in force is \(old.root.version), the next is \(old.root.version + 1)")
        }
    }

    /// The changed record that an error is most probably about.
    private func cause(of error: AuthorityError) -> String {
        let roots = records.filter { if case .root = $0.place { true } else { false } }
        let others = [AuthorityPlace.policy, .people, .marks].flatMap { place in records.filter { $0.place == place } }
        do throws(AuthorityError) {
            _ = try RootChain.verify(source, pinned: pinned)
            return (others + roots).first?.path ?? AuthorityLayout.policy
        } catch {
            return roots.first?.path ?? AuthorityLayout.root(1)
        }
    }
}

extension AuthorityError {
    /// The rule that a push breaks when what it leaves is not believed for this reason.
    var rule: RuleCode {
        switch code {
        case .unreadable, .malformed, .deadline: .authorityRecord
        case .untrusted: .authoritySignature
        case .rollback: .authorityVersion
        }
    }
}

extension GuardedCommit {
    func judgeRoot(_ change: RecordChange) {
        guard signed(change, in: .root) != nil else { return }
        for administrator in new.root.administrators where old?.root.administrators.contains(administrator) != true {
            for key in administrator.keys.compactMap(KeyFingerprint.init(ofLine:)) {
                requireUnclaimed(.key(key), by: "administrator \(administrator.id)", change.path)
            }
        }
    }

    /// The policy's version only rises; the same policy may gather signatures.
    func judgePolicy(_ change: RecordChange) {
        guard let signed = signed(change, in: .authority) else { return }
        let signers = administrators(whoSigned: signed.record, in: .authority)
        guard signers.count >= new.root.threshold else {
            return sheet.refuse(
                .authoritySignature, change.path,
                "keys that are good today are of \(signers.count) of the \(new.root.threshold) administrators needed")
        }
        _ = hasCome(new.policy.resumedAt, "resumed_at", change.path)
        guard let old else { return }
        if new.policyID == old.policyID {
            let lost =
                attempt(change.path) { () throws(AuthorityError) in
                    try SignedRecord(at: change.path, from: old.source).map { old.root.signers(of: $0, in: .authority) }
                }?.map { $0.subtracting(signers).intersection(new.administrators) } ?? []
            if let administrator = lost.min() {
                sheet.refuse(
                    .authorityImmutable, change.path, "the signature of \(administrator) is taken from it")
            }
        } else if new.policy.version <= old.policy.version {
            sheet.refuse(
                .authorityVersion, change.path,
                "it says version \(new.policy.version), and version \(old.policy.version) is in force")
        }
        let known = Set(old.policy.persons.flatMap(\.logins))
        for person in new.policy.persons {
            for login in person.logins where !known.contains(login) {
                requireUnclaimed(.login(login), by: person.id, change.path)
            }
            if !old.policy.persons.contains(where: { $0.id == person.id }) {
                requireUnclaimed(.email(person.id), by: person.id, change.path)
            }
        }
    }

    /// People change only with the policy that names their digest, which the new state has proved.
    func judgePeople(_ change: RecordChange) {
        for signer in new.people.signers where old?.people.signers(with: signer.key).isEmpty != false {
            let key = KeyFingerprint(of: signer.key)
            requireUnclaimed(.key(key), by: new.person(holding: key) ?? "a person", change.path)
        }
    }
}
