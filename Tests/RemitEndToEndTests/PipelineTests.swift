import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Pipelines { static let shared = Pipelines() }

/// Changes of pipelines' definitions by an agent that may edit them, through real pushes and in the merge gate.
@Pipelines @Suite struct PipelineTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let branch = Scene.branch
    private nonisolated static let file = ".github/workflows/ci.yml"

    private nonisolated static let workflow = """
        on: [push, pull_request]
        permissions: {contents: read}
        jobs:
          check:
            runs-on: ubuntu-latest
            steps: [{run: remit gate merge --target main}]
          gate:
            runs-on: ubuntu-latest
            steps: [{run: remit gate deploy --environment production}]
          ship:
            needs: gate
            runs-on: ubuntu-latest
            environment: production
            steps: [{run: make ship}]

        """
    private nonisolated static let ungated = """
          other:
            runs-on: ubuntu-latest
            environment: production
            steps: [{run: make ship}]

        """

    private nonisolated static func edited(_ old: String, _ new: String) -> String {
        workflow.replacing(old, with: new)
    }

    /// Everything is granted, and the files that steer the gate by name.
    private nonisolated static let everything: @Sendable (inout TestDelegation.Grant) -> Void = {
        $0.paths = [
            "**", ".github/workflows/**", ".github", ".gitea/workflows/**", ".gitlab-ci.yml", "Jenkinsfile",
            ".buildkite/**",
        ]
        $0.except = []
        $0.operations = Operation.allCases.map(\.rawValue)
    }

    /// `main` has a gated pipeline, and the agent edits it.
    private func scene(
        _ files: [String: FileEdit] = [file: .file(workflow)], settings: [String: String] = [:]
    ) throws -> Scene {
        let scene = try Scene(Self.authority.get(), settings: settings) { Self.everything(&$0.grants[0]) }
        try scene.advanceMain(files)
        return scene
    }

    /// What `remit gate merge` says of a branch in the clone, once a person wants to land it.
    private func gate(_ scene: Scene, _ head: String = branch) throws -> (status: Int32, said: String) {
        let approval = TestApproval(
            of: try scene.client.resolve(head), tree: try scene.client.resolve("\(head)^{tree}"),
            by: "sam@example.org", at: scene.authority.now)
        try scene.authority.approve(approval, signedBy: scene.authority.sam)
        let output = try runRemit(
            [
                "gate", "merge", "--target", "main", "--base", "refs/heads/main", "--head",
                head,
                "--authority", scene.authority.path, "--root", scene.authority.root.description, "--repository",
                "payments",
            ], environment: HermeticGit.environment(home: scene.client.directory.path), directory: scene.client.path)
        return (output.status, TestServer.words(of: output.text + "\n" + output.errorText))
    }

    /// Refused by the push and by the merge gate, with the same words.
    private func expectBoth(
        _ scene: Scene, _ rules: [String], saying text: String? = nil, at location: SourceLocation = #_sourceLocation
    ) throws {
        let trial = try scene.server.trial(Self.branch)
        let said = text.map { "refused: nothing of this push was accepted\n\($0)\ndecision recorded" }
        expectRefused(trial, by: rules, saying: said, at: location)
        let (status, words) = try gate(scene)
        #expect(status == 1, "\(words)", sourceLocation: location)
        for rule in rules { #expect(words.contains("rule     \(rule)\n"), "\(words)", sourceLocation: location) }
        let faults = { (text: String) in text.split(separator: "\n").filter { $0.hasPrefix("error: ") } }
        #expect(faults(words) == faults(trial.said), sourceLocation: location)
    }

    private nonisolated static let hints = (
        unguarded: """
        hint: let it need a job that runs 'remit gate deploy', or take the change out with 'git rebase -i'; \
        'remit pipeline check' shows how each job stands
        """,
        changed: """
        hint: take the change out with 'git rebase -i', or let a person make it; \
        'remit pipeline check' shows how each job stands
        """
    )
    private nonisolated static func details(_ rule: String) -> String {
        """
          rule     \(rule)
          ref      refs/heads/agent/PAY-42/work
          by       delegation <delegation>
          ask      dana@example.org
        """
    }

    @Test func `a harmless edit of a granted definition is allowed`() throws {
        let scene = try scene()
        try scene.agent([
            Self.file: .file(Self.edited("make ship", "make all ship")),
            ".github/workflows/test.yml": "on: push\njobs: {test: {runs-on: a, steps: [{run: make test}]}}\n",
            "Docs/config.yml": "a: [",
        ])
        expectAllowed(try scene.server.trial(Self.branch))
        #expect(try gate(scene).status == 0)
    }

    @Test func `a deployment without a gate is refused word by word`() throws {
        let scene = try scene()
        try scene.agent([Self.file: .file(Self.workflow + Self.ungated)])
        try expectBoth(
            scene, ["pipeline.unguarded"],
            saying: """
                error: commit <id> lets job 'other' (line 15 of '.github/workflows/ci.yml') deploy without standing \
                behind the gate: it deploys to 'production' (environment: production), but no job that it needs runs \
                'remit gate deploy'
                \(Self.details("pipeline.unguarded"))
                \(Self.hints.unguarded)
                """)
    }

    @Test func `a person's same change passes`() throws {
        let scene = try scene()
        try scene.server.commit(
            [Self.file: .file(Self.ungated.replacing("  other", with: "jobs:\n  other"))],
            on: "refs/heads/topic")
        expectAllowed(try scene.server.trial("refs/heads/topic"))
        #expect(try gate(scene, "refs/heads/topic").status == 0)
    }

    @Test func `the gate taken out is refused word by word`() throws {
        let scene = try scene()
        try scene.agent([
            Self.file: .file(Self.edited("remit gate merge --target main", "echo it is fine"))
        ])
        try expectBoth(
            scene, ["pipeline.changed"],
            saying: """
                error: commit <id> loosens job 'check' (line 4 of '.github/workflows/ci.yml'): it no longer runs the gate
                \(Self.details("pipeline.changed"))
                \(Self.hints.changed)
                """)
    }

    @Test func `a deployment that no longer waits for the gate's success is refused word by word`() throws {
        let scene = try scene()
        try scene.agent([
            Self.file: .file(Self.edited("needs: gate\n", "needs: gate\n    if: always()\n"))
        ])
        try expectBoth(
            scene, ["pipeline.unguarded"],
            saying: """
                error: commit <id> lets job 'ship' (line 10 of '.github/workflows/ci.yml') deploy without standing \
                behind the gate: it deploys to 'production' (environment: production), but it starts whether or not \
                the gate succeeded: if: always()
                \(Self.details("pipeline.unguarded"))
                \(Self.hints.unguarded)
                """)
    }

    @Test func `raised permissions and secrets are refused word by word`() throws {
        let scene = try scene()
        try scene.agent([
            Self.file: .init(
                stringLiteral: Self.edited(
                    "steps: [{run: make ship}]",
                    "permissions: {contents: read, id-token: write}\n    env: {KEY: '${{ secrets.KEY }}'}\n"
                        + "    steps: [{run: make ship}]"))
        ])
        try expectBoth(
            scene, ["pipeline.changed"],
            saying: """
                error: commit <id> loosens job 'ship' (line 10 of '.github/workflows/ci.yml'): it takes permissions \
                id-token: write and secrets KEY, which it did not have
                \(Self.details("pipeline.changed"))
                \(Self.hints.changed)
                """)
    }

    @Test func `a definition made unreadable is refused word by word`() throws {
        let scene = try scene()
        try scene.agent([Self.file: .file(Self.workflow + "jobs: {}\n")])
        try expectBoth(
            scene, ["pipeline.changed"],
            saying: """
                error: commit <id> loosens pipeline '.github/workflows/ci.yml': line 15: the key 'jobs' is there twice
                \(Self.details("pipeline.changed"))
                \(Self.hints.changed)
                """)
    }

    @Test func `what is split over commits is found in each, and a revert does not undo it`() throws {
        let scene = try scene()
        try scene.agent([Self.file: .file(Self.edited("remit gate deploy", "echo remit gate deploy"))])
        try scene.agent([Self.file: .file(Self.workflow)])
        let trial = try scene.server.trial(Self.branch)
        expectRefused(trial, by: ["pipeline.changed", "pipeline.unguarded"])
        #expect(
            trial.said.contains("loosens job 'gate' (line 7 of '.github/workflows/ci.yml'): it no longer runs the gate")
        )

        try scene.client.git("update-ref", "-d", Self.branch)
        // Each half alone: a gate that nothing needs any more, then a deployment that the gate would have stopped.
        try scene.agent([
            Self.file: .file(
                Self.edited(
                    "    needs: gate\n    runs-on: ubuntu-latest\n    environment: production\n",
                    "    runs-on: ubuntu-latest\n"))
        ])
        try scene.agent([
            Self.file: .file(Self.edited("    needs: gate\n", ""))
        ])
        let halves = try scene.server.trial(Self.branch)
        expectRefused(halves, by: ["pipeline.unguarded"])
    }

    private nonisolated static func crowd(_ numbers: Range<Int>) -> [String: FileEdit] {
        Dictionary(
            uniqueKeysWithValues: numbers.map {
                (".github/workflows/\($0).yml", .file("on: push\njobs: {a: {steps: [{run: make}]}}\n"))
            })
    }

    private nonisolated static let more: [(String, [String: FileEdit], [String: FileEdit], [String]?)] = [
        (
            "a new definition of another system", [file: .file(workflow)],
            [".gitea/workflows/ship.yml": .file("on: push\njobs:\n" + ungated)], ["pipeline.unguarded"]
        ),
        (
            "a file that GitLab includes",
            [
                ".gitlab-ci.yml":
                    "include: {local: ci/gate.yml}\nship: {stage: deploy, environment: production, script: [make]}\n",
                "ci/gate.yml": "gate: {stage: .pre, script: [remit gate deploy --environment production]}\n",
            ], ["ci/gate.yml": "gate: {stage: .pre, script: [echo]}\n"], ["pipeline.changed", "pipeline.unguarded"]
        ),
        (
            "a file that nothing includes", [".gitlab-ci.yml": "test: {script: [make]}\n"],
            ["ci/ship.yml": "ship: {environment: production, script: [make]}\n"], nil
        ),
        (
            "a file that a pattern may include", [".gitlab-ci.yml": "include: {local: 'ci/*.yml'}\n"],
            ["ci/ship.yml": "ship: {environment: production, script: [make]}\n"], ["pipeline.changed"]
        ),
        (
            "one more where there are too many", crowd(100..<170),
            [".github/workflows/169.yml": "on: push\njobs:\n  a: {environment: p, steps: [{run: make}]}\n"],
            ["pipeline.changed"]
        ),
        ("a definition deleted", [file: .file(workflow)], [file: .delete], ["pipeline.changed"]),
        (
            "a definition moved", [file: .file(workflow)],
            [file: .delete, ".github/workflows/new.yml": .file(workflow)], ["pipeline.changed"]
        ),
        (
            "a link in the place of the directory", [file: .file(workflow)],
            [file: .delete, ".github": .symlink(to: "elsewhere")], ["pipeline.changed"]
        ),
        (
            "a link in the place of a definition", [file: .file(workflow)],
            [file: .symlink(to: "../../ci.yml")], ["pipeline.changed"]
        ),
        (
            "a scripted pipeline", ["README.md": "1\n"], ["Jenkinsfile": "node { sh 'make' }\n"], ["pipeline.changed"]
        ),
        (
            "a definition of more than a mebibyte", ["README.md": "1\n"],
            [".github/workflows/big.yml": .file("# " + String(repeating: "a", count: 1 << 20))],
            ["pipeline.changed"]
        ),
        (
            "one definition too many", ["README.md": "1\n"],
            crowd(100..<165), ["pipeline.changed"]
        ),
    ]

    @Test(arguments: more)
    func `wherever it lies`(
        name: String, before: [String: FileEdit], edits: [String: FileEdit], rules: [String]?
    ) throws {
        let scene = try scene(before)
        try scene.agent(edits)
        guard let rules else {
            expectAllowed(try scene.server.trial(Self.branch))
            return #expect(try gate(scene).status == 0)
        }
        try expectBoth(scene, rules)
    }

    @Test func `a merge takes over what its parents have, and answers for what it decides`() throws {
        let scene = try scene()
        try scene.agent(["Sources/A.swift": "1\n"])
        expectAllowed(try scene.server.trial(Self.branch))
        let work = try scene.client.resolve(Self.branch)
        // A person opens a way on main; the agent only takes it over.
        let main = try scene.advanceMain([Self.file: .file(Self.workflow + Self.ungated)])
        try scene.agent(tree: try scene.tree(of: main, ["Sources/A.swift": "1\n"]), parents: [work, main])
        expectAllowed(try scene.server.trial(Self.branch))

        let evil = try scene.tree(
            of: main, ["Sources/A.swift": "1\n", Self.file: .file(Self.edited("remit gate", "true"))])
        try scene.agent(tree: evil, parents: [work, main], on: Self.branch + "2")
        expectRefused(
            try scene.server.trial(Self.branch + "2"), by: ["pipeline.changed", "pipeline.unguarded"])
    }

    @Test func `going back to before the gate is refused`() throws {
        let scene = try Scene(Self.authority.get()) { Self.everything(&$0.grants[0]) }
        let base = try scene.agent([Self.file: .file("on: push\njobs: {a: {steps: [{run: make}]}}\n")])
        expectAllowed(try scene.server.trial(Self.branch))
        // A person puts a gate into the branch; the agent rewinds and goes on from before it.
        let client = scene.client
        let gated = try client.commit(
            [Self.file: .file(Self.workflow)], on: Self.branch, message: "gate\n", parents: [base])
        expectAllowed(try scene.server.trial(Self.branch))
        try client.setRef(Self.branch, to: base)
        try scene.agent(["Sources/B.swift": "1\n"])
        let trial = try scene.server.trial("+\(Self.branch)")
        expectRefused(trial, by: ["pipeline.changed"])
        #expect(trial.said.contains("this submission loosens job 'gate' (line 7 of '.github/workflows/ci.yml')"))
        #expect(try scene.server.tip(of: Self.branch) == gated)
    }
}
