import RemitHosts
import RemitModel
import Testing

@Suite struct JobTests {
    @Test(arguments: JobFixture.all) func `a job is read as its system describes it`(fixture: JobFixture) throws {
        #expect(try CISystem.detect(in: fixture.environment()) == fixture.system)
        #expect(try fixture.read() == fixture.expected)
    }

    @Test(arguments: JobFixture.all)
    func `what was read says the same again, and nothing else is kept`(fixture: JobFixture) throws {
        let claimed = try fixture.claimed(["AWS_SECRET_ACCESS_KEY": "hunter2", "CI_JOB_TOKEN": "hunter3"])
        let again = try fixture.system.claimed(
            in: Environment(claimed.variables), event: claimed.event.map(JobEvent.Source.known))
        #expect(again == claimed)
        #expect(!claimed.variables.values.contains { $0 == "hunter2" || $0 == "hunter3" })
    }

    @Test func `a password in an address is not kept`() throws {
        let variables: [ByteString: ByteString] = [
            "GIT_URL": "https://bob:hunter2@git.example.org/payments.git", "BUILD_URL": "https://x:hunter2@ci/1",
        ]
        let claimed = try CISystem.jenkins.claimed(in: Environment(variables))
        #expect(
            claimed.variables == [
                "GIT_URL": "https://git.example.org/payments.git", "BUILD_URL": "https://ci/1",
            ])
    }

    @Test func `every system has fixtures, a setting for whole clones, and a mark`() {
        for system in CISystem.allCases where system != .generic {
            #expect(JobFixture.all.contains { $0.system == system }, "\(system)")
            #expect(system.fullClone?.isEmpty == false, "\(system)")
        }
        #expect(CISystem.generic.fullClone == nil)
    }

    @Test func `nothing is known of an unmarked job`() throws {
        let environment = Environment(["CI": "true", "GITHUB_SHA": "junk", "CI_COMMIT_SHA": "junk"])
        #expect(try CISystem.detect(in: environment) == .generic)
        #expect(try CISystem.generic.claimed(in: environment).job == Job(system: .generic))
    }

    @Test func `the marks of two systems are an error`() throws {
        for one in JobFixture.branches + [.githubPush, .gitlabPush, .azurePush, .bitbucketPush] {
            for other in [JobFixture.jenkinsBranch, .gitlabPush] where other.system != one.system {
                let both = one.variables.merging(other.variables) { first, _ in first }
                let error = invocationError { () throws(InvocationError) in
                    try CISystem.detect(in: Environment(both))
                }
                let names = CISystem.allCases.filter { [one.system, other.system].contains($0) }.map(\.rawValue)
                #expect(
                    error
                        == InvocationError(
                            .ambiguousSystem, "", "the variables are those of \(names.joined(separator: " and "))"))
            }
        }
    }

    @Test func `tokens are looked for where the system puts them`() {
        #expect(CISystem.circleci.tokenVariable == "CIRCLE_OIDC_TOKEN_V2")
        #expect(CISystem.bitbucket.tokenVariable == "BITBUCKET_STEP_OIDC_TOKEN")
        #expect(CISystem.github.tokenVariable == nil)
        #expect(CISystem.generic.tokenVariable == nil)
    }

    @Test(
        arguments: [
            (.github, "actions/checkout with fetch-depth: 0"),
            (.gitea, "actions/checkout with fetch-depth: 0"),
            (.forgejo, "actions/checkout with fetch-depth: 0"),
            (.gitlab, #"GIT_DEPTH: "0" and GIT_STRATEGY: clone"#),
            (
                .jenkins,
                "checkout scmGit with CloneOption(shallow: false, noTags: false, honorRefspec: false)"
            ),
            (.buildkite, "BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS without --depth and --filter"),
            (.circleci, "checkout: {method: full}"),
            (.azure, "checkout: self with fetchDepth: 0"),
            (.bitbucket, "clone: {depth: full}"),
            (.woodpecker, "settings: {partial: false, depth: 0} of the clone step"),
            (.tekton, #"the git-clone task with depth: "0""#),
        ] as [(CISystem, String)])
    func `the setting for whole clones is the system's own`(system: CISystem, setting: String) {
        #expect(system.fullClone == setting)
    }
}
