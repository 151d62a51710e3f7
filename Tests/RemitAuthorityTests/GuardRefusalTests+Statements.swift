import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Approvals, exceptions, baselines and revocations.
extension GuardRefusalTests {
    static let statements: [Refused] = [
        Refused("an approval by nobody", "authority.signature approvals/<commit>/<file>.toml: it has no signature") {
            try $0.world.approve(signedBy: [])
        },
        Refused(
            "an approval in another's name",
            "authority.signature approvals/<commit>/<file>.toml: <key> may not sign approvals as dana@example.org"
        ) {
            try $0.world.approve(signedBy: [$0.world.cast.ada])
        },
        Refused(
            "an approval in another namespace",
            "authority.signature approvals/<commit>/<file>.toml: its signature is bad: signed in the namespace git"
        ) {
            try $0.world.approve(in: "git")
        },
        Refused(
            "an approval with a key that an agent has too",
            "authority.role approvals/<commit>/<file>.toml: its key is an agent's too, and agents approve nothing",
            after: { try $0.register("cursor", identities: ["key:\($0.cast.dana.print())"]) }
        ) { try $0.world.approve() },
        Refused(
            "an approval by an agent",
            "authority.signature approvals/<commit>/<file>.toml: <key> may not sign approvals as claude-code",
            after: { try $0.delegate() }
        ) { try $0.world.approve(by: "claude-code", signedBy: [$0.world.cast.task]) },
        Refused(
            "an approval of another organisation",
            "authority.record approvals/<commit>/<file>.toml: it is of organisation 'other.org'"
        ) {
            try $0.world.approve(organisation: "other.org")
        },
        Refused(
            "an approval in another commit's place",
            "authority.record approvals/<commit>/<file>.toml: it approves commit <commit>"
        ) {
            try $0.world.approve(at: String(repeating: "12", count: 20))
        },
        Refused(
            "an approval removed", "authority.immutable approvals/<commit>/<file>.toml: a record is never removed",
            after: { try $0.approve() }
        ) {
            $0.world.remove(try $0.world.approve())
        },
        Refused(
            "more approvals than a push reads through",
            "authority.record approvals/<commit>/<file>.toml: its commit would have more than 64 such records",
            after: { world in
                for number in 0..<64 { world.write("x\n", at: "approvals/ab/\(MemoryAuthority.commit)/\(number).toml") }
            }
        ) { try $0.world.approve() },
        Refused(
            "an exception by a delegator",
            "authority.role exceptions/<commit>/<file>.toml: dana@example.org is not an administrator"
        ) {
            try $0.world.except(by: "dana@example.org", signedBy: [$0.world.cast.dana])
        },
        Refused(
            "an exception in an administrator's name",
            "authority.signature exceptions/<commit>/<file>.toml: ada@example.org did not sign it"
        ) {
            try $0.world.except(signedBy: [$0.world.cast.ben])
        },
        Refused(
            "an exception in another commit's place",
            "authority.record exceptions/<commit>/<file>.toml: it lets commit <commit> through"
        ) {
            try $0.world.except(at: String(repeating: "12", count: 20))
        },
        Refused(
            "an exception changed", "authority.immutable exceptions/<commit>/<file>.toml: a record is never changed",
            after: { try $0.except() }
        ) {
            let path = try $0.world.except()
            $0.world.write($0.world.text(path) + "# x\n", at: path)
        },
        Refused(
            "a baseline by a delegator",
            "authority.role exceptions/baseline-payments.toml: dana@example.org is not an administrator"
        ) {
            try $0.world.baseline(issuer: "dana@example.org", signedBy: [$0.world.cast.dana])
        },
        Refused(
            "a baseline of another repository",
            "authority.record exceptions/baseline-web.toml: it is of repository 'payments'"
        ) {
            try $0.world.baseline(at: "web")
        },
        Refused(
            "a baseline that shrinks",
            "authority.immutable exceptions/baseline-payments.toml: it no longer names commit <commit>",
            after: { try $0.baseline() }
        ) { try $0.world.baseline([String(repeating: "12", count: 20)]) },
        Refused(
            "a baseline removed", "authority.immutable exceptions/baseline-payments.toml: a record is never removed",
            after: { try $0.baseline() }
        ) { $0.world.remove("exceptions/baseline-payments.toml") },
    ]

