import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `remit authority` and `remit root` where one administrator's signature is enough.
@Suite struct ProposalCommandTests {
    private static let key = ["--key", "id"]

    private static func policy(_ place: Workplace) throws -> String {
        String(decoding: try readFile("\(place.authority)/authority.toml"), as: UTF8.self)
    }

    @Test func `an edited policy is in force at once, and its version and people are set`() throws {
        let place = try Workplace()
        let edited =
            try Self.policy(place)
            .replacingOccurrences(of: "version = 1\n", with: "version = 1\nprotected_paths = [\"Deploy/**\"]\n")
                + """

                [[approval]]
                repositories = ["payments"]
                refs = ["refs/heads/main"]
                count = 2
                independent = true

                """
        try place.directory.write(edited, to: "edited.toml")
        let output = try place.remit(["authority", "propose", "--policy", "edited.toml"] + Self.key)
        #expect(output.status == 0, "\(output.errorText)")
        let id = try #require(RecordID(output.text))
        #expect(
            output.errorText == """
                remit: proposed: policy version 2, \(id.abbreviated)
                remit:   + 2 independent approvals needed in repositories payments: refs refs/heads/main; paths any; \
                environments none
                remit:   + protected path: Deploy/**
                remit:   root 1: signed by dana@example.org, which is enough
                remit: policy version 2 is in force
                remit: servers know it after 'git -C \(place.authority) push'

                """)
        #expect(try place.state().first == "Put policy version 2 in force")
        #expect(try Self.policy(place).contains("\nversion = 2\n"))
        try place.verify("authority.toml", namespace: "remit-authority")
        #expect(try place.remit(["authority", "show"]).lines.contains("  protected path: Deploy/**"))
    }

    @Test func `what the policy says of environments and jobs comes into force, and outlives another change`() throws {
        let place = try Workplace()
        let said = """
            [[environment]]
            name = "production"
            repositories = ["payments"]
            deploy_from = ["refs/heads/main"]
            """
        let job = """
            [[job]]
            repositories = ["payments"]
            """
        let edited =
            try Self.policy(place).replacingOccurrences(
                of: "version = 1\n",
                with:
                    "version = 1\ntimestamp_keys = [\"\(try SSHKey(named: "clock", in: place.directory).fingerprint())\"]\n"
            )
            + "\n\(said)\n\n\(job)\n" + """
                profile = "gitlab"
                issuer = "https://gitlab.example.org"
                audience = "remit"
                claims = ["project_id=1"]

                """
        try place.directory.write(edited, to: "edited.toml")
        let output = try place.remit(["authority", "propose", "--policy", "edited.toml"] + Self.key)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(try Self.policy(place).contains(said))
        let later = try place.remit(
            ["authority", "add-person", Workplace.person, "--login", "dana-laptop"] + Self.key)
        #expect(later.status == 0, "\(later.errorText)")
        let policy = try Self.policy(place)
        #expect(policy.contains("dana-laptop"))
        for words in [said, job, "timestamp_keys = [", "issuer = \"https://gitlab.example.org\""] {
            #expect(policy.contains(words), "\(policy)")
        }
    }

    @Test func `what is demanded on some refs comes into force in words, and outlives another change`() throws {
        let place = try Workplace()
        let said = """
            [[repository]]
            name = "payments"
            protected_refs = ["refs/heads/main"]
            unregistered = "refuse"

            [[repository.ref]]
            refs = ["refs/heads/main", "refs/tags/**"]
            attribution = "signed"
            inconsistent = "refuse"

            [[repository.ref]]
            refs = ["refs/heads/try/**"]
            unregistered = "monitor"
            """
        let edited =
            try Self.policy(place).replacingOccurrences(
                of: "attribution = \"declared\"\n",
                with: "attribution = \"authenticated\"\nunregistered = \"monitor\"\n")
            + "\n\(said)\n"
        try place.directory.write(edited, to: "edited.toml")
        let output = try place.remit(["authority", "propose", "--policy", "edited.toml"] + Self.key)
        #expect(output.status == 0, "\(output.errorText)")
        let id = try #require(RecordID(output.text))
        #expect(
            output.errorText == """
                remit: proposed: policy version 2, \(id.abbreviated)
                remit:   - attribution declared, unregistered agents refuse, inconsistent marks monitor where a \
                repository does not say more
                remit:   + attribution authenticated, unregistered agents monitor, inconsistent marks monitor where a \
                repository does not say more
                remit:   + repository payments: attribution authenticated, unregistered agents refuse, inconsistent \
                marks monitor, protected refs/heads/main
                remit:   + repository payments, refs refs/heads/main, refs/tags/**: attribution signed, inconsistent \
                marks refuse
                remit:   + repository payments, refs refs/heads/try/**: unregistered agents monitor
                remit:   root 1: signed by dana@example.org, which is enough
                remit: policy version 2 is in force
                remit: servers know it after 'git -C \(place.authority) push'

                """)
        let later = try place.remit(
            ["authority", "add-person", Workplace.person, "--login", "dana-laptop"] + Self.key)
        #expect(later.status == 0, "\(later.errorText)")
        let policy = try Self.policy(place)
        #expect(policy.contains(said), "\(policy)")
        #expect(policy.contains("attribution = \"authenticated\"\nunregistered = \"monitor\"\n"))
        #expect(!policy.contains("inconsistent = \"monitor\""))
        #expect(
            try place.remit(["authority", "show"]).lines.contains(
                "  repository payments, refs refs/heads/try/**: unregistered agents monitor"))
    }

    @Test func `a person comes with a key, an account and somebody's roles, and leaves with them`() throws {
        let place = try Workplace()
        let sam = try SSHKey(named: "sam", in: place.directory)
        let came = try place.remit(
            [
                "authority", "add-person", "sam@example.org", "--public-key", "sam.pub", "--login", "sam", "--role-of",
                Workplace.person,
            ] + Self.key)
        #expect(came.status == 0, "\(came.errorText)")
        #expect(try place.grant(key: sam.privatePath).status == 0)
        let keys = String(decoding: try readFile("\(place.authority)/people.allowed_signers"), as: UTF8.self)
        #expect(keys.split(separator: "\n").count == 2)

        let left = try place.remit(["authority", "remove-person", "sam@example.org"] + Self.key)
        #expect(left.status == 0, "\(left.errorText)")
        #expect(left.errorText.contains("remit:   - person sam@example.org, with accounts sam\n"))
        #expect(left.errorText.contains("remit:   - key \(try sam.fingerprint()) of sam@example.org "))
        #expect(try !Self.policy(place).contains("sam@example.org"))
        let refused = try place.grant(key: sam.privatePath, taskKey: "other")
        #expect(refused.errorText.contains("is not the key of a person whom the authority knows"))
    }

    @Test func `a second key and an account are added to a person who is there`() throws {
        let place = try Workplace()
        let second = try SSHKey(named: "second", in: place.directory)
        let output = try place.remit(
            ["authority", "add-person", Workplace.person, "--public-key", "second.pub", "--login", "dana-laptop"]
                + Self.key)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.contains("remit:   + person dana@example.org, with accounts dana, dana-laptop\n"))
        #expect(try place.grant(key: second.privatePath).status == 0)
    }

    @Test func `all agents are resumed through the policy`() throws {
        let place = try Workplace()
        let early = try place.remit(["authority", "propose", "--resume"] + Self.key)
        #expect(
            early.errorText == """
                remit: error: not every agent was suspended, so there is nothing to resume
                remit: hint: nothing was written

                """)
        #expect(try place.remit(["suspend", "--all", "--reason", "recall"] + Self.key).status == 0)
        let output = try place.remit(["authority", "propose", "--resume"] + Self.key)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.contains("remit:   + suspensions of every agent from before "))
        #expect(try Self.policy(place).contains("\nresumed_at = "))
    }

    static let refusals: [(arguments: [String], message: String, status: Int32)] = [
        (["authority", "propose"], "give --policy FILE, --people FILE or --resume", 64),
        (["authority", "propose", "--policy", "nowhere"], "cannot read 'nowhere': No such file or directory", 2),
        (["authority", "propose", "--policy", "same.toml"], "the policy in force says so already", 1),
        (["authority", "propose", "--policy", "bad.toml"], "'bad.toml': key 'people': is missing", 1),
        (["authority", "propose", "--people", "bad.toml"], "the people line 1: ", 1),
        (["authority", "sign"], "nothing is proposed", 1),
        (["authority", "add-person", "sam@example.org"], "nothing says how 'sam@example.org' is known", 64),
        (
            ["authority", "add-person", "sam@example.org", "--login", "sam", "--role-of", "kim@example.org"],
            "'kim@example.org' has no role as a delegator or an approver", 1
        ),
        (
            ["authority", "add-person", "sam@example.org", "--login", "dana"],
            "the record cannot be written: 'person' gives a login to two persons", 64
        ),
        (
            ["authority", "add-person", Workplace.person, "--auditor"],
            "the record cannot be written: 'auditors' 'dana@example.org' has another role; an auditor has none", 64
        ),
        (["authority", "remove-person", "kim@example.org"], "'kim@example.org' is not a person of the authority", 1),
        (["root", "rotate"], "nothing is to be changed", 64),
        (["root", "sign"], "nothing is proposed", 1),
        (["root", "rotate", "--threshold", "2"], "a threshold of 2 cannot be met by 1 administrators", 64),
        (["root", "rotate", "--threshold", "0"], "a threshold of 0 cannot be met by 1 administrators", 64),
        (["root", "rotate", "--threshold", "1"], "the present root says so already", 1),
        (["root", "rotate", "--remove-administrator", "kim"], "'kim' is not an administrator", 1),
        (
            ["root", "rotate", "--remove-administrator", Workplace.person],
            "no administrator would be left", 1
        ),
        (
            ["root", "rotate", "--add-administrator", "\(Workplace.person)=id.pub"],
            "'dana@example.org' has that key already", 1
        ),
        (
            ["root", "rotate", "--add-administrator", "sam@example.org"],
            "The value 'sam@example.org' is invalid for '--add-administrator <person=file>': "
                + "a person and a file are needed, such as dana@example.org=dana.pub", 64
        ),
        (
            ["root", "rotate", "--remove-key", "SHA256:x"],
            "The value 'SHA256:x' is invalid for '--remove-key <fingerprint>': "
                + "not a fingerprint as 'ssh-keygen -l' prints it, SHA256: and 43 characters", 64
        ),
    ]

    @Test(arguments: refusals.indices)
    func `what cannot be proposed is refused, and nothing is written`(row: Int) throws {
        let (arguments, message, status) = Self.refusals[row]
        let place = try Workplace(agents: false)
        try place.directory.write(try Self.policy(place), to: "same.toml")
        try place.directory.write("type = \"authority/v1\"\ncolour = \"red\"\n", to: "bad.toml")
        let before = try place.state()
        let output = try place.remit(arguments + Self.key)
        #expect(output.status == status)
        #expect(output.errorText.hasPrefix("remit: error: \(message)"), "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        #expect(try place.state() == before)
    }

    @Test func `an agent's key is no administrator's, and no person's`() throws {
        let place = try Workplace(agents: false)
        let other = try place.otherKey()
        #expect(try place.add("claude-code", ["--identity", "key:\(other.fingerprint())"]).status == 0)
        let message = "remit: error: \(try other.fingerprint()) belongs to agent 'claude-code' already\n"
        for arguments in [
            ["root", "rotate", "--add-administrator", "sam@example.org=other.pub"],
            ["authority", "add-person", "sam@example.org", "--public-key", "other.pub"],
        ] {
            let output = try place.remit(arguments + Self.key)
            #expect(output.errorText.hasPrefix(message), "\(output.errorText)")
        }
    }
}
