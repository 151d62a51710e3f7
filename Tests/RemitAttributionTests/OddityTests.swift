import RemitAttribution
import RemitFormats
import RemitModel
import Testing

/// What in a commit's own bytes does not fit together, each beside what only looks so.
@Suite struct OddityTests {
    private static let dana = "Dana Example <dana@example.org>"
    private static let gitHub = "GitHub <noreply@github.com>"
    private static let copilot = "copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>"
    private static let april: Int64 = 1_775_001_600

    private static func oddities(
        author: String = dana, committer: String? = nil, at seconds: Int64 = april, lines: [String] = [],
        signature: SignatureStatus = .unsigned, armour: [String] = [], isActing: Bool = false
    ) throws -> [Oddity] {
        let header = armour.isEmpty ? "" : "gpgsig " + armour.joined(separator: "\n ") + "\n"
        let text = """
            tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            author \(author) \(seconds - 60) +0000
            committer \(committer ?? author) \(seconds) +0000
            \(header)
            subject

            \(lines.joined(separator: "\n"))

            """
        let commit = try CommitParser.parse(Array(text.utf8))
        return Attributor().oddities(
            in: commit, people: PersonLine.all(in: commit.message), signature: signature, isActing: isActing
        ) { $0.elementsEqual("dana@example.org".utf8) }
    }

    // MARK: Accounts

    private static func account(_ kind: Inconsistency, _ agent: String, _ who: String, _ reason: String) -> Oddity {
        Oddity(kind, agent: agent, found: ByteString(who), reason: reason)
    }

    @Test(arguments: [
        account(
            .accountNumber, "dependabot", "dependabot[bot] <12345+dependabot[bot]@users.noreply.github.com>",
            "12345, and the account has 49699333"),
        account(
            .accountNumber, "sweep", "sweep-nightly[bot] <324098+sweep-nightly@users.noreply.github.com>",
            "324098, and the account has 131841235"),
        account(
            .accountNumber, "roo-code", "Roo <7+Roomote[bot]@users.noreply.github.com>",
            "7, and the account has 219738659 or 263205322"),
        account(
            .accountNumber, "github-actions", "CI <7+github-actions[bot]@users.noreply.github.com>",
            "7, and the account has 41898282"),
        account(
            .accountNumber, "renovate", "Renovate <49699333+renovate[bot]@users.noreply.github.com>",
            "49699333, and the account has 29139614"),
        account(
            .accountAddress, "github-actions", "github-actions[bot] <77+sam@users.noreply.github.com>",
            "the address is that of account 77, sam"),
        account(
            .accountAddress, "github-actions", "github-actions[bot] <dana@example.org>",
            "the address is that of a person, dana@example.org"),
    ])
    func `a bot's account has its own number, and no person's address`(oddity: Oddity) throws {
        let who = String(decoding: oddity.found.bytes, as: UTF8.self)
        #expect(try Self.oddities(author: who) == [oddity])
        #expect(try Self.oddities(committer: who) == [oddity])
        for key in ["Co-authored-by", "co-authored-by", "Signed-off-by"] {
            let line = Oddity(
                oddity.kind, agent: oddity.agent, found: ByteString("\(key): \(who)"), reason: oddity.reason)
            // A sign-off by an agent's own account would be a second thing; none of these addresses is one.
            #expect(try Self.oddities(lines: ["\(key): \(who)"]) == [line])
        }
    }

    @Test(arguments: [
        // Its own number, whatever stands before it, and numbers that one tool has had.
        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
        "Roo <263205322+roomote[bot]@users.noreply.github.com>",
        "roomote-v0[bot] <219738659+roomote-v0[bot]@users.noreply.github.com>",
        "gpt-engineer-app[bot] <159125892+gpt-engineer-app[bot]@users.noreply.github.com>",
        "lovable-dev[bot] <159125892+lovable-dev[bot]@users.noreply.github.com>",
        "copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>",
        "gemini-cli[bot] <218195315+gemini-cli@users.noreply.github.com>",
        // The number that actions of other tools share.
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>",
        "Claude <41898282+claude[bot]@users.noreply.github.com>",
        // An app that is not listed, an address without a number, and addresses that workflows choose.
        "acme[bot] <123+acme[bot]@users.noreply.github.com>",
        "acme[bot] <dana@example.org>",
        "github-actions[bot] <github-actions[bot]@users.noreply.github.com>",
        "github-actions[bot] <actions@github.com>", "dependabot[bot] <support@github.com>",
        "github-actions[bot] <ci@example.org>",
        // Names that people have, and a person's name before a bot's address.
        "codex <12345+codex@users.noreply.github.com>", "Copilot <12345+Copilot@users.noreply.github.com>",
        "goingforstudying-ctrl <github-actions[bot]@users.noreply.github.com>",
        "Dana Example <49699333+dependabot[bot]@users.noreply.github.com>",
        "] <1+]@users.noreply.github.com>", "[bot] <1+[bot]@users.noreply.github.com>",
    ])
    func `what only looks like another's account is not odd`(who: String) throws {
        #expect(try Self.oddities(author: who, at: Self.april - 1) == [])
        #expect(try Self.oddities(lines: ["Co-authored-by: \(who)"]) == [])
    }

    // MARK: Sign-offs