    static let revocations: [Refused] = [
        Refused(
            "a revocation removed", "authority.immutable revocations/<file>.toml: a record is never removed",
            after: { try $0.end($0.delegate()) }
        ) { $0.world.remove("revocations/\(try $0.world.delegate().hex).toml") },
        Refused(
            "a suspension removed",
            "authority.immutable revocations/agent-claude-code/1.toml: a record is never removed",
            after: { try $0.suspend(1) }
        ) { $0.world.remove("revocations/agent-claude-code/1.toml") },
        Refused(
            "a revocation by somebody else",
            "authority.role revocations/<file>.toml: 'revocations/<file>.toml' is not signed by someone who may revoke what it names",
            after: { try $0.delegate() }
        ) {
            let id = try $0.world.delegate()
            try $0.world.revoke(
                "delegation = \"\(id)\"", at: "revocations/\(id.hex).toml", issuer: "sam@example.org",
                signedBy: [$0.world.cast.dana])
        },
        Refused(
            "a revocation of nothing by nobody much",
            "authority.role revocations/<file>.toml: sam@example.org may not revoke that"
        ) {
            let id = RecordID(of: [1])
            try $0.world.revoke(
                "delegation = \"\(id)\"", at: "revocations/\(id.hex).toml", issuer: "sam@example.org",
                signedBy: [$0.world.cast.sam])
        },
        Refused(
            "the kill switch for every agent by a delegator",
            "authority.role revocations/every-agent/1.toml: dana@example.org may not revoke that"
        ) {
            try $0.world.revoke("agents = \"all\"", at: "revocations/every-agent/1.toml")
        },
        Refused(
            "a revocation of something else",
            "authority.record revocations/agent-claude-code/1.toml: it does not revoke what its place is for"
        ) {
            try $0.world.revoke("agent = \"cursor\"", at: "revocations/agent-claude-code/1.toml")
        },
        Refused(
            "a suspension dated ahead",
            "authority.record revocations/agent-claude-code/1.toml: key 'issued_at': <time> is still to come"
        ) { try $0.world.suspend(1, at: 61) },
        Refused(
            "a delegation dated ahead",
            "authority.record delegations/<file>.toml: key 'issued_at': <time> is still to come"
        ) { try $0.world.delegate { $0.issuedAt = MemoryAuthority.now.adding(seconds: 61) } },
        Refused(
            "an agent that is to be resumed one day",
            "authority.record agents/claude-code.toml: key 'resumed_at': <time> is still to come"
        ) {
            var agent = TestAgent("claude-code", reviewBy: MemoryAuthority.now.adding(seconds: 86_400))
            agent.resumedAt = MemoryAuthority.now.adding(seconds: 61)
            try $0.world.register(agent)
        },
        Refused(
            "all agents that are to be resumed one day",
            "authority.record authority.toml: key 'resumed_at': <time> is still to come"
        ) {
            $0.world.policy.version += 1
            $0.world.policy.resumedAt = MemoryAuthority.now.adding(seconds: 61)
            try $0.world.publish()
        },
        Refused(
            "a suspension after a gap",
            "authority.version revocations/agent-claude-code/2.toml: there is no 'revocations/agent-claude-code/1.toml' before it"
        ) {
            try $0.world.suspend(2)
        },
        Refused(
            "a copy of a suspension, to use the places up",
            "authority.version revocations/agent-claude-code/2.toml: it was not issued after 'revocations/agent-claude-code/1.toml'",
            after: { try $0.suspend(1) }
        ) { try $0.world.suspend(2) },
        Refused(
            "an end in the place of a compromise",
            "authority.record revocations/compromised/<file>.toml: the cause 'ended' has another place"
        ) {
            let id = try $0.world.delegate()
            try $0.world.revoke("delegation = \"\(id)\"", at: "revocations/compromised/\(id.hex).toml")
        },
        Refused(
            "a suspension dated back by somebody whose key has expired",
            "authority.signature revocations/agent-claude-code/1.toml: its key is not one with which dana@example.org signs today",
            after: {
                $0.people = $0.people.replacing(
                    "dana@example.org namespaces=\"git,remit-*\"",
                    with: "dana@example.org namespaces=\"git,remit-*\",valid-before=\"20261101Z\"")
                try $0.publish()
            }
        ) { try $0.world.suspend(1, at: -60 * 86_400) },
        Refused(
            "a suspension with a key that was taken back",
            "authority.signature revocations/agent-claude-code/1.toml: its key is not one with which dana@example.org signs today",
            after: {
                let key = try $0.cast.dana.print()
                try $0.revoke(
                    "key = \"\(key)\"", at: "revocations/compromised/key-\(key.hex).toml", cause: "compromised")
            }
        ) { try $0.world.suspend(1) },
    ]
}
