import RemitFormats
import RemitModel
import Testing

/// Refused records, each with the whole statement: the file, the line, the key, and what is wrong.
@Suite struct RecordRefusalTests {
    static let utc = "must be a moment in UTC such as 2026-11-20T09:00:00Z, on the key's own line"
    static let allOperations = Operation.allCases.map(\.rawValue).joined(separator: ", ")
    static let big = Int(Int32.max)

    @Test(arguments: [
        ("hops = 2", "hop = 2", "'x.toml' line 11: key 'hop': is not known"),
        ("tools = [\"edit\", \"bash\"]", "tool = []", "'x.toml' line 16: key 'context.tool': is not known"),
        ("commits = 40", "commit = 40", "'x.toml' line 32: key 'limits.commit': is not known"),
        (
            "repository = \"team/web\"", "repository = \"w\"\npath = []",
            "'x.toml' line 30: key 'grant.path': is not known"
        ),
        ("task = \"PAY-42\"\n", "", "'x.toml': key 'task': is missing"),
        ("repository = \"team/web\"", "", "'x.toml': key 'grant.repository': is missing"),
        ("agent = \"claude-code\"", "agent = 7", "'x.toml' line 4: key 'agent': must be a string"),
        ("agent = \"claude-code\"", "agent = \"\"", "'x.toml' line 4: key 'agent': is empty"),
        (
            "agent = \"claude-code\"", "agent = \"../x\"",
            "'x.toml' line 4: key 'agent': '../x' may hold only letters, digits and . _ - @ + (and / inside)"
        ),
        ("task = \"PAY-42\"", "task = \"a\\nb\"", "'x.toml' line 5: key 'task': holds a control character"),
        (
            "tools = [\"edit\", \"bash\"]", "tools = \"bash\"",
            "'x.toml' line 16: key 'context.tools': must be a list of strings"
        ),
        ("tools = [\"edit\", \"bash\"]", "tools = [1]", "'x.toml' line 16: key 'context.tools': must be a string"),
        (
            "tools = [\"edit\", \"bash\"]", "tools = [\"a\", \"b\", \"a\"]",
            "'x.toml' line 16: key 'context.tools': names an element twice"
        ),
        ("[context]", "[[context]]", "'x.toml': key 'context': must be a table"),
        ("hops = 2", "hops = 2.0", "'x.toml' line 11: key 'hops': must be a whole number from 0 to 16"),
        ("hops = 2", "hops = 17", "'x.toml' line 11: key 'hops': must be a whole number from 0 to 16"),
        ("hops = 2", "hops = -1", "'x.toml' line 11: key 'hops': must be a whole number from 0 to 16"),
        ("hops = 2", "hops = true", "'x.toml' line 11: key 'hops': must be a whole number from 0 to 16"),
        ("hops = 2", "hops = \"2\"", "'x.toml' line 11: key 'hops': must be a whole number from 0 to 16"),
        (
            "commits = 40", "commits = 2147483648",
            "'x.toml' line 32: key 'limits.commits': must be a whole number from 0 to \(big)"
        ),
        (
            "commits = 40", "commits = 9223372036854775807",
            "'x.toml' line 32: key 'limits.commits': must be a whole number from 0 to \(big)"
        ),
        (
            "commits = 40", "commits = inf",
            "'x.toml' line 32: has a value that is no string, number, date, list, true or false"
        ),
        ("2026-11-20T17:00:00Z", "2026-11-20T17:00:00", "'x.toml' line 8: key 'expires_at': \(utc)"),
        ("2026-11-20T17:00:00Z", "2026-11-20T17:00:00+00:00", "'x.toml' line 8: key 'expires_at': \(utc)"),
        ("2026-11-20T17:00:00Z", "2026-11-20T17:00:00.5Z", "'x.toml' line 8: key 'expires_at': \(utc)"),
        ("2026-11-20T17:00:00Z", "2026-11-20 17:00:00Z", "'x.toml' line 8: has something behind the end of a value"),
        ("2026-11-20T17:00:00Z", "2026-11-20t17:00:00z", "'x.toml' line 8: key 'expires_at': \(utc)"),
        ("2026-11-20T17:00:00Z", "2026-11-20", "'x.toml' line 8: key 'expires_at': \(utc)"),
        ("2026-11-20T17:00:00Z", "\"2026-11-20T17:00:00Z\"", "'x.toml' line 8: key 'expires_at': \(utc)"),
        ("expires_at =", "\"expires_at\" =", "'x.toml' line 8: has no plain key at the beginning of a line"),
        ("2026-11-20T17:00:00Z", "2026-11-20T09:00:00Z", "'x.toml' line 8: key 'expires_at': is not after issued_at"),
        ("2026-11-27T17:00:00Z", "2026-11-20T16:59:59Z", "'x.toml' line 9: key 'merge_by': is before expires_at"),
        (
            "parent = \"sha256:", "parent = \"sha1:",
            "'x.toml' line 12: key 'parent': must be 'sha256:' and 64 lower-case hexadecimal digits"
        ),
        (
            "keys = [\"SHA256:", "keys = [\"MD5:",
            "'x.toml' line 10: key 'keys': 'MD5:\(String(repeating: "A", count: 43))' is not a key's fingerprint such as "
                + "ssh-keygen -l prints (SHA256:...)"
        ),
        (
            "\"refs/heads/main\"", "\"main\"",
            "'x.toml' line 22: key 'grant.merge_into': 'main' does not begin with 'refs/'"
        ),
        (
            "\"Sources/**\"", "\"Sources/*\"",
            "'x.toml' line 23: key 'grant.paths': 'Sources/*' uses a wildcard that is neither '/**' at its end nor "
                + "'/**/*.ext'"
        ),
        (
            "\"file.modify\"", "\"file.write\"",
            "'x.toml' line 25: key 'grant.operations': 'file.write' is not one of: \(allOperations)"
        ),
        (
            "type = \"delegation/v1\"", "type = \"delegation/v2\"",
            "'x.toml' line 1: key 'type': is 'delegation/v2' where 'delegation/v1' is needed"
        ),
    ])
    func `a delegation`(old: String, new: String, statement: String) {
        #expect(RecordKind.delegation.refusal(replacing: old, with: new) == statement)
    }