    @Test(arguments: [
        ("Signed-off-by: Claude <noreply@anthropic.com>", "claude-code"),
        ("    signed-off-by : Cursor Agent <cursoragent@cursor.com>", "cursor"),
        ("Signed-off-by: Copilot <198982749+Copilot@users.noreply.github.com>", "copilot-coding-agent"),
        ("Signed-off-by: Claude noreply@anthropic.com", "claude-code"),
        ("Signed-off-by: Antigravity <x@example.org>", "antigravity"),
    ])
    func `an agent signs nothing off`(line: String, agent: String) throws {
        let found = line.trimmingPrefix { $0 == " " }.replacing(" : ", with: ": ")
        #expect(
            try Self.oddities(lines: [line, "Signed-off-by: \(Self.dana)"])
                == [Oddity(.signOff, agent: agent, found: ByteString(found), reason: "")])
    }

    @Test(arguments: [
        "Signed-off-by: Claude Dioudonnat <claude@example.org>", "Signed-off-by: Jules Maselbas <jules@example.org>",
        "Signed-off-by: Friel <friel@openai.com>", "Co-authored-by: Claude <noreply@anthropic.com>",
        "Acked-by: Claude <noreply@anthropic.com>", "> Signed-off-by: Claude <noreply@anthropic.com>",
        "see Signed-off-by: Claude <noreply@anthropic.com>",
        // A bot is not an agent: what it certifies is its own.
        "Signed-off-by: dependabot[bot] <support@github.com>",
        "Signed-off-by: renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>",
        "Signed-off-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
        "Signed-off-by:", "Signed-off-by: <>",
    ])
    func `people and bots may sign off, and quoted lines are nobody's`(line: String) throws {
        #expect(try Self.oddities(lines: [line]) == [])
    }

    @Test func `so many lines that name people are looked at, and no more`() throws {
        let line = "Signed-off-by: Claude <noreply@anthropic.com>"
        let many = (0..<200).map { "\(line) \($0)" }
        #expect(try Self.oddities(lines: many).count == PersonLine.maximumCount)
    }

    // MARK: The host's signature

    private static func pgp(_ key: [UInt8]) -> [String] {
        let packet: [UInt8] = [0xC2, 19, 4, 0, 1, 8, 0, 0, 0, 10, 9, 16] + key + [0xAB]
        return [
            "-----BEGIN PGP SIGNATURE-----", "", Base64.text(packet, padding: .required),
            "-----END PGP SIGNATURE-----",
        ]
    }

    private static let hostKey: [UInt8] = [0xB5, 0x69, 0x0E, 0xEE, 0xBB, 0x95, 0x21, 0x94]
    private static let oldKey: [UInt8] = [0x4A, 0xEE, 0x18, 0xF8, 0x3A, 0xFD, 0xEB, 0x23]
    private static let unsupported = SignatureStatus.unsupported("openpgp signatures are not supported")

    private static func missing(_ reason: String) -> [Oddity] {
        [Oddity(.hostSignature, agent: "copilot-coding-agent", found: ByteString(copilot), reason: reason)]
    }

    @Test(arguments: [copilot, gitHub])
    func `what the host's agent commits on its host is signed by the host since April 2026`(committer: String) throws {
        func oddities(
            _ status: SignatureStatus, _ armour: [String] = [], at seconds: Int64 = Self.april, isActing: Bool = false
        ) throws -> [Oddity] {
            try Self.oddities(
                author: Self.copilot, committer: committer, at: seconds, signature: status, armour: armour,
                isActing: isActing)
        }
        #expect(try oddities(.unsigned) == Self.missing("it is not signed"))
        #expect(try oddities(.bad("no")) == Self.missing("its signature is bad: no"))
        let key = try #require(KeyFingerprint("SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc"))
        #expect(try oddities(.good(key)) == Self.missing("it is signed with the ssh key \(key)"))
        #expect(
            try oddities(Self.unsupported, Self.pgp(Self.oldKey))
                == Self.missing(
                    "it claims the openpgp key 4AEE18F83AFDEB23, not verified, and the host's is B5690EEEBB952194"))
        let broken = ["-----BEGIN PGP SIGNATURE-----", "", "AAAA", "-----END PGP SIGNATURE-----"]
        #expect(
            try oddities(Self.unsupported, broken)
                == Self.missing("its openpgp signature is not made of openpgp packets"))
        let other = ["-----BEGIN SIGNED MESSAGE-----", "AAAA", "-----END SIGNED MESSAGE-----"]
        #expect(
            try oddities(.unsupported("x.509"), other) == Self.missing("its signature is not an openpgp one"))

        #expect(try oddities(Self.unsupported, Self.pgp(Self.hostKey)) == [])
        // The day before, and with a key that the authority knows as an agent's.
        #expect(try oddities(.unsigned, at: Self.april - 1) == [])
        #expect(try oddities(.good(key), isActing: true) == [])
    }

    @Test func `a person who rebases the agent's commits is their committer, and owes no signature of the host`() throws
    {
        #expect(try Self.oddities(author: Self.copilot, committer: Self.dana) == [])
        // Other accounts of the same login are other tools, which commit as the person.
        let command = "Copilot <223556219+Copilot@users.noreply.github.com>"
        #expect(try Self.oddities(author: command, committer: command) == [])
        #expect(try Self.oddities(author: Self.dana, committer: Self.gitHub) == [])
    }
}
