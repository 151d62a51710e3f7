import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Roots, policy, people, and whatever lies outside the layout.
extension GuardRefusalTests {
    static let layout: [Refused] = [
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

    static let foundation: [Refused] = [
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
            "marks that no policy names",
            "authority.record marks.toml: 'authority.toml' does not name it; it comes with one that does"
        ) { $0.world.write(MemoryAuthority.marks(1), at: "marks.toml") },
        Refused(
            "other marks than the policy names",
            "authority.signature marks.toml: 'marks.toml' is not the file that 'authority.toml' names (<id>)",
            after: { try $0.mark(1) }
        ) { $0.world.write(MemoryAuthority.marks(2), at: "marks.toml") },
        Refused(
            "marks that go while the policy names them",
            "authority.signature marks.toml: 'marks.toml' is missing from the authority, and 'authority.toml' names it (<id>)",
            after: { try $0.mark(1) }
        ) { $0.world.remove("marks.toml") },
        Refused(
            "marks of an earlier version",
            "authority.version marks.toml: it says version 1, and version 2 is in force", after: { try $0.mark(2) }
        ) {
            $0.world.policy.version += 1
            try $0.world.mark(1)
        },
        Refused(
            "marks that cannot be read",
            "authority.record authority.toml: 'marks.toml' line 3: key 'version': must be a whole number from 1 to 2147483647"
        ) {
            $0.world.policy.version += 1
            try $0.world.mark(0)
        },
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
}
