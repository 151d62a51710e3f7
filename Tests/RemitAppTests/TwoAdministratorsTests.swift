import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Two administrators, each with a clone of their own, change root and policy over a bare repository.
@Suite struct TwoAdministratorsTests {
    /// Dana, who made the authority, and Sam, who becomes the second administrator.
    struct Pair {
        let shared: SharedWorkplace
        let sam: SSHKey
        let samsClone: String

        static let samID = "sam@example.org"

        init() throws {
            shared = try SharedWorkplace()
            sam = try SSHKey(named: "sam", in: shared.place.directory)
            samsClone = try shared.clone("sams")
        }

        func dana(_ arguments: [String]) throws -> Output {
            try shared.remit(arguments + ["--key", shared.place.key.privatePath], in: shared.place.authority)
        }

        func sam(_ arguments: [String]) throws -> Output {
            try shared.remit(arguments + ["--key", sam.privatePath], in: samsClone)
        }

        /// Makes Sam an administrator; from then on two must sign.
        func rotate() throws {
            let proposed = try dana(
                ["root", "rotate", "--add-administrator", "\(Self.samID)=sam.pub", "--threshold", "2"])
            #expect(proposed.status == 0, "\(proposed.errorText)")
            let signed = try sam(["root", "sign"])
            #expect(signed.status == 0, "\(signed.errorText)")
        }

        func files() throws -> [String] {
            try HermeticGit.run(["ls-tree", "-r", "--name-only", "main"], in: shared.bare).lines
                .filter { !$0.hasPrefix("agents/") }
        }
    }

    private static let quiet = [
        ".gitattributes", "README.md", "authority.toml", "authority.toml.sig", "people.allowed_signers",
    ]

    @Test func `marks wait beside the proposed policy until both have signed, and come into force with it`() throws {
        let pair = try Pair()
        try pair.rotate()
        try pair.shared.place.directory.write(Self.marks, to: "own.toml")
        let proposed = try pair.dana(["agents", "marks", "--from", "\(pair.shared.place.directory.path)/own.toml"])
        #expect(proposed.status == 0, "\(proposed.errorText)")
        #expect(try pair.files().contains("proposals/marks.toml"))
        #expect(try !pair.files().contains("marks.toml"))
        let signed = try pair.sam(["authority", "sign"])
        #expect(signed.status == 0, "\(signed.errorText)")
        #expect(try pair.files().contains("marks.toml"))
        #expect(try !pair.files().contains { $0.hasPrefix("proposals/") })
        // Taking them away needs both as well, and a withdrawn proposal leaves nothing behind.
        let removed = try pair.dana(["agents", "marks", "--remove"])
        #expect(removed.status == 0, "\(removed.errorText)")
        #expect(try pair.files().contains("marks.toml"))
        let withdrawn = try pair.shared.remit(["authority", "withdraw"], in: pair.shared.place.authority)
        #expect(withdrawn.status == 0, "\(withdrawn.errorText)")
        #expect(try pair.files().contains("marks.toml"))
        #expect(try !pair.files().contains { $0.hasPrefix("proposals/") })
    }

    static let marks = """
        type = "marks/v1"
        organisation = "example.org"
        version = 1

        [[without]]
        tool = "jules"
        reason = "a colleague's name"

        """

