import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// A commit that the guard refuses, and in which words.
struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (inout MemoryAuthority) throws -> Void
    let change: @Sendable (inout GuardTrial) throws -> Void
    /// `rule path: reason`, with `<key>`, `<id>` and `<file>` for fingerprints, digests and the names made of them.
    let said: [String]

    init(
        _ name: String, _ said: String...,
        after prepare: @escaping @Sendable (inout MemoryAuthority) throws -> Void = { _ in },
        _ change: @escaping @Sendable (inout GuardTrial) throws -> Void
    ) {
        testDescription = name
        self.said = said
        self.prepare = prepare
        self.change = change
    }
}

/// Every kind of file, and what can be wrong with it.
@Suite struct GuardRefusalTests {
    @Test(arguments: layout + foundation + agents + delegations + statements + revocations + requests + proposals)
    func `refuses`(row: Refused) throws {
        var trial = try GuardTrial(row.prepare)
        try row.change(&trial)
        let said = try trial.said().map(Self.words)
        #expect(said == row.said)
        for finding in try trial.findings() {
            #expect(finding.ref == GuardTrial.ref && finding.commit != nil && finding.path != nil)
            #expect(!finding.facts.ask.isEmpty)
        }
    }

    static func words(_ text: String) -> String {
        text.replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: "<key>")
            .replacing(/sha256:[0-9a-f]{64}/, with: "<id>")
            .replacing(/(\b[0-9a-f]{2}\/)?\b(key-)?[0-9a-f]{64}/, with: "<file>")
            .replacing(/(\b[0-9a-f]{2}\/)?\b[0-9a-f]{40}/, with: "<commit>")
    }

    private static let layout: [Refused] = [
        Refused("a foreign file", "authority.layout notes.txt: no record lies there") {
            $0.world.write("x\n", at: "notes.txt")
        },
        Refused("a second spelling of a place", "authority.layout roots/02.toml: no record lies there") {
            $0.world.write("x\n", at: "roots/02.toml")
        },
        Refused("a letter that only looks like one", "authority.layout agents/\u{212A}.toml: no record lies there") {
            $0.world.write("x\n", at: "agents/\u{212A}.toml")
        },
        Refused(
            "a signature of what is not signed", "authority.layout people.allowed_signers.sig: no record lies there"
        ) {
            $0.world.write("x\n", at: "people.allowed_signers.sig")
        },
        Refused("a signature of nothing", "authority.layout agents/ghost.toml.sig: there is no record beside it") {
            $0.world.write("x\n", at: "agents/ghost.toml.sig")
        },
        Refused(
            "a signature after a gap",
            "authority.layout authority.toml.sig.4: there is no 'authority.toml.sig.3' before it"
        ) { $0.world.write("x\n", at: "authority.toml.sig.4") },
        Refused(
            "a link", "authority.layout README.md: it is a symbolic link, and records are plain files"
        ) {
            $0.world.write("/etc/passwd", at: "README.md")
            $0.modes["README.md"] = .symlink
        },
        Refused(
            "an executable policy", "authority.layout authority.toml: it is executable, and records are plain files"
        ) { $0.modes["authority.toml"] = .executable },
        Refused("a submodule", "authority.layout agents: it is a submodule, and records are plain files") {
            $0.world.write("", at: "agents")
            $0.modes["agents"] = .gitlink
        },
        Refused(
            "an empty directory in the place of a record",
            "authority.layout revocations/agent-claude-code/1.toml: it is an empty directory, and records are plain files"
        ) {
            $0.world.write("", at: "revocations/agent-claude-code/1.toml")
            $0.modes["revocations/agent-claude-code/1.toml"] = .tree
        },
        Refused(
            "attributes that convert",
            "authority.layout .gitattributes: it must say '* -text' in one line and nothing else, and stays"
        ) { $0.world.write("* text=auto\n", at: ".gitattributes") },
        Refused(
            "attributes that go",
            "authority.layout .gitattributes: it must say '* -text' in one line and nothing else, and stays",
            after: { $0.write("* -text\n", at: ".gitattributes") }
        ) { $0.world.remove(".gitattributes") },
        Refused("a README without end", "authority.record README.md: 'README.md' is too long") {
            $0.world.write(String(repeating: "x", count: 65_537), at: "README.md")
        },
    ]

    private static let foundation: [Refused] = [
        Refused(
            "the first root changed", "authority.immutable roots/1.toml: a root stays as it is; the next one follows it"
        ) {
            $0.world.write($0.world.text("roots/1.toml") + "# x\n", at: "roots/1.toml")
        },
        Refused(
            "a root removed", "authority.immutable roots/2.toml: a root stays as it is; the next one follows it",
            after: { try $0.rotate() }
        ) { $0.world.remove("roots/2.toml") },
        Refused(
            "a root later signed",
            "authority.immutable roots/1.toml.sig.3: the signatures of a root come with it, and stay"
        ) {
            $0.world.write("x\n", at: "roots/1.toml.sig.3")
        },
        Refused("a root after a gap", "authority.version roots/3.toml: the root in force is 1, the next is 2") {
            try $0.world.rotate(3)
        },
        Refused(
            "a root signed by one",
            "authority.signature roots/2.toml: 'roots/2.toml' is signed by 1 of the 2 administrators needed"
        ) { try $0.world.rotate(signedBy: [$0.world.cast.ada]) },
        Refused(
            "a root whose policy its administrators have not signed",
            "authority.signature roots/2.toml: 'authority.toml' is signed by 1 of the 2 administrators needed"
        ) {
            try $0.world.putRoot(
                2, MemoryAuthority.withEve($0.world.cast), signedBy: [$0.world.cast.ben, $0.world.cast.cem])
        },
        Refused(
            "a root with a signature that is bad",
            "authority.signature roots/2.toml: its signature is bad: signed in the namespace git"
        ) {
            try $0.world.rotate()
            let cem = $0.world.cast.cem
            $0.world.source.files["roots/2.toml.sig.3"] = try cem.sign(
                Array($0.world.text("roots/2.toml").utf8), namespace: "git")
        },
        Refused("no policy", "authority.immutable authority.toml: there is no authority without it") {
            $0.world.remove("authority.toml")
        },
        Refused("no people", "authority.immutable people.allowed_signers: there is no authority without it") {
            $0.world.remove("people.allowed_signers")
        },
        Refused(
            "the same version, other bytes",
            "authority.version authority.toml: it says version 1, and version 1 is in force"
        ) {
            $0.world.policy.operators = ["dana@example.org"]
            try $0.world.publish()
        },
        Refused(
            "an older policy", "authority.version authority.toml: it says version 1, and version 2 is in force",
            after: {
                $0.policy.version = 2
                try $0.publish()
            }
        ) {
            $0.world.policy.version = 1
            try $0.world.publish()
        },
        Refused(
            "a policy signed by one of two",
            "authority.signature authority.toml: 'authority.toml' is signed by 1 of the 2 administrators needed"
        ) {
            $0.world.policy.version = 2
            try $0.world.publish(signedBy: [$0.world.cast.ben, $0.world.cast.benAgain])
        },
        Refused(
            "a policy signed by a delegator",
            "authority.signature authority.toml: 'authority.toml' is signed by 0 of the 2 administrators needed"
        ) {
            $0.world.policy.version = 2
            try $0.world.publish(signedBy: [$0.world.cast.dana, $0.world.cast.sam])
        },
        Refused(
            "a policy signed with a key that was revoked",
            "authority.signature authority.toml: keys that are good today are of 1 of the 2 administrators needed",
            after: {
                let key = try $0.cast.ada.print()
                try $0.revoke(
                    "key = \"\(key)\"", at: "revocations/key-\(key.hex).toml", issuer: "ada@example.org",
                    signedBy: [$0.cast.ada])
            }
        ) {
            $0.world.policy.version = 2
            try $0.world.publish()
        },
        Refused(
            "a signature that is taken away",
            "authority.immutable authority.toml: the signature of cem@example.org is taken from it",
            after: { try $0.publish(signedBy: [$0.cast.ada, $0.cast.ben, $0.cast.cem]) }
        ) { try $0.world.publish() },
        Refused(
            "a policy that cannot be read", "authority.record authority.toml: 'authority.toml': key 'type': is missing"
        ) {
            try $0.world.put(
                "\n", at: "authority.toml", signedBy: [$0.world.cast.ada, $0.world.cast.ben], "remit-authority")
        },
        Refused(
            "people whom no policy names",
            "authority.signature people.allowed_signers: 'people.allowed_signers' is not the file that 'authority.toml' names (<id>)"
        ) { $0.world.write($0.world.people + "\n", at: "people.allowed_signers") },
        Refused(
            "an agent's key given to a person",
            "authority.record people.allowed_signers: key:<key> is of agent 'cursor' and of eve@example.org, and nothing is shared",
            after: { try $0.register("cursor", identities: ["key:\($0.cast.eve.print())"]) }
        ) {
            $0.world.policy.version = 2
            $0.world.policy.persons.append(("eve@example.org", []))
            $0.world.people += "eve@example.org namespaces=\"git\" \($0.world.cast.eve.bare)\n"
            try $0.world.publish()
        },
        Refused(
            "an agent's account given to a person",
            "authority.record authority.toml: login:bot is of agent 'cursor' and of sam@example.org, and nothing is shared",
            after: { try $0.register("cursor", identities: ["login:bot"]) }
        ) {
            $0.world.policy.version = 2
            $0.world.policy.persons[1].logins.append("bot")
            try $0.world.publish()
        },
        Refused(
            "an agent's key given to an administrator",
            "authority.record roots/2.toml: key:<key> is of agent 'cursor' and of administrator eve@example.org, and nothing is shared",
            after: { try $0.register("cursor", identities: ["key:\($0.cast.eve.print())"]) }
        ) {
            try $0.world.putRoot(
                2, MemoryAuthority.administrators($0.world.cast) + [("eve@example.org", [$0.world.cast.eve])],
                signedBy: [$0.world.cast.ben, $0.world.cast.ada])
        },
    ]

    private static let agents: [Refused] = [
        Refused("an agent that makes itself", "authority.signature agents/cursor.toml: it has no signature") {
            try $0.world.register("cursor", identities: [], signedBy: [])
        },
        Refused("an agent that a delegator makes", "authority.signature agents/cursor.toml: no administrator signed it")
        {
            try $0.world.register("cursor", identities: [], signedBy: [$0.world.cast.dana])
        },
        Refused(
            "an agent removed",
            "authority.immutable agents/claude-code.toml: an agent stays in the inventory; it can be retired"
        ) {
            $0.world.remove("agents/claude-code.toml")
        },
        Refused(
            "an agent under another's name",
            "authority.record agents/cursor.toml: it is the record of agent 'claude-code'"
        ) {
            try $0.world.register(PointerTests.agent(), at: "cursor")
        },
        Refused(
            "an agent of another organisation",
            "authority.record agents/claude-code.toml: it is of organisation 'other.org'"
        ) {
            try $0.world.register(PointerTests.agent { $0.organisation = "other.org" })
        },
        Refused("an agent that cannot be read", "authority.record agents/cursor.toml: key 'type': is missing") {
            try $0.world.put("\n", at: "agents/cursor.toml", signedBy: [$0.world.cast.ada], "remit-authority")
        },
        Refused(
            "an earlier record of an agent, put back",
            "authority.version agents/claude-code.toml: it is what an earlier record of it said, and that was replaced",
            after: { try $0.register(PointerTests.agent { $0.status = "retired" }) }
        ) {
            try $0.world.register(PointerTests.agent())
            $0.history["agents/claude-code.toml"] = [Array($0.world.text("agents/claude-code.toml").utf8)]
        },
        Refused(
            "a stale second signature",
            "authority.signature agents/claude-code.toml: its signature is bad: signature does not fit the content and the key",
            after: { try $0.register(PointerTests.agent(), signedBy: [$0.cast.ada, $0.cast.ben]) }
        ) {
            let second = $0.world.source.files["agents/claude-code.toml.sig.2"]
            try $0.world.register(PointerTests.agent { $0.vendor = "Else" })
            $0.world.source.files["agents/claude-code.toml.sig.2"] = second
        },
        Refused(
            "an identity without its file",
            "authority.record agents/cursor.toml: there is no 'identities/<file>', which says whose login:bot is"
        ) {
            try $0.world.register("cursor", identities: ["login:bot"])
            try $0.world.point("login:bot", to: nil)
        },
        Refused(
            "an account of two agents",
            "authority.record agents/cursor.toml: login:bot is of agent 'claude-code' and of agent 'cursor', and nothing is shared",
            after: { try $0.register("claude-code", identities: ["login:bot"]) }
        ) {
            try $0.world.register("cursor", identities: ["login:bot"])
            try $0.world.point("login:bot", to: "agent claude-code")
        },
        Refused(
            "an account taken from another agent",
            "authority.record identities/<file>: login:bot is of agent 'claude-code' and of agent 'cursor', and nothing is shared",
            after: { try $0.register("claude-code", identities: ["login:bot"]) }
        ) { try $0.world.register("cursor", identities: ["login:bot"]) },
        Refused(
            "the key of another agent",
            "authority.record keys/<file>: key:<key> is of agent 'claude-code' and of agent 'cursor', and nothing is shared",
            after: { try $0.register("claude-code", identities: ["key:\($0.cast.eve.print())"]) }
        ) { try $0.world.register("cursor", identities: ["key:\($0.world.cast.eve.print())"]) },
        Refused(
            "a person's key, login or address",
            "authority.record agents/cursor.toml: key:<key> is of sam@example.org and of agent 'cursor', and nothing is shared",
            "authority.record agents/cursor.toml: login:dana is of dana@example.org and of agent 'cursor', and nothing is shared",
            "authority.record agents/cursor.toml: email:Dana@example.org is of dana@example.org and of agent 'cursor', and nothing is shared",
            "authority.record identities/<file>: login:dana is of dana@example.org and of agent 'cursor', and nothing is shared",
            "authority.record identities/<file>: email:Dana@example.org is of dana@example.org and of agent 'cursor', and nothing is shared",
            "authority.record keys/<file>: key:<key> is of sam@example.org and of agent 'cursor', and nothing is shared"
        ) {
            var agent = PointerTests.agent { $0.id = "cursor" }
            agent.identities = ["key:\(try $0.world.cast.sam.print())", "login:dana", "email:Dana@example.org"]
            try $0.world.register(agent)
            for identity in agent.identities { try $0.world.point(identity, to: "agent cursor") }
        },
        Refused(
            "a pointer that its record does not bear out",
            "authority.record identities/<file>: agent 'claude-code' does not list it"
        ) { try $0.world.point("login:bot", to: "agent claude-code") },
        Refused("a pointer to nothing", "authority.record keys/<file>: delegation <id> does not list it") {
            try $0.world.point("key:\(try $0.world.cast.eve.print())", to: "delegation \(RecordID(of: []))")
        },
        Refused(
            "a pointer that cannot be read",
            "authority.record keys/<file>: 'keys/<file>' must be one line, 'delegation sha256:...' or 'agent ID'"
        ) { try $0.world.point("key:\(try $0.world.cast.eve.print())", to: "person dana") },
        Refused(
            "a pointer removed while it is needed", "authority.immutable keys/<file>: delegation <id> still lists it",
            after: { try $0.delegate() }
        ) { try $0.world.point("key:\(try $0.world.cast.task.print())", to: nil) },
    ]

    private static let delegations: [Refused] = [
        Refused(
            "a delegation changed", "authority.immutable delegations/<file>.toml: a record is never changed",
            after: { try $0.delegate() }
        ) {
            let path = MemoryAuthority.path(try $0.world.delegate())
            $0.world.write($0.world.text(path) + "# x\n", at: path)
        },
        Refused(
            "a delegation removed", "authority.immutable delegations/<file>.toml: a record is never removed",
            after: { try $0.delegate() }
        ) { $0.world.remove(MemoryAuthority.path(try $0.world.delegate())) },
        Refused(
            "a delegation signed anew",
            "authority.immutable delegations/<file>.toml.sig.2: the signatures of a record come with it, and stay",
            after: { try $0.delegate() }
        ) { try $0.world.delegate(signedBy: [$0.world.cast.dana, $0.world.cast.ada]) },
        Refused("a delegation without a signature", "delegation.signature delegations/<file>.toml: it has no signature")
        {
            try $0.world.delegate(signedBy: [])
        },
        Refused(
            "a delegation outside the role",
            "delegation.delegator delegations/<file>.toml: the grant for 'payments' exceeds the role of dana@example.org: the path **"
        ) { try $0.world.delegate { $0.grants[0].paths = ["**"] } },
        Refused(
            "a delegation below nothing",
            "delegation.chain delegations/<file>.toml: its parent e3b0c44298fc is not in the authority"
        ) {
            try $0.world.delegate { $0.parent = RecordID(of: []) }
        },
        Refused(
            "a delegation under another's name",
            "delegation.signature delegations/<file>.toml: its bytes are not those of its name"
        ) {
            let path = MemoryAuthority.path(try $0.world.delegate())
            let text = $0.world.text(path)
            for path in $0.world.source.files.keys where path.hasPrefix("delegations/") || path.hasPrefix("keys/") {
                $0.world.source.files[path] = nil
            }
            try $0.world.put(
                text, at: MemoryAuthority.path(RecordID(of: [])), signedBy: [$0.world.cast.dana], "remit-delegation")
        },
        Refused(
            "a delegation to a stranger",
            "authority.record delegations/<file>.toml: agent 'ghost' is not in the inventory"
        ) {
            try $0.world.delegate { $0.agent = "ghost" }
        },
        Refused(
            "a delegation with a second signature that is bad",
            "authority.signature delegations/<file>.toml: its signature is bad: not exactly one armoured ssh signature"
        ) {
            let path = MemoryAuthority.path(try $0.world.delegate())
            $0.world.write("hidden\n", at: "\(path).sig.2")
        },
        Refused(
            "a task key without its file",
            "authority.record delegations/<file>.toml: there is no 'keys/<file>', which says whose key:<key> is"
        ) {
            try $0.world.delegate()
            try $0.world.point("key:\(try $0.world.cast.task.print())", to: nil)
        },
        Refused(
            "a task key of two delegations",
            "authority.record delegations/<file>.toml: key:<key> is of delegation <id> and of delegation <id>, and nothing is shared",
            after: { try $0.delegate() }
        ) {
            let pointer = $0.world.source.files
            try $0.world.delegate { $0.task = "PAY-43" }
            for (path, bytes) in pointer where path.hasPrefix("keys/") { $0.world.source.files[path] = bytes }
        },
        Refused(
            "a task key taken from another delegation",
            "authority.record keys/<file>: key:<key> is of delegation <id> and of delegation <id>, and nothing is shared",
            after: { try $0.delegate() }
        ) { try $0.world.delegate { $0.task = "PAY-43" } },
        Refused(
            "a person's key as a task key",
            "authority.record delegations/<file>.toml: key:<key> is of sam@example.org and of delegation <id>, and nothing is shared",
            "authority.record keys/<file>: key:<key> is of sam@example.org and of delegation <id>, and nothing is shared"
        ) {
            let sam = try $0.world.cast.sam.print()
            let id = try $0.world.delegate { $0.keys = [sam.description] }
            try $0.world.point("key:\(sam)", to: "delegation \(id)")
            try $0.world.point("key:\(try $0.world.cast.task.print())", to: nil)
        },
        Refused(
            "a delegation handed on with a task key that was ended, dated back",
            "authority.signature delegations/<file>.toml: <key> was revoked: ended: a test",
            after: {
                try $0.delegate { $0.hops = 1 }
                let key = try $0.cast.task.print()
                try $0.revoke("key = \"\(key)\"", at: "revocations/key-\(key.hex).toml")
            }
        ) {
            let parent = try $0.world.delegate { $0.hops = 1 }
            let id = try $0.world.subdelegate(under: parent) {
                $0.issuedAt = MemoryAuthority.now.adding(seconds: -600)
            }
            try $0.world.point("key:\(try $0.world.cast.subtask.print())", to: "delegation \(id)")
        },
        Refused(
            "a delegation dated back to before its key was ended",
            "authority.signature delegations/<file>.toml: <key> was revoked: ended: a test",
            after: {
                let key = try $0.cast.dana.print()
                try $0.revoke("key = \"\(key)\"", at: "revocations/key-\(key.hex).toml")
            }
        ) { try $0.world.delegate { $0.issuedAt = MemoryAuthority.now.adding(seconds: -86_400) } },
    ]

    private static let statements: [Refused] = [
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

    private static let revocations: [Refused] = [
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

    private static let requests: [Refused] = [
        Refused(
            "a request of another organisation",
            "authority.record requests/<file>.toml: it is of organisation 'other.org'"
        ) {
            $0.world.request(organisation: "other.org")
        },
        Refused("a request that cannot be read", "authority.record requests/<file>.toml: is empty") {
            $0.world.write("", at: "requests/\(RecordID(of: []).hex).toml")
        },
        Refused(
            "a request under another's name", "authority.record requests/<file>.toml: its bytes have the digest <id>"
        ) {
            $0.world.write("x\n", at: "requests/\(RecordID(of: []).hex).toml")
        },
        Refused("a request without end", "authority.record requests/<file>.toml: 'requests/<file>.toml' is too long") {
            $0.world.write(String(repeating: "x", count: 65_537), at: "requests/\(RecordID(of: []).hex).toml")
        },
        Refused(
            "more requests than people read through",
            "authority.record requests/<file>.toml: there are 10000 requests, and no room for more",
            after: { world in for number in 0..<10_000 { world.write("x\n", at: "requests/\(number).toml") } }
        ) { $0.world.request() },
        Refused("a request with a signature", "authority.layout requests/<file>.toml.sig: no record lies there") {
            $0.world.write("x\n", at: "requests/\($0.world.request().hex).toml.sig")
        },
        Refused(
            "a request changed", "authority.immutable requests/<file>.toml: a record is never changed",
            after: { $0.request() }
        ) {
            let path = "requests/\($0.world.request().hex).toml"
            $0.world.write($0.world.text(path) + "# x\n", at: path)
        },
        Refused(
            "a request declined by nobody much",
            "authority.role requests/<file>.declined.toml: sam@example.org has no role as a delegator"
        ) {
            try $0.world.decline($0.world.request(), by: "sam@example.org", signedBy: [$0.world.cast.sam])
        },
        Refused(
            "a request declined in another's name",
            "authority.signature requests/<file>.declined.toml: <key> may not sign delegations as dana@example.org"
        ) {
            try $0.world.decline($0.world.request(), signedBy: [$0.world.cast.ada])
        },
        Refused("another request declined", "authority.record requests/<file>.declined.toml: it declines request <id>")
        {
            try $0.world.decline($0.world.request(), at: RecordID(of: []))
        },
    ]

    private static let proposals: [Refused] = [
        Refused(
            "a proposed root by a stranger",
            "authority.signature proposals/roots/2.toml: <key> is no administrator's key"
        ) {
            try $0.world.propose(root: [$0.world.cast.dana])
        },
        Refused(
            "a proposed root by those whom it names alone",
            "authority.signature proposals/roots/2.toml: no administrator of now signed it"
        ) {
            try $0.world.propose(root: [$0.world.cast.eve])
        },
        Refused(
            "a proposed root without a signature", "authority.signature proposals/roots/2.toml: it has no signature"
        ) {
            try $0.world.propose(root: [])
        },
        Refused("a proposed root in another's place", "authority.version proposals/roots/3.toml: it says version 2") {
            try $0.world.propose(root: [$0.world.cast.ada], at: 3)
        },
        Refused(
            "a bad signature beside a proposal",
            "authority.signature proposals/roots/2.toml: its signature is bad: not exactly one armoured ssh signature",
            after: { try $0.propose(root: [$0.cast.ada]) }
        ) { $0.world.write("x\n", at: "proposals/roots/2.toml.sig.2") },
        Refused(
            "a proposed policy by a delegator",
            "authority.signature proposals/authority.toml: <key> is no administrator's key"
        ) { try $0.world.proposePolicy(signedBy: [$0.world.cast.dana]) },
        Refused(
            "proposed people whom no policy names",
            "authority.record proposals/people.allowed_signers: 'proposals/authority.toml' names other people, <id>"
        ) { try $0.world.proposePolicy(signedBy: [$0.world.cast.ada], people: "# none\n") },
        Refused(
            "proposed people alone", "authority.record proposals/people.allowed_signers: no proposed policy names it"
        ) {
            $0.world.write("# none\n", at: "proposals/people.allowed_signers")
        },
    ]
}
