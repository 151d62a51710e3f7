package import RemitModel

/// What a gate's own statement says was deployed: read again when the next deployment is judged.
///
/// Members that nobody here asks for are passed over, as in-toto demands; that the payload is signed is others' care.
package struct DeploymentDecision: Hashable, Sendable {
    package let organisation: String
    package let repository: String
    package let environment: String
    package let commit: ObjectID
    package let decidedAt: Instant
    /// Whether an older commit was put back by a person's will.
    package let isRollback: Bool
    /// The run of the CI job and which attempt at it that was, where the job said so.
    package let run: String?
    package let attempt: Int?

    /// Reads the payload of an envelope.
    package init(payload: [UInt8]) throws(DSSEError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(payload)
        } catch {
            throw DSSEError("holds a statement that \(error.fault), at byte \(error.offset)")
        }
        guard case .object(let statement) = value, statement["_type"] == .text(StatementURI.statement) else {
            throw DSSEError("holds no in-toto statement")
        }
        guard statement["predicateType"] == .text(StatementURI.decision),
            case .object(let predicate) = statement["predicate"]
        else { throw DSSEError("holds a statement of something other than a decision of Remit's") }
        guard predicate["outcome"] == .text("allowed"), predicate["mode"] == .text("enforce") else {
            throw DSSEError("is of a decision that allowed nothing")
        }
        organisation = try Self.text("organisation", in: predicate)
        repository = try Self.text("repository", in: predicate)
        environment = try Self.text("environment", in: predicate)
        guard let moment = Instant(try Self.text("decidedAt", in: predicate)) else {
            throw DSSEError("says no moment in 'decidedAt'")
        }
        decidedAt = moment
        guard let commit = ObjectID(hex: try Self.text("commit", in: predicate)),
            Self.commits(of: statement["subject"]) == [commit]
        else { throw DSSEError("is not about exactly the commit that it names") }
        self.commit = commit
        guard case .flag(let isRollback) = predicate["isRollback"] else {
            throw DSSEError("does not say 'isRollback'")
        }
        self.isRollback = isRollback
        let job: [String: JSONValue]
        if case .object(let members) = predicate["job"] { job = members } else { job = [:] }
        if case .text(let run) = job["run"] { self.run = run } else { run = nil }
        if case .number(let attempt) = job["attempt"] { self.attempt = attempt } else { attempt = nil }
    }

    private static func text(_ name: String, in members: [String: JSONValue]) throws(DSSEError) -> String {
        guard case .text(let text) = members[name] else { throw DSSEError("does not say '\(name)'") }
        return text
    }

    /// The commits among the subjects; images have digests of other kinds.
    private static func commits(of subjects: JSONValue?) -> [ObjectID?] {
        guard case .list(let list) = subjects else { return [] }
        return list.compactMap { subject in
            guard case .object(let members) = subject, case .object(let digest) = members["digest"],
                let commit = digest["gitCommit"]
            else { return nil }
            guard case .text(let hex) = commit else { return .some(nil) }
            return .some(ObjectID(hex: hex))
        }
    }
}
