package import RemitAuthority
import RemitFormats
import RemitGit
package import RemitModel
import RemitRules

/// What the gate says of a message and of those whom it and the commit name, before there is a commit.
///
/// Signature, contents, ref and the moment of the push are not known yet: what rests on them is asked when it is.
package struct MessageJudgement {
    /// The rules that a message and two names suffice for.
    package static let rules: Set<RuleCode> = [
        .attributionMalformed, .attributionUnregistered, .attributionMismatch, .attributionInconsistent,
        .delegationMissing, .delegationUnknown, .delegationSignature, .delegationDelegator, .delegationChain,
        .delegationAgent, .delegationRepository, .delegationSuspended,
    ]
    /// A ref that no agent's name is in: where it goes is not known.
    private static let nowhere: ByteString = "refs/heads/main"

    private let reader: GitReader
    private let authority: Authority
    private let circumstances: Circumstances

    package init(_ reader: GitReader, authority: Authority, repository: String, now: Instant) {
        self.reader = reader
        self.authority = authority
        // An assistant's draft is let through where a person pushes: whether one will is not known. Nor is the ref, so
        // that only what is refused on all of them is refused here.
        circumstances = Circumstances(
            now: now, repository: authority.policy.repository(named: repository).wherever, mode: .enforce, pusher: nil,
            pusherIdentity: .person(""), protectedPaths: ProtectedPaths(adding: authority.policy.protectedPaths),
            administrators: authority.administrators)
    }

    /// Judges a commit as git would write it, without its contents; malformed bytes are a fault of the message.
    package func decide(_ commit: [UInt8]) throws(GateError) -> Decision {
        let update = RefUpdate(ref: Self.nowhere, old: Repository.emptyTree, new: Repository.emptyTree)
        let place = UpdateCase(update: update, kind: .update, isProtected: false)
        let facts = try examine(commit, on: place)
        let all = RuleBook.rules.filter { Self.rules.contains($0.code) }
            .map { $0.findings(about: facts, on: place, circumstances) }
        let findings = Self.told(all.flatMap(\.refusing))
        return Decision(
            outcome: findings.isEmpty ? .allowed : .refused, mode: .enforce, repository: circumstances.repository.name,
            pusher: nil, decidedAt: circumstances.now, updates: [], commits: 1, findings: findings,
            findingCount: findings.count, agents: [], delegations: [], authority: authority.commit,
            policyVersion: authority.policy.version,
            observations: Self.told(all.flatMap(\.observed)))
    }

    /// Nothing of it has a name yet, the ref is none that anybody has asked about, and there is no signature that could be
    /// missing.
    private static func told(_ findings: [Finding]) -> [Finding] {
        findings.filter { $0.facts.inconsistency != .hostSignature }.map { Finding($0.rule, facts: $0.facts) }
    }

    private func examine(_ bytes: [UInt8], on place: UpdateCase) throws(GateError) -> CommitCase {
        let commit: RawCommit
        do throws(MalformedObject) {
            commit = try CommitParser.parse(bytes)
        } catch {
            return CommitCase(id: .zero, malformed: error.reason)
        }
        let examiner = CommitExaminer(
            reader, authority: authority, circumstances: circumstances, seen: NothingSeen(),
            sources: SourceMemory(reader, patterns: [], deadline: .now))
        return try examiner.examine(.zero, commit, .unsigned, on: place)
    }

    /// The bytes of a commit that changes nothing.
    package static func commit(message: [UInt8], author: [UInt8], committer: [UInt8]) -> [UInt8] {
        let tree = Repository.emptyTree.hex
        return Array("tree \(tree)\nparent \(tree)\nauthor ".utf8) + author + Array("\ncommitter ".utf8) + committer
            + Array("\n\n".utf8) + message
    }
}
