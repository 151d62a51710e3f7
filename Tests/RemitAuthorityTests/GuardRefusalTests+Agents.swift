import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Agents, delegations, and the pointers that lead to them.
extension GuardRefusalTests {
    static let agents: [Refused] = [
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
            "a key on its shelf and off it",
            "authority.record keys/<file>: 'keys/<file>' lies at 'keys/<file>' too, and one of them is too many",
            after: { try $0.delegate() }
        ) {
            let path = "keys/\(try $0.world.cast.task.print().hex)"
            $0.world.source.files[try #require(AuthorityLayout.shelf(of: path))] = $0.world.source.files[path]
        },
        Refused(
            "a key taken off its shelf while it is needed",
            "authority.immutable keys/<file>: delegation <id> still lists it",
            after: {
                try $0.delegate()
                try $0.shelve("keys/\($0.cast.task.print().hex)")
            }
        ) {
            let path = "keys/\(try $0.world.cast.task.print().hex)"
            $0.world.source.files[try #require(AuthorityLayout.shelf(of: path))] = nil
        },
        Refused("a key on the shelf of another", "authority.layout keys/<file>: no record lies there") {
            $0.world.write("agent claude-code\n", at: "keys/00/\(String(repeating: "ab", count: 32))")
        },
        Refused(
            "a pointer removed while it is needed", "authority.immutable keys/<file>: delegation <id> still lists it",
            after: { try $0.delegate() }
        ) { try $0.world.point("key:\(try $0.world.cast.task.print())", to: nil) },
    ]

    static let shelves: [Refused] = [
        Refused(
            "an earlier record of an agent that comes back on its shelf",
            "authority.version agents/claude-code.toml: it is what an earlier record of it said, and that was replaced",
            after: { try $0.register("claude-code", identities: ["login:claude"]) }
        ) {
            let path = "agents/claude-code.toml"
            try $0.world.register(PointerTests.agent())
            $0.history[path] = [try #require($0.world.source.files[path])]
            try $0.world.point("login:claude", to: nil)
            try $0.world.shelve(path)
        },
        Refused(
            "an agent on its shelf and off it",
            "authority.record agents/claude-code.toml: 'agents/claude-code.toml' lies at 'agents/~28/claude-code.toml' too, and one of them is too many"
        ) {
            let path = "agents/claude-code.toml"
            $0.world.source.files[try #require(AuthorityLayout.shelf(of: path))] = $0.world.source.files[path]
        },
        Refused(
            "a revocation taken off its shelf",
            "authority.immutable revocations/<file>.toml: a record is never removed",
            after: {
                let path = "revocations/\(try $0.delegate().hex).toml"
                try $0.end($0.delegate())
                try $0.shelve(path)
            }
        ) { $0.world.source.files = $0.world.source.files.filter { !$0.key.hasPrefix("revocations/") } },
    ]

    static let delegations: [Refused] = [
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
}
