package import RemitModel
import RemitFormats
import RemitSignatures

extension Authority {
    /// Most approvals, and most exceptions, that one commit may have.
    ///
    /// No commit has as many approvers; more would only keep a push waiting.
    package static let maximumRecordsOfCommit = 64

    /// The approvals of a commit in one repository.
    ///
    /// What is malformed or badly signed counts for nothing and is told in words; more of them than anybody could look
    /// through is an error.
    package func approvals(
        of commit: ObjectID, in repository: String
    ) throws(AuthorityError) -> RecordsOfCommit<VerifiedApproval> {
        try records(in: AuthorityLayout.approvals(of: commit)) { record throws(RecordFault) in
            let approval: Approval
            do throws(RecordError) {
                approval = try Approval(record: record.bytes, file: record.path)
            } catch {
                throw .unbelievable(error.statement)
            }
            try require(approval.organisation, repository: approval.repository, repository, record)
            guard approval.commit == commit else { throw .unbelievable("'\(record.path)' is of another commit") }
            return VerifiedApproval(id: record.id, approval: approval, hand: try hand(of: approval, record))
        }
    }

    /// The exceptions that let a commit through in one repository.
    ///
    /// As with approvals, what must not be believed lets nothing through, and is told in words.
    package func exceptions(
        for commit: ObjectID, in repository: String
    ) throws(AuthorityError) -> RecordsOfCommit<VerifiedException> {
        try records(in: AuthorityLayout.exceptions(for: commit)) { record throws(RecordFault) in
            let exception: Exception
            do throws(RecordError) {
                exception = try Exception(record: record.bytes, file: record.path)
            } catch {
                throw .unbelievable(error.statement)
            }
            try require(exception.organisation, repository: exception.repository, repository, record)
            guard exception.commit == commit else { throw .unbelievable("'\(record.path)' is for another commit") }
            let signers = try asking { () throws(AuthorityError) in
                try administrators(whoSigned: record, in: .exception, issuedAt: exception.issuedAt)
            }
            guard signers.contains(exception.issuer) else {
                throw .unbelievable("'\(record.path)' is not signed by an administrator named \(exception.issuer)")
            }
            return VerifiedException(id: record.id, exception: exception)
        }
    }

    /// The exceptions that let any of some commits through in one repository.
    package func exceptions(
        for commits: Set<ObjectID>, in repository: String
    ) throws(AuthorityError) -> RecordsOfCommit<VerifiedException> {
        var all = RecordsOfCommit<VerifiedException>(verified: [], faults: [])
        for commit in commits.sorted() {
            let found = try exceptions(for: commit, in: repository)
            all = RecordsOfCommit(verified: all.verified + found.verified, faults: all.faults + found.faults)
        }
        return all
    }

    /// Why a record counts for nothing, or why nothing can be said at all.
    private enum RecordFault: Error {
        case unbelievable(String)
        case authority(AuthorityError)
    }

    private func records<Record>(
        in directory: String, _ verify: (SignedRecord) throws(RecordFault) -> Record
    ) throws(AuthorityError) -> RecordsOfCommit<Record> {
        let suffix = ".toml"
        let names = try source.names(in: directory).filter { $0.hasSuffix(suffix) }
        guard names.count <= Self.maximumRecordsOfCommit else {
            throw AuthorityError(
                .unreadable, "'\(directory)' holds more than \(Self.maximumRecordsOfCommit) records")
        }
        var verified: [Record] = []
        var faults: [String] = []
        for name in names.sorted() {
            guard let record = try SignedRecord(at: "\(directory)/\(name)", from: source) else { continue }
            guard record.id.hex == name.dropLast(suffix.count) else {
                faults.append("'\(record.path)' has other bytes than its name says")
                continue
            }
            do throws(RecordFault) {
                verified.append(try verify(record))
            } catch {
                switch error {
                case .unbelievable(let reason): faults.append(reason)
                case .authority(let error): throw error
                }
            }
        }
        return RecordsOfCommit(verified: verified, faults: faults)
    }

    private func require(
        _ organisation: String, repository: String, _ asked: String, _ record: SignedRecord
    ) throws(RecordFault) {
        guard organisation == policy.organisation else {
            throw .unbelievable("'\(record.path)' is of organisation '\(organisation)'")
        }
        guard repository == asked else { throw .unbelievable("'\(record.path)' is for repository '\(repository)'") }
    }

    /// Whose hand signed an approval.
    ///
    /// An agent that holds the key decides, even where the key is also listed as a person's: what an agent can sign
    /// says nothing about a person.
    private func hand(of approval: Approval, _ record: SignedRecord) throws(RecordFault) -> VerifiedApproval.Hand {
        let (keys, faults) = record.signers(in: .approval)
        guard let first = keys.first else {
            let reason = faults.first.map { "its signature is bad: \($0)" } ?? "it has no signature"
            throw .unbelievable("'\(record.path)' counts for nothing: \(reason)")
        }
        for key in keys {
            if let agent = try asking({ () throws(AuthorityError) in try agent(holding: KeyFingerprint(of: key)) }) {
                return .agent(agent)
            }
        }
        let approver = approval.approver
        for key in keys {
            let fault = try asking { () throws(AuthorityError) in
                try self.fault(of: key, as: approver, for: .approval, issuedAt: approval.issuedAt)
            }
            if fault == nil { return .person }
        }
        if !policy.persons.contains(where: { $0.id == approver }) {
            switch try asking({ () throws(AuthorityError) in try agent(approver) }) {
            case .registered, .rejected: return .agent("agent '\(approver)'")
            case .unregistered: break
            }
        }
        throw .unbelievable(
            "'\(record.path)' counts for nothing: \(KeyFingerprint(of: first)) may not sign approvals as \(approver)")
    }

    private func asking<Value>(_ body: () throws(AuthorityError) -> Value) throws(RecordFault) -> Value {
        do throws(AuthorityError) { return try body() } catch { throw .authority(error) }
    }

    /// The agent to which a key belongs, in words; `nil` when it is no agent's.
    ///
    /// A pointer proves nothing, so a signed record must list the key too.
    private func agent(holding key: KeyFingerprint) throws(AuthorityError) -> String? {
        switch try pointer(at: AuthorityLayout.key(key)) {
        case .agent(let id):
            guard case .registered(let verified) = try agent(id), verified.agent.identities.contains(.key(key)) else {
                return nil
            }
            return "agent '\(id)'"
        case .delegation(let id):
            guard case .verified(let verified) = try delegation(id), verified.delegation.keys.contains(key) else {
                return nil
            }
            return "the task key of agent '\(verified.delegation.agent)'"
        case nil: return nil
        }
    }
}
