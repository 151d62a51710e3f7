import RemitModel
import RemitPipelines
import Testing

@Suite struct BitbucketReaderTests {
    private static func row(_ steps: String, _ selector: String = "default") -> String {
        "pipelines:\n  \(selector):\n\(steps)"
    }

    private static let gate =
        "    - step:\n        name: gate\n        script: [remit gate deploy --environment production]\n"
    private static let deploy =
        "    - step:\n        name: Push\n        deployment: production\n        script: [make all]\n"

    private static let rows = [
        ReaderRow("in order", row(gate + deploy), "default / Push: behind default / gate"),
        ReaderRow(
            "the other way round", row(deploy + gate),
            "default / Push: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "started by hand", row(gate + deploy + "        trigger: manual\n"), "default / Push: behind default / gate"
        ),
        ReaderRow(
            "in parallel",
            row(
                """
                    - parallel:
                        - step: {name: gate, script: [remit gate deploy]}
                        - step: {name: Push, script: [make all], deployment: production}

                """), "default / Push: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a gate that changes decide about",
            row(gate + "        condition: {changesets: {includePaths: [a]}}\n" + deploy),
            "default / Push: open, the gate can be skipped, and a skipped job counts as success: condition"),
        ReaderRow(
            "a gate whose failure is ignored", row(gate + "        on-fail: {strategy: ignore}\n" + deploy),
            "default / Push: open, the gate may fail: on-fail: ignore"),
        ReaderRow(
            "another environment", row(gate + deploy.replacing("production", with: "staging")),
            "default / Push: open, the gate is for environment 'production'"),
        ReaderRow(
            "one that is started by name",
            row(gate) + "  custom:\n    hotfix:\n"
                + deploy.replacing("\n    ", with: "\n      ")
                .replacing("    - step", with: "      - step"),
            "custom hotfix / Push: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a selector that only sounds so",
            "pipelines:\n  branches:\n    release/*:\n      - step: {name: test, script: [make test]}\n"),
        ReaderRow(
            "a stage's environment",
            row(
                gate
                    + "    - stage:\n        deployment: production\n        steps:\n          - step: {name: a, script: [make]}\n"
            ), "default / a: behind default / gate"),
        ReaderRow(
            "a pipe", row("    - step:\n        script:\n          - pipe: atlassian/aws-s3-deploy:1.1.0\n"),
            "default / step: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "its own gate before a pipe",
            row(
                "    - step:\n        script:\n          - remit gate deploy\n"
                    + "          - pipe: atlassian/aws-s3-deploy:1.1.0\n"), "default / step: behind default / step"),
        ReaderRow(
            "after the script, however it ended",
            row(gate.replacing("name: gate", with: "name: gate\n        after-script: [kubectl apply -f a]")),
            "default / gate / after-script: open, it starts whether or not the gate succeeded: after-script"),
        ReaderRow(
            "kept elsewhere", "pipelines:\n  default:\n    import: shared:main:default\n",
            "line 3: the pipeline 'default' is not in this file"),
        ReaderRow("no pipelines", "image: a\n", "line 1: it has no pipelines"),
        ReaderRow("an unknown part", row("    - jump: {}\n"), "line 3: 'jump' is not known"),
    ]

    @Test(arguments: rows)
    func `steps run in their order`(row: ReaderRow) { row.check("bitbucket-pipelines.yml", .bitbucket) }

    @Test func `a token for others is a permission`() throws {
        let text = Self.row("    - step: {script: [make], oidc: true}\n    - step: {script: [make], oidc: false}\n")
        let jobs = try #require(try readPipeline(text, at: "bitbucket-pipelines.yml", .bitbucket)).jobs
        #expect(jobs.map(\.permissions) == [["id-token: write"], []])
        #expect(jobs.map(\.name) == ["default / step", "default / step (line 4)"])
    }
}
