import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite("environments and jobs of a policy")
struct PolicyDeploymentTests {
    private static func read(_ change: (inout TestPolicy) -> Void) throws(RecordError) -> Policy {
        var policy = TestPolicy()
        policy.environments = [TestPolicy.Environment("production")]
        policy.jobs = [TestPolicy.Job()]
        change(&policy)
        guard let people = RecordID("sha256:" + String(repeating: "0", count: 64)) else {
            throw RecordError(file: "authority.toml", fault: "has no people")
        }
        return try Policy(record: Array(policy.text(people: people).utf8), file: "authority.toml")
    }

    private static func refusal(_ change: (inout TestPolicy) -> Void) -> String? {
        do throws(RecordError) {
            _ = try read(change)
            return nil
        } catch {
            return error.statement
        }
    }

    @Test("an environment says what it demands")
    func environment() throws {
        let policy = try Self.read {
            $0.environments[0].agents = "approved"; $0.environments[0].approvals = 2
        }
        let environment = try #require(policy.environment(named: "production", in: "payments"))
        #expect(environment.agents == .approved && environment.approvals == 2 && environment.identity == .claimed)
        #expect(policy.environment(named: "production", in: "other") == nil)
        #expect(policy.environment(named: "Production", in: "payments") == nil)
    }

    @Test("a job's token speaks for the repositories and environments that it names")
    func job() throws {
        let policy = try Self.read { $0.jobs[0].environments = ["production"] }
        #expect(policy.jobs(deploying: "payments", to: "production").count == 1)
        #expect(policy.jobs(deploying: "payments", to: "staging").isEmpty)
        #expect(policy.jobs(deploying: "other", to: "production").isEmpty)
    }

    @Test(
        "what would open a door by mistake is refused",
        arguments: [
            ("deploy_from", "names no ref"),
            ("approvals", "counts only with agents = \"approved\"; use [[approval]] for a demand"),
            ("twice", "names an environment of a repository twice"),
            ("sub", "'sub' is shaped by others; pin repository_id and repository_owner_id"),
            ("unpinned", "does not pin 'repository_owner_id', which profile 'github' needs"),
            ("star", "'*' would let a token of one repository speak for all; name each"),
            ("http", "'http://ci.example.org' is not an https URL"),
        ])
    func refused(_ name: String, _ reason: String) throws {
        let refusal = Self.refusal { policy in
            switch name {
            case "deploy_from": policy.environments[0].deployFrom = []
            case "approvals": policy.environments[0].approvals = 2
            case "twice": policy.environments.append(policy.environments[0])
            case "sub": policy.jobs[0].claims.append("sub=repo:example/payments")
            case "unpinned": policy.jobs[0].claims = ["repository_id=1001"]
            case "star": policy.jobs[0].repositories = ["*"]
            default: policy.jobs[0].issuer = "http://ci.example.org"
            }
        }
        #expect(refusal?.hasSuffix(reason) == true, "\(refusal ?? "accepted")")
    }
}