    @Test(arguments: [
        (
            "\"login:bot\"", "\"name:bot\"",
            "'x.toml' line 9: key 'identities': 'name:bot' is none of email:ADDRESS, login:NAME, key:SHA256:..."
        ),
        (
            "business_owners = [\"olga@example.org\"]", "business_owners = []",
            "'x.toml' line 7: key 'business_owners': names no person"
        ),
        (
            "technical_owners = [\"tom@example.org\"]", "technical_owners = []",
            "'x.toml' line 8: key 'technical_owners': names no person"
        ),
        (
            "\"autonomous\"", "\"free\"",
            "'x.toml' line 11: key 'autonomy': 'free' is not one of: assistant, supervised, autonomous"
        ),
        (
            "\"suspended\"", "\"gone\"",
            "'x.toml' line 12: key 'status': 'gone' is not one of: active, suspended, retired"
        ),
    ])
    func `an agent`(old: String, new: String, statement: String) {
        #expect(RecordKind.agent.refusal(replacing: old, with: new) == statement)
    }

    @Test(arguments: [
        (
            "id = \"sam@example.org\"", "id = \"dana@example.org\"", "'x.toml': key 'person': names an id twice"
        ),
        (
            "id = \"sam@example.org\"", "id = \"sam\"\nlogins = [\"dana\"]",
            "'x.toml': key 'person': gives a login to two persons"
        ),
        (
            "person = \"dana@example.org\"", "person = \"eve@example.org\"",
            "'x.toml' line 17: key 'delegator.person': 'eve@example.org' is not among the [[person]] entries"
        ),
        (
            "repositories = [\"payments\"]", "repositories = []",
            "'x.toml' line 18: key 'delegator.repositories': names no repository; '*' means all"
        ),
        ("name = \"web\"", "name = \"payments\"", "'x.toml': key 'repository': names a repository twice"),
        (
            "\"Makefile\"", "\"**\"",
            "'x.toml' line 7: key 'protected_paths': '**' must be an exact path or a directory followed by /**"
        ),
        (
            "\"Makefile\"", "\"a/**/*.md\"",
            "'x.toml' line 7: key 'protected_paths': 'a/**/*.md' must be an exact path or a directory followed by /**"
        ),
        (
            "lifetime_hours = 24", "lifetime_hours = 0",
            "'x.toml' line 24: key 'delegator.lifetime_hours': must be a whole number from 1 to 8784"
        ),
        ("version = 7", "version = 0", "'x.toml' line 3: key 'version': must be a whole number from 1 to \(big)"),
        ("people = \"\(RecordSamples.digest)\"\n", "", "'x.toml': key 'people': is missing"),
        (
            "unregistered = \"monitor\"", "unregistered = \"allow\"",
            "'x.toml' line 6: key 'unregistered': 'allow' is not one of: refuse, monitor"
        ),
        (
            "inconsistent = \"refuse\"", "inconsistent = true",
            "'x.toml' line 30: key 'repository.inconsistent': must be a string"
        ),
        (
            "refs = [\"refs/heads/main\"]\nunregistered = \"refuse\"", "refs = []\nunregistered = \"refuse\"",
            "'x.toml' line 37: key 'repository.ref.refs': names no ref"
        ),
        (
            "refs = [\"refs/heads/main\"]\nunregistered = \"refuse\"", "unregistered = \"refuse\"",
            "'x.toml': key 'repository.ref.refs': names no ref"
        ),
        (
            "refs = [\"refs/heads/main\"]\nunregistered = \"refuse\"", "refs = [\"refs/heads/main\"]",
            "'x.toml': an entry of refs says none of: attribution, unregistered, inconsistent"
        ),
        (
            "inconsistent = \"monitor\"", "inconsistent = \"never\"",
            "'x.toml' line 45: key 'repository.ref.inconsistent': 'never' is not one of: refuse, monitor"
        ),
        (
            "inconsistent = \"monitor\"", "inconsistent = \"monitor\"\nprotected = true",
            "'x.toml' line 46: key 'repository.ref.protected': is not known"
        ),
        (
            "refs = [\"refs/tags/**\"]", "refs = [\"refs/*/x\"]",
            "'x.toml' line 44: key 'repository.ref.refs': 'refs/*/x' uses a wildcard that is neither '/**' at its end nor "
                + "'/**/*.ext'"
        ),
        (
            "[[repository]]\nname = \"payments\"", "[[repository.ref]]\n[[repository]]\nname = \"payments\"",
            "'x.toml' line 27: Error while parsing table header: cannot redefine existing table 'repository' as "
                + "array-of-tables"
        ),
        (
            "[[repository.ref]]\nrefs = [\"refs/tags", "[[repository.ref.x]]\nrefs = [\"refs/tags",
            "'x.toml' line 43: has a table header without its end"
        ),
        (
            "[[repository.ref]]\nrefs = [\"refs/tags", "[repository.ref]\nrefs = [\"refs/tags",
            "'x.toml' line 43: has a table header without its end"
        ),
        (
            "[[repository.ref]]\nrefs = [\"refs/tags", "[[repository.]]\nrefs = [\"refs/tags",
            "'x.toml' line 43: has a table header without a plain name"
        ),
        (
            "[[repository.ref]]\nrefs = [\"refs/tags", "[[repository.name]]\nrefs = [\"refs/tags",
            "'x.toml' line 43: Error while parsing table header: cannot redefine existing string 'repository.name' as "
                + "array-of-tables"
        ),
        (
            "[[repository.ref]]\nrefs = [\"refs/tags", "[[repository.zebra]]\nrefs = [\"refs/tags",
            "'x.toml': key 'repository.zebra': is not known"
        ),
    ])
    func `the policy`(old: String, new: String, statement: String) {
        #expect(RecordKind.policy.refusal(replacing: old, with: new) == statement)
    }

