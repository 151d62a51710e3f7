import RemitModel
@testable import RemitRules
import Testing

@Suite struct JobEnvironmentTests {
    private static func facts(_ reason: String, found: ByteString? = nil, to name: String = "production")
        -> Finding.Facts
    {
        Finding.Facts(ask: ["ada@example.org"], found: found, reason: reason, environment: name)
    }
    private static let unknown = "the policy names no such environment for repository 'payments'"

    @Test(arguments: [
        UpdateRow("a job that says nothing", deployment(), in: deploying(job: job())),
        UpdateRow(
            "the same", deployment(),
            in: deploying(
                job: job { ($0.environment, $0.proof) = ("production", proof(["environment": "production"])) })),
        UpdateRow(
            "a token without an environment", deployment(), in: deploying(job: job { $0.proof = proof(["ref": "x"]) })),
        UpdateRow(
            "a name that the policy does not have", deployment(), in: deploying(nil, to: "prodution"),
            facts(unknown, to: "prodution")),
        UpdateRow(
            "the job is for another", deployment(), in: deploying(job: job { $0.environment = "staging" }),
            facts("the job is for environment 'staging'", found: "staging")),
        UpdateRow(
            "its token is for another, whatever the job says", deployment(),
            in: deploying(job: job { ($0.environment, $0.proof) = ("production", proof(["environment": "staging"])) }),
            facts("the job's token is for environment 'staging'", found: "staging")),
        UpdateRow(
            "another case", deployment(), in: deploying(job: job { $0.environment = "Production" }),
            facts("the job is for environment 'Production'", found: "Production")),
        UpdateRow(
            "all of it", deployment(),
            in: deploying(
                nil, to: "prod", job: job { ($0.environment, $0.proof) = ("a", proof(["environment": "b"])) }),
            facts(unknown, to: "prod"), facts("the job is for environment 'a'", found: "a", to: "prod"),
            facts("the job's token is for environment 'b'", found: "b", to: "prod")),
        UpdateRow("a push", update(), in: circumstances()),
    ])
    func `the policy names the environment, and it is the job's`(row: UpdateRow) {
        row.check(JobEnvironmentRule(), is: .jobEnvironment)
    }
}
