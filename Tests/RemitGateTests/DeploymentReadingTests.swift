@testable import RemitGate
import RemitGit
import RemitModel
import RemitRules
import RemitTestSupport
import Testing

/// How a commit stands to what is deployed, in real repositories and after a deployment that is remembered.
@Suite struct DeploymentReadingTests {
    /// Four commits on `main` that the host has, and one beside the third.
    private struct History {
        let repository: TestRepository
        let reader: GitReader
        let commits: [ObjectID]
        let aside: ObjectID

        init() throws {
            repository = try TestRepository(bare: false)
            var commits: [ObjectID] = []
            for number in 0..<4 { commits.append(try repository.commit(["file": .file("\(number)\n")])) }
            aside = try repository.commit(["file": "aside\n"], on: "refs/heads/aside", parents: [commits[1]])
            try repository.setRef("refs/remotes/origin/main", to: commits[3])
            self.commits = commits
            reader = GitReader(
                try Repository(at: RepositoryLocation(gitDirectory: ByteString(repository.gitDirectory))))
        }

        func place(
            of commit: ObjectID, since: ObjectID? = nil, isRollback: Bool = false, after remembered: ObjectID? = nil,
            from deployFrom: [String] = ["refs/heads/main"]
        ) throws -> DeploymentReading.Place {
            let environment = EnvironmentPolicy(
                name: "production", repositories: ["payments"],
                deployFrom: try deployFrom.map { try PathPattern(ref: $0) },
                agents: .delegated, approvals: 1, identity: .claimed, statementKeys: [])
            return try DeploymentReading(reader: reader).place(
                of: DeploymentSubmission(
                    environment: "production", commit: commit, since: since, isRollback: isRollback),
                in: environment,
                after: remembered.map { .verified(RememberedDeployment(commit: $0, decidedAt: Instant(seconds: 0))) }
                    ?? .nothing)
        }
    }

    @Test func `what is remembered bounds what is judged`() throws {
        let history = try History()
        let ids = history.commits
        let place = try history.place(of: ids[3], after: ids[1])
        #expect(place.deployment.course == .forward(from: ids[1]))
        #expect(place.deployment.judgedFrom == ids[1])
        #expect(place.update == RefUpdate(ref: "refs/remit/deployed/production", old: ids[1], new: ids[3]))
        #expect(place.deployment.isMerged && place.deployment.refs == ["refs/heads/main"])
    }

    @Test func `beside it, --since only has more judged`() throws {
        let history = try History()
        let ids = history.commits
        let wider = try history.place(of: ids[3], since: ids[0], after: ids[1])
        #expect(wider.deployment.judgedFrom == ids[0])
        #expect(!wider.deployment.isSinceAhead)
        for since in [ids[2], ids[3], history.aside] {
            let narrower = try history.place(of: ids[3], since: since, after: ids[1])
            #expect(narrower.deployment.isSinceAhead)
            #expect(narrower.deployment.judgedFrom == ids[1])
        }
    }

    @Test func `where the deployment leads nowhere new, everything is judged`() throws {
        let history = try History()
        let ids = history.commits
        let again = try history.place(of: ids[2], after: ids[2])
        #expect(again.deployment.course == .again && again.deployment.judgedFrom == nil)
        let back = try history.place(of: ids[1], isRollback: true, after: ids[3])
        #expect(back.deployment.course == .back(from: ids[3]) && back.deployment.judgedFrom == nil)
        let aside = try history.place(of: history.aside, isRollback: true, after: ids[3])
        #expect(aside.deployment.course == .aside(from: ids[3]) && aside.deployment.judgedFrom == nil)
        // What is said to be deployed lies above, and would leave out everything.
        #expect(try history.place(of: ids[1], since: ids[3], isRollback: true).deployment.judgedFrom == nil)
        #expect(try history.place(of: ids[1], since: ids[1], isRollback: true).deployment.judgedFrom == nil)
        #expect(try history.place(of: ids[2], since: ids[0], after: ids[2]).deployment.judgedFrom == ids[0])
        let meant = try history.place(of: ids[3], isRollback: true, after: ids[1])
        #expect(meant.deployment.course == .forward(from: ids[1]) && meant.deployment.judgedFrom == nil)
    }

    @Test func `nothing known leaves nothing out`() throws {
        let history = try History()
        let place = try history.place(of: history.commits[3])
        #expect(place.deployment.course == .first && place.deployment.judgedFrom == nil)
        #expect(place.update.isCreation)
    }

    @Test(arguments: [
        ["refs/heads/aside"], ["refs/heads/HEAD"], ["refs/remotes/origin/main"], ["refs/tags/**"],
        ["refs/heads/release/**"],
    ])
    func `only the host's refs count, by the names that they have there`(deployFrom: [String]) throws {
        let history = try History()
        try history.repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
        try history.repository.git("tag", "later", history.commits[3].hex)
        let place = try history.place(of: history.commits[1], from: deployFrom)
        #expect(!place.deployment.isMerged)
    }

    @Test func `a ref that nobody signed is not believed, whatever it points at`() throws {
        let history = try History()
        let memory = DeploymentMemory(
            reader: history.reader, repository: "payments", organisation: "example.org")
        func recall(_ keys: [String]) throws -> RememberedDeployment.Recollection {
            try memory.recall(
                EnvironmentPolicy(
                    name: "production", repositories: ["*"], deployFrom: [], agents: .delegated, approvals: 1,
                    identity: .claimed, statementKeys: keys))
        }
        #expect(try recall(["k"]) == .nothing)
        try history.repository.setRef("refs/remit/deployed/production", to: history.commits[3])
        #expect(try recall(["k"]) == .unbelieved("it is not an annotated tag with a gate's statement"))
        #expect(
            try recall([]) == .unbelieved("the policy names no key whose statement of a deployment is believed"))
    }
}
