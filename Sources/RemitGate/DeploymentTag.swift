import RemitFormats
import RemitGit
import RemitModel
import RemitSignatures

/// What is deployed, as `refs/remit/deployed/<environment>` remembers it: a tag of the commit, whose message is the
/// gate's signed decision.
///
/// Whoever can push could hide commits from the next judgement, so nothing is believed that no key of the policy signed.
struct DeploymentTag {
    /// Why a tag does not count; in git's voice.
    struct Fault: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }

    private let reader: GitReader
    private let environment: EnvironmentPolicy
    private let organisation: String
    private let repository: String

    init(_ reader: GitReader, _ environment: EnvironmentPolicy, of repository: String, organisation: String) {
        self.reader = reader
        self.environment = environment
        self.organisation = organisation
        self.repository = repository
    }

    /// The decision in a tag, verified; a tag that does not count gives the reason.
    func decision(in id: ObjectID) throws(GitError) -> Result<DeploymentDecision, Fault> {
        guard !environment.statementKeys.isEmpty else {
            return .failure(Fault("the policy names no key whose statement of a deployment is believed"))
        }
        guard try reader.repository.kind(of: id) == .tag else {
            return .failure(Fault("it is not an annotated tag with a gate's statement"))
        }
        let bytes = try reader.repository.read(id, expecting: .tag)
        do throws(Fault) {
            return .success(try verified(bytes))
        } catch {
            return .failure(error)
        }
    }

    private func verified(_ bytes: [UInt8]) throws(Fault) -> DeploymentDecision {
        let tag: RawTag
        do throws(MalformedObject) {
            tag = try TagParser.parse(bytes)
        } catch {
            throw Fault("its tag is malformed: \(error.reason)")
        }
        guard tag.kind == .commit else { throw Fault("it is a tag of something other than a commit") }
        let envelope = try reading("is no signed statement: it ") { () throws(DSSEError) in
            try DSSEEnvelope(parsing: tag.message)
        }
        guard let statement = envelope.statement(signedByOneOf: keys) else {
            throw Fault(
                "its statement is signed by none of the policy's 'statement_keys' of '\(environment.name)'")
        }
        let decision = try reading { () throws(DSSEError) in try DeploymentDecision(payload: statement.payload) }
        try require(decision.organisation, "organisation", organisation)
        try require(decision.repository, "repository", repository)
        try require(decision.environment, "environment", environment.name)
        guard decision.commit == tag.object else {
            throw Fault("its statement is about commit \(decision.commit), and its tag of \(tag.object)")
        }
        return decision
    }

    private func reading<Value>(
        _ words: String = "", _ body: () throws(DSSEError) -> Value
    ) throws(Fault) -> Value {
        do throws(DSSEError) { return try body() } catch {
            throw Fault("the message of its tag \(words)\(error.fault)")
        }
    }

    private func require(_ found: String, _ what: String, _ wanted: String) throws(Fault) {
        guard found == wanted else { throw Fault("its statement is of \(what) '\(found)', not '\(wanted)'") }
    }

    private var keys: [SSHPublicKey] {
        environment.statementKeys.compactMap { line in
            do throws(SSHFormatError) { return try SSHPublicKey(line: line) } catch { return nil }
        }
    }
}
