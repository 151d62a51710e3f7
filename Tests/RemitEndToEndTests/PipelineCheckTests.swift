import Foundation
import RemitTestSupport
import Testing

/// `remit pipeline check` in a clone, by the built program.
@Suite struct PipelineCheckTests {
    private static let gated = """
        on: push
        jobs:
          gate:
            runs-on: a
            steps: [{run: remit gate deploy --environment production}]
          ship:
            needs: gate
            runs-on: a
            environment: production
            permissions: {id-token: write}
            steps: [{run: make, env: {K: '${{ secrets.KEY }}'}}]

        """
    private static let open = gated.replacing("    needs: gate\n", with: "")

    private static func run(_ clone: TestRepository, _ arguments: String...) throws -> Output {
        try spawn(
            [try BuiltProducts.remit, "pipeline", "check"] + arguments,
            environment: HermeticGit.environment(home: clone.directory.path), directory: clone.path)
    }

    private static func clone(_ edits: [String: FileEdit]) throws -> TestRepository {
        let clone = try TestRepository(bare: false)
        try clone.commit(edits, on: "refs/heads/main", message: "begin\n")
        try clone.git("symbolic-ref", "HEAD", "refs/heads/main")
        return clone
    }

    @Test func `a table says what each job deploys, what stands before it and what it takes`() throws {
        let clone = try Self.clone([".github/workflows/ci.yml": .file(Self.gated)])
        let output = try Self.run(clone)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.text == """
                STANDING  PLACE                       JOB   DEPLOYS TO  BECAUSE                               \
                  PERMISSIONS        SECRETS
                gate      .github/workflows/ci.yml:3  gate  -           stops deployments to production       \
                  -                  -
                guarded   .github/workflows/ci.yml:6  ship  production  environment: production; behind 'gate'\
                  'id-token: write'  KEY
                """)
    }

    @Test func `an open deployment ends it with 1, a definition that cannot be read with 2`() throws {
        let clone = try Self.clone([".github/workflows/ci.yml": .file(Self.open)])
        let open = try Self.run(clone)
        #expect(open.status == 1)
        #expect(
            open.lines.contains {
                $0.hasPrefix("UNGUARDED  .github/workflows/ci.yml:6")
                    && $0.contains("environment: production; no job that it needs runs 'remit gate deploy'")
            }, "\(open.text)")
        try clone.commit(["Jenkinsfile": "node { }\n"], on: "refs/heads/main", message: "more\n")
        let unreadable = try Self.run(clone)
        #expect(unreadable.status == 2)
        #expect(unreadable.lines.contains { $0.hasPrefix("UNREADABLE  Jenkinsfile:1") }, "\(unreadable.text)")
        let none = try Self.run(try Self.clone(["README.md": "1\n"]))
        #expect((none.status, none.text) == (0, "no pipeline definition is there"))
    }

    @Test func `against another commit it says what the rules would`() throws {
        let clone = try Self.clone([".github/workflows/ci.yml": .file(Self.gated)])
        try clone.commit(
            [".github/workflows/ci.yml": .file(Self.open)], on: "refs/heads/main", message: "open\n")
        let output = try Self.run(clone, "HEAD", "--against", "HEAD~1")
        #expect(output.status == 1)
        #expect(
            output.lines.first == """
                remit: error: this submission lets job 'ship' (line 6 of '.github/workflows/ci.yml') deploy without \
                standing behind the gate: it deploys to 'production' (environment: production), but no job that it \
                needs runs 'remit gate deploy'
                """)
        let same = try Self.run(clone, "HEAD", "--against", "HEAD")
        #expect((same.status, same.text) == (0, "no way round a gate is opened"))
        let back = try Self.run(clone, "HEAD~1", "--against", "HEAD", "--format", "json")
        #expect((back.status, back.text) == (0, #"{"schema":"pipelines/v1","changes":[]}"#))
    }

    @Test func `what a definition calls its jobs cannot steer a terminal or a log`() throws {
        let name = "::error::\\e[2J\\n##vso[task.complete]'x'"
        let clone = try Self.clone([
            ".buildkite/pipeline.yml": .file("steps:\n  - label: \"\(name)\"\n    command: make deploy\n")
        ])
        for arguments in [[], ["--format", "json"]] {
            let output = try spawn(
                [try BuiltProducts.remit, "pipeline", "check"] + arguments,
                environment: HermeticGit.environment(home: clone.directory.path), directory: clone.path)
            #expect(output.status == 1)
            #expect(!output.text.contains("\u{1B}") && output.lines.count <= 2, "\(output.text)")
            #expect(!output.lines.contains { $0.hasPrefix("::") || $0.hasPrefix("##") })
            #expect(!output.text.contains("##vso[") || arguments.isEmpty)
        }
    }

    @Test func `a commit that is not there is wrong usage`() throws {
        let output = try Self.run(try Self.clone(["README.md": "1\n"]), "nonsense")
        #expect(output.status == 64)
        #expect(output.errorText.hasPrefix("remit: error: 'nonsense' is not a commit of this repository\n"))
    }
}