    @Test func `a second administrator comes by a root that both sign, and the policy with it`() throws {
        let pair = try Pair()
        let place = pair.shared.place
        let proposed = try pair.dana(
            ["root", "rotate", "--add-administrator", "\(Pair.samID)=sam.pub", "--threshold", "2"])
        #expect(proposed.status == 0, "\(proposed.errorText)")
        let id = try #require(RecordID(proposed.text))
        #expect(
            proposed.errorText == """
                remit: proposed: root 2, \(id.abbreviated)
                remit:   - 1 of 1 administrators must sign
                remit:   + 2 of 2 administrators must sign
                remit:   + administrator sam@example.org with key \(try pair.sam.fingerprint())
                remit:   root 1: signed by dana@example.org, which is enough
                remit:   root 2: signed by dana@example.org; 1 more of sam@example.org must sign
                remit: root 2 is not in force yet: another administrator runs 'remit authority sign'
                remit: servers know it: pushed to 'origin'

                """)
        #expect(
            try pair.files() == Self.quiet + [
                "proposals/roots/2.toml", "proposals/roots/2.toml.sig", "roots/1.toml", "roots/1.toml.sig",
            ])
        #expect(try pair.shared.subjects().first == "Propose root 2")

        // What is proposed is not in force.
        let early = try pair.sam(["agent", "add", "codex", "--vendor", "v", "--owner", Workplace.person])
        #expect(early.errorText.contains("is not an administrator's key"))

        let signed = try pair.sam(["root", "sign", id.abbreviated])
        #expect(signed.status == 0, "\(signed.errorText)")
        #expect(signed.errorText.contains("remit: root 2 is in force\n"))
        #expect(
            try pair.files() == Array(Self.quiet.prefix(4)) + [
                "authority.toml.sig.2", "people.allowed_signers", "roots/1.toml", "roots/1.toml.sig", "roots/2.toml",
                "roots/2.toml.sig", "roots/2.toml.sig.2",
            ])
        #expect(try pair.shared.subjects().first == "Put root 2 in force")
        // Neither the pin nor anything else has changed for those who verify.
        #expect(try place.git("pull", "--quiet").status == 0)
        let shown = try place.remit(["authority", "show"])
        #expect(shown.status == 0, "\(shown.errorText)")
        #expect(shown.lines[1] == "in force: root 2, policy version 1")
        #expect(shown.lines.contains("  administrator sam@example.org with key \(try pair.sam.fingerprint())"))
        #expect(shown.lines.last == "proposed: nothing")
        try place.verify("authority.toml", namespace: "remit-authority")
    }

    @Test func `a policy needs both signatures, gathered from two clones`() throws {
        let pair = try Pair()
        try pair.rotate()
        let kim = try SSHKey(named: "kim", in: pair.shared.place.directory)
        let proposed = try pair.dana(
            [
                "authority", "add-person", "kim@example.org", "--public-key", "kim.pub", "--login", "kim", "--operator",
            ])
        #expect(proposed.status == 0, "\(proposed.errorText)")
        let id = try #require(RecordID(proposed.text))
        #expect(
            proposed.errorText.hasPrefix(
                """
                remit: proposed: policy version 2, \(id.abbreviated)
                remit:   + person kim@example.org, with accounts kim
                remit:   + kim@example.org may suspend and revoke, as an operator
                remit:   + key \(try kim.fingerprint()) of kim@example.org namespaces="remit-root,remit-authority,\
                remit-delegation,remit-approval,remit-revocation,remit-exception,remit-timestamp,git"

                """), "\(proposed.errorText)")
        #expect(
            proposed.errorText.contains(
                "remit:   root 2: signed by dana@example.org; 1 more of sam@example.org must sign\n"))

        // Nothing of it holds yet.
        let shown = try pair.shared.place.remit(["authority", "show"])
        #expect(shown.lines.contains("in force: root 2, policy version 1"))
        #expect(shown.lines.contains("proposed: policy version 2, \(id.abbreviated)"))
        let revoke = ["suspend", "claude-code", "--reason", "x", "--key", kim.privatePath]
        let early = try pair.shared.remit(revoke, in: pair.shared.place.authority)
        #expect(early.errorText.contains("is nobody's key whom the authority knows"))

        // A third party's signature is none, and one's own does not count twice.
        let stranger = try pair.shared.remit(
            ["authority", "sign", "--key", kim.privatePath], in: pair.shared.place.authority)
        #expect(stranger.status == 1)
        #expect(
            stranger.errorText == """
                remit: error: \(try kim.fingerprint()) is not an administrator's key
                remit: hint: administrators are: dana@example.org, sam@example.org

                """)
        let twice = try pair.dana(["authority", "sign"])
        #expect(twice.status == 1)
        #expect(twice.errorText.hasPrefix("remit: error: your signature is there already\n"))
        let other = try pair.sam(["authority", "sign", String(repeating: "0", count: 12)])
        #expect(
            other.errorText == """
                remit: error: what is proposed is not '000000000000' but \(id)
                remit: hint: 'remit authority show' tells what it changes; nothing was signed

                """)

        let before = try pair.shared.subjects().count
        let signed = try pair.sam(["authority", "sign", id.abbreviated])
        #expect(signed.status == 0, "\(signed.errorText)")
        #expect(signed.errorText.contains("remit: policy version 2 is in force\n"))
        #expect(try pair.shared.subjects().count == before + 1)
        #expect(try !pair.files().contains { $0.hasPrefix("proposals/") })
        let after = try pair.shared.remit(["authority", "show"], in: pair.samsClone)
        #expect(after.lines.contains("  kim@example.org may suspend and revoke, as an operator"))
    }

    @Test func `a policy that a single administrator signed by hand is not believed`() throws {
        let pair = try Pair()
        try pair.rotate()
        #expect(try pair.dana(["authority", "add-person", "kim@example.org", "--login", "kim"]).status == 0)
        let clone = pair.shared.place.authority
        for suffix in [".toml", ".toml.sig"] {
            #expect(
                try pair.shared.git("mv", "-f", "proposals/authority\(suffix)", "authority\(suffix)", in: clone).status
                    == 0)
        }
        #expect(try pair.shared.git("rm", "-q", "authority.toml.sig.2", in: clone).status == 0)
        #expect(try pair.shared.git("commit", "-q", "-m", "coup", in: clone).status == 0)
        let shown = try pair.shared.place.remit(["authority", "show"])
        #expect(shown.status == 2)
        #expect(
            shown.errorText
                == "remit: error: 'authority.toml' is signed by 1 of the 2 administrators needed\n")
    }

    @Test func `a proposal of one's own grows, and is not changed once another has signed`() throws {
        let pair = try Pair()
        try pair.rotate()
        #expect(
            try pair.dana(["root", "rotate", "--add-administrator", "kim@example.org=kim.pub", "--threshold", "3"])
                .errorText.contains("there is no key 'kim.pub'"))
        _ = try SSHKey(named: "kim", in: pair.shared.place.directory)
        #expect(try pair.dana(["authority", "add-person", "kim@example.org", "--login", "kim"]).status == 0)
        let more = try pair.dana(["authority", "add-person", "lee@example.org", "--login", "lee"])
        #expect(more.errorText.contains("remit:   + person kim@example.org, with accounts kim\n"), "\(more.errorText)")
        #expect(more.errorText.contains("remit:   + person lee@example.org, with accounts lee\n"))
        let others = try pair.sam(["authority", "add-person", "max@example.org", "--login", "max"])
        #expect(
            others.errorText == """
                remit: error: another policy is proposed already, signed by dana@example.org
                remit: hint: 'remit authority sign' or 'remit authority withdraw' comes first

                """)
        let rotation = try pair.sam(["root", "rotate", "--add-administrator", "kim@example.org=kim.pub"])
        #expect(rotation.errorText.hasPrefix("remit: error: a policy is proposed\n"))
        #expect(
            try pair.shared.remit(["authority", "withdraw"], in: pair.samsClone).errorText == """
                remit: what was proposed is withdrawn
                remit: servers know it: pushed to 'origin'

                """)
        #expect(try !pair.files().contains { $0.hasPrefix("proposals/") })
        #expect(try pair.sam(["authority", "sign"]).errorText.hasPrefix("remit: error: nothing is proposed\n"))
    }

    @Test func `an administrator's key is changed for another, with both signatures of one person`() throws {
        let pair = try Pair()
        let new = try SSHKey(named: "new", in: pair.shared.place.directory)
        let old = try pair.shared.place.key.fingerprint()
        let rotation = [
            "root", "rotate", "--add-administrator", "\(Workplace.person)=new.pub", "--remove-key", old,
        ]
        let first = try pair.dana(rotation)
        #expect(first.status == 0, "\(first.errorText)")
        #expect(first.errorText.contains("remit:   root 2: nobody has signed; 1 more of dana@example.org must sign\n"))
        let mine = pair.shared.place.authority
        let second = try pair.shared.remit(["root", "sign", "--key", new.privatePath], in: mine)
        #expect(second.errorText.contains("remit: root 2 is in force\n"), "\(second.errorText)")
        // The agent was signed with the old key, so that it must be reviewed; then all is well.
        let list = try pair.shared.remit(["agent", "list"], in: mine)
        #expect(list.text.contains("not-believed"))
        let review = ["agent", "review", "claude-code", "--key", new.privatePath]
        #expect(try pair.shared.remit(review, in: mine).status == 0)
        #expect(try pair.dana(["agent", "retire", "claude-code"]).errorText.contains("is not an administrator's key"))
    }

    @Test func `an administrator leaves, and is told what their signatures held`() throws {
        let pair = try Pair()
        try pair.rotate()
        let leaving = try pair.dana(
            ["root", "rotate", "--remove-administrator", Workplace.person, "--threshold", "1"])
        #expect(leaving.status == 0, "\(leaving.errorText)")
        #expect(
            leaving.errorText.contains(
                """
                remit: agents and baselines that only dana@example.org signed are not believed under root 3: sign them \
                anew with 'remit agent review' and 'remit baseline'

                """), "\(leaving.errorText)")
        let done = try pair.sam(["root", "sign"])
        #expect(done.errorText.contains("remit: root 3 is in force\n"), "\(done.errorText)")
        #expect(
            try pair.files().filter { $0.hasPrefix("authority.toml") } == [
                "authority.toml", "authority.toml.sig", "authority.toml.sig.2",
            ])
        let policy = try pair.sam(["authority", "add-person", "kim@example.org", "--login", "kim"])
        #expect(policy.errorText.contains("remit: policy version 2 is in force\n"), "\(policy.errorText)")
        #expect(try pair.files().filter { $0.hasPrefix("authority.toml") } == ["authority.toml", "authority.toml.sig"])
    }
}
