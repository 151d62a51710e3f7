import RemitFormats
import RemitModel
import Testing

/// Each kind of record, field by field.
@Suite struct RecordParsingTests {
    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func refs(_ texts: String...) throws -> [PathPattern] { try texts.map { try PathPattern(ref: $0) } }
    static func paths(_ texts: String...) throws -> [PathPattern] { try texts.map { try PathPattern(path: $0) } }
    static func moment(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test func `a delegation`() throws {
        let digest = try #require(RecordID(RecordSamples.digest))
        let expected = Delegation(
            organisation: "example.org", delegator: "dana@example.org", agent: "claude-code", task: "PAY-42",
            purpose: "Retry the settlement job with backoff", issuedAt: try Self.moment("2026-11-20T09:00:00Z"),
            expiresAt: try Self.moment("2026-11-20T17:00:00Z"), mergeBy: try Self.moment("2026-11-27T17:00:00Z"),
            keys: [
                try #require(KeyFingerprint(RecordSamples.fingerprint)),
                try #require(KeyFingerprint(RecordSamples.otherFingerprint)),
            ], hops: 2, parent: digest,
            context: .init(model: "claude-opus-4-6", tools: ["edit", "bash"], instructions: digest),
            grants: [
                Grant(
                    repository: "payments", refs: try Self.refs("refs/heads/agent/PAY-42/**"),
                    mergeInto: try Self.refs("refs/heads/main"),
                    paths: PathScope(
                        try Self.paths("Sources/**", "Tests/**/*.swift"), except: try Self.paths("Sources/Secrets/**")),
                    operations: [.refCreate, .fileModify], environments: ["staging"]),
                Grant(
                    repository: "team/web", refs: [], mergeInto: [], paths: PathScope([]), operations: [],
                    environments: []),
            ], limits: Limits(commits: 40, files: 60, lines: 2000, bytes: 1_000_000, pushes: 0))
        #expect(try Delegation(record: Self.bytes(RecordSamples.delegation), file: "d.toml") == expected)
    }

    @Test func `a delegation's defaults`() throws {
        let text = """
            type = "delegation/v1"
            organisation = "o"
            delegator = "d"
            agent = "a"
            task = "t"
            purpose = "p"
            issued_at=2026-11-20T09:00:00Z
            expires_at =   2026-11-20T17:00:00Z
            keys = ["\(RecordSamples.fingerprint)"]
            [[grant]]
            repository = "r"

            """
        let delegation = try Delegation(record: Self.bytes(text), file: "d.toml")
        #expect(delegation.mergeBy == delegation.expiresAt)
        #expect(delegation.hops == 0)
        #expect(delegation.parent == nil)
        #expect(delegation.context == nil)
        #expect(delegation.limits == .none)
    }

    @Test func `an agent`() throws {
        let expected = Agent(
            organisation: "example.org", id: "claude-code", vendor: "Anthropic", models: ["claude-opus-4-6"],
            tools: ["edit", "bash"], businessOwners: ["olga@example.org"],
            technicalOwners: ["tom@example.org"],
            identities: [
                .email("bot@example.org"), .login("bot"),
                .key(try #require(KeyFingerprint(RecordSamples.fingerprint))),
            ], marks: ["claude", "claude-code"], autonomy: .autonomous, status: .suspended,
            reviewBy: try Self.moment("2027-01-01T00:00:00Z"),
            review: Agent.Review(
                at: try Self.moment("2026-10-01T00:00:00Z"), by: "olga@example.org", models: ["claude-opus-4-6"],
                tools: ["edit"]),
            resumedAt: try Self.moment("2026-10-02T00:00:00Z"))
        #expect(try Agent(record: Self.bytes(RecordSamples.agent), file: "a.toml") == expected)
    }

    @Test func `an agent is active and known by its id where the record does not say`() throws {
        let lines = RecordSamples.agent.split(separator: "\n").filter {
            !$0.hasPrefix("status") && !$0.hasPrefix("marks") && !$0.hasPrefix("identities")
        }
        let agent = try Agent(record: Self.bytes(lines.joined(separator: "\n") + "\n"), file: "a.toml")
        #expect(agent.status == .active)
        #expect(agent.marks == ["claude-code"])
        #expect(agent.identities.isEmpty)
    }

    @Test func `the policy`() throws {
        let organisation = AttributionDemands(attribution: .authenticated, unregistered: .monitor)
        let expected = Policy(
            organisation: "example.org", version: 7, people: try #require(RecordID(RecordSamples.digest)),
            persons: [
                Person(id: "dana@example.org", logins: ["dana", "dana.example"]),
                Person(id: "sam@example.org", logins: []),
            ],
            roles: [
                DelegatorRole(
                    person: "dana@example.org", repositories: ["payments"], refs: try Self.refs("refs/heads/**"),
                    paths: PathScope(try Self.paths("**"), except: try Self.paths("Deploy/**")),
                    operations: [.refUpdate], environments: ["staging"], lifetime: 86_400)
            ],
            repositories: [
                RepositoryPolicy(
                    name: "payments", protectedRefs: try Self.refs("refs/heads/main"),
                    terms: AttributionTerms(attribution: .signed, inconsistent: .refuse),
                    refs: [
                        RefTerms(
                            refs: try Self.refs("refs/heads/agent/**", "refs/heads/main"),
                            terms: AttributionTerms(attribution: .declared)),
                        RefTerms(
                            refs: try Self.refs("refs/heads/main"), terms: AttributionTerms(unregistered: .refuse)),
                    ], within: organisation),
                RepositoryPolicy(
                    name: "web", protectedRefs: RepositoryPolicy.defaultProtectedRefs,
                    refs: [
                        RefTerms(
                            refs: try Self.refs("refs/tags/**"), terms: AttributionTerms(inconsistent: .monitor))
                    ], within: organisation),
            ], protectedPaths: try Self.paths("Deploy/**", "Makefile"), attribution: organisation)
        let policy = try Policy(record: Self.bytes(RecordSamples.policy), file: "authority.toml")
        #expect(policy == expected)
        #expect(policy.repository(named: "other").demands(on: "refs/heads/main") == organisation)
        #expect(policy.repository(named: "other").protectedRefs.count == 4)
    }

    @Test func `a root`() throws {
        let expected = Root(
            organisation: "example.org", version: 3, threshold: 2,
            administrators: [
                .init(id: "ada@example.org", keys: Array(RecordSamples.publicKeys[..<2])),
                .init(id: "ben@example.org", keys: [RecordSamples.publicKeys[2]]),
            ])
        #expect(try Root(record: Self.bytes(RecordSamples.root), file: "roots/3.toml") == expected)
    }

    @Test func `a revocation of a delegation and of an agent`() throws {
        let ended = try Revocation(record: Self.bytes(RecordSamples.revocation), file: "r.toml")
        #expect(
            ended
                == Revocation(
                    organisation: "example.org", target: .delegation(try #require(RecordID(RecordSamples.digest))),
                    cause: .superseded, reason: "the task is done", issuedAt: try Self.moment("2026-11-20T10:00:00Z"),
                    issuer: "dana@example.org"))
        let text = RecordSamples.revocation.replacing(
            "delegation = \"\(RecordSamples.digest)\"", with: "agent = \"claude-code\"")
        #expect(try Revocation(record: Self.bytes(text), file: "r.toml").target == .agent("claude-code"))
    }

    @Test func `a baseline`() throws {
        let expected = Baseline(
            organisation: "example.org", repository: "payments",
            commits: [try #require(ObjectID(hex: RecordSamples.commit))], reason: "history from before adoption",
            issuedAt: try Self.moment("2026-11-20T10:00:00Z"), issuer: "ada@example.org")
        #expect(try Baseline(record: Self.bytes(RecordSamples.baseline), file: "b.toml") == expected)
    }
}