    @Test(arguments: [
        ("threshold = 2", "threshold = 0", "'x.toml' line 4: key 'threshold': must be a whole number from 1 to 2"),
        ("threshold = 2", "threshold = 3", "'x.toml' line 4: key 'threshold': must be a whole number from 1 to 2"),
        (
            RecordSamples.publicKeys[2], RecordSamples.publicKeys[0],
            "'x.toml': key 'administrator': names a person or a key twice"
        ),
        ("ben@example.org", "ada@example.org", "'x.toml': key 'administrator': names a person or a key twice"),
        (
            RecordSamples.publicKeys[2], RecordSamples.publicKeys[0] + " ben",
            "'x.toml' line 12: key 'administrator.keys': '\(RecordSamples.publicKeys[0]) ben' is not a public key's type "
                + "and base64 without a comment"
        ),
        (
            RecordSamples.publicKeys[2], "ssh-ed25519 AAAA",
            "'x.toml' line 12: key 'administrator.keys': 'ssh-ed25519 AAAA' is not a public key's type and base64 "
                + "without a comment"
        ),
    ])
    func `a root`(old: String, new: String, statement: String) {
        #expect(RecordKind.root.refusal(replacing: old, with: new) == statement)
    }

    @Test(arguments: [
        ("cause = ", "agent = \"a\"\ncause = ", "'x.toml': must name one of: delegation, agent, key, agents = 'all'"),
        (
            "delegation = \"\(RecordSamples.digest)\"", "",
            "'x.toml': must name one of: delegation, agent, key, agents = 'all'"
        ),
        (
            "\"superseded\"", "\"lost\"",
            "'x.toml' line 4: key 'cause': 'lost' is not one of: ended, superseded, compromised"
        ),
    ])
    func `a revocation`(old: String, new: String, statement: String) {
        #expect(RecordKind.revocation.refusal(replacing: old, with: new) == statement)
    }

