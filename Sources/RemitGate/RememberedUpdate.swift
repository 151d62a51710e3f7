import RemitFormats
import RemitGit
import RemitModel
import RemitRules

/// A push to `refs/remit/deployed/<environment>`: what a gate's statement lets in, and nothing else.
struct RememberedUpdate {
    private let reader: GitReader
    private let policy: Policy
    private let repository: String

    init(_ reader: GitReader, _ policy: Policy, _ repository: String) {
        self.reader = reader
        self.policy = policy
        self.repository = repository
    }

    /// The update, with what it is worth; `nil` for one of another ref.
    func read(_ update: RefUpdate, _ reading: UpdateReading) throws(GateError) -> UpdateReading.Reading? {
        let directory = DeploymentSubmission.ref(of: "")
        guard update.ref.bytes.starts(with: directory.bytes) else { return nil }
        let name = String(validating: update.ref.bytes.dropFirst(directory.count), as: UTF8.self)
        guard let fault = try fault(of: update, named: name) else {
            // The commit is on a ref that was judged, and the gate's key vouches for the tag: nothing else came along.
            var accepted = UpdateCase(
                update: update, kind: update.isCreation ? .create : .update, isProtected: false, target: .commit)
            accepted.remembering = .verified
            return UpdateReading.Reading(update: accepted, tags: [], commits: [], excluded: [], tip: nil, net: nil)
        }
        var refused = try reading.read(update)
        refused.update.remembering = .refused(fault)
        return refused
    }

    /// Why the update is not let in.
    private func fault(of update: RefUpdate, named name: String?) throws(GateError) -> String? {
        guard let name, let environment = policy.environment(named: name, in: repository) else {
            return "the policy has no such environment for '\(repository)'"
        }
        guard !update.isDeletion else { return "what is deployed is not forgotten" }
        let tag = DeploymentTag(reader, environment, of: repository, organisation: policy.organisation)
        let decision: DeploymentDecision
        switch try read(update.new, tag, update.ref) {
        case .failure(let fault): return fault.reason
        case .success(let found): decision = found
        }
        guard try isMerged(decision.commit, environment) else {
            return "commit \(decision.commit) is on no ref from which '\(name)' is deployed"
        }
        guard !update.isCreation, case .success(let before) = try read(update.old, tag, update.ref) else { return nil }
        // Whoever kept an old statement must not make the repository forget what came after it.
        guard decision.decidedAt >= before.decidedAt else {
            return "its statement is of \(decision.decidedAt), older than that of \(before.decidedAt) in its place"
        }
        return nil
    }

    private func read(
        _ id: ObjectID, _ tag: DeploymentTag, _ ref: ByteString
    ) throws(GateError) -> Result<DeploymentDecision, DeploymentTag.Fault> {
        try GateError.reading(ref) { () throws(GitError) in try tag.decision(in: id) }
    }

    /// Whether a ref of the environment has the commit already.
    ///
    /// A clone that checks itself before a push has the server's branches as those of its remote.
    private func isMerged(_ commit: ObjectID, _ environment: EnvironmentPolicy) throws(GateError) -> Bool {
        let reading = DeploymentReading(reader: reader)
        let refs = try reading.refs(of: environment, on: "origin")
        return try GateError.reading { () throws(GitError) in try reading.holds(commit, refs) }
    }
}