    @Test(arguments: [
        ("\"\(RecordSamples.commit)\"", "", "'x.toml' line 4: key 'commits': names no commit"),
        (
            RecordSamples.commit, "abababababab",
            "'x.toml' line 4: key 'commits': 'abababababab' is not a full commit id"
        ),
        (
            RecordSamples.commit, ObjectID.zero.hex,
            "'x.toml' line 4: key 'commits': '\(ObjectID.zero.hex)' is not a full commit id"
        ),
    ])
    func `a baseline`(old: String, new: String, statement: String) {
        #expect(RecordKind.baseline.refusal(replacing: old, with: new) == statement)
    }

    @Test(arguments: RecordKind.allCases)
    func `no kind passes for another`(kind: RecordKind) {
        for other in RecordKind.allCases where other != kind {
            let refusal = other.refusal(of: Array(kind.sample.utf8))
            #expect(refusal?.hasPrefix("'x.toml' line 1: key 'type': is '") == true, "\(other)")
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `an unknown key, a doubled key, a broken line`(kind: RecordKind) {
        let organisation = "organisation = \"example.org\""
        #expect(
            kind.refusal(replacing: organisation, with: "\(organisation)\nzebra = 1")
                == "'x.toml' line 3: key 'zebra': is not known")
        let doubled = kind.refusal(replacing: organisation, with: "\(organisation)\n\(organisation)")
        #expect(doubled?.hasPrefix("'x.toml' line 3: ") == true, "\(doubled ?? "accepted")")
        let broken = kind.refusal(replacing: organisation, with: "organisation = = 1")
        #expect(broken?.hasPrefix("'x.toml' line 2: ") == true, "\(broken ?? "accepted")")
    }

    @Test func `bounds of lists, strings, clauses and depth`() {
        let long = String(repeating: "x", count: RecordTable.maximumTextByteCount)
        #expect(RecordKind.agent.refusal(replacing: "\"Anthropic\"", with: "\"\(long)\"") == nil)
        #expect(
            RecordKind.agent.refusal(replacing: "\"Anthropic\"", with: "\"\(long)x\"")
                == "'x.toml' line 4: key 'vendor': is longer than 4096 bytes")
        func list(_ count: Int) -> String { (0..<count).map { "\"t\($0)\"" }.joined(separator: ", ") }
        #expect(RecordKind.agent.refusal(replacing: "\"edit\", \"bash\"", with: list(1024)) == nil)
        #expect(
            RecordKind.agent.refusal(replacing: "\"edit\", \"bash\"", with: list(1025))
                == "'x.toml' line 6: key 'tools': has more than 1024 elements")
        let grants = String(repeating: "[[grant]]\nrepository = \"r\"\n", count: 63)
        #expect(
            RecordKind.delegation.refusal(of: Array((RecordSamples.delegation + grants).utf8))
                == "'x.toml': key 'grant': must stand from 1 to 64 times")
    }
}
