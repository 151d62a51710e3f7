import RemitModel
import RemitPipelines
import Testing

@Suite struct BuildkiteReaderTests {
    private static let gate =
        "  - label: gate\n    key: gate\n    command: remit gate deploy --environment production\n"
    private static let deploy = "  - label: Deploy\n    command: make deploy\n"
    private static let wait = "  - wait\n"

    private static let rows = [
        ReaderRow("with a wait between", "steps:\n" + gate + wait + deploy, "Deploy: behind gate"),
        ReaderRow(
            "at the same time", "steps:\n" + gate + deploy,
            "Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "by what it depends on", "steps:\n" + deploy + "    depends_on: gate\n" + gate, "Deploy: behind gate"),
        ReaderRow(
            "by one of several", "steps:\n" + gate + deploy + "    depends_on:\n      - step: gate\n",
            "Deploy: behind gate"),
        ReaderRow(
            "whether or not that failed",
            "steps:\n" + gate + deploy + "    depends_on:\n      - step: gate\n        allow_failure: true\n",
            "Deploy: open, it starts whether or not the gate succeeded: depends_on with allow_failure: true"),
        ReaderRow(
            "whatever came before",
            "steps:\n" + gate + wait + deploy + "    allow_dependency_failure: true\n",
            "Deploy: open, it starts whether or not the gate succeeded: allow_dependency_failure: true"),
        ReaderRow(
            "a wait that goes on", "steps:\n" + gate + "  - wait: ~\n    continue_on_failure: true\n" + deploy,
            "Deploy: open, it starts whether or not the gate succeeded: wait with continue_on_failure: true"),
        ReaderRow(
            "its own needs instead of the wait's", "steps:\n" + gate + wait + deploy + "    depends_on: ~\n",
            "Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a gate that may fail", "steps:\n" + gate + "    soft_fail: true\n" + wait + deploy,
            "Deploy: open, the gate may fail: soft_fail"),
        ReaderRow(
            "a gate that may fail so", "steps:\n" + gate + "    soft_fail:\n      - exit_status: 1\n" + wait + deploy,
            "Deploy: open, the gate may fail: soft_fail"),
        ReaderRow(
            "a gate that may be left out", "steps:\n" + gate + "    if: build.branch == 'main'\n" + wait + deploy,
            "Deploy: open, the gate can be skipped, and a skipped job counts as success: if: build.branch == 'main'"),
        ReaderRow(
            "a block in between", "steps:\n" + gate + "  - block: \"Ship it?\"\n" + deploy, "Deploy: behind gate"),
        ReaderRow(
            "groups",
            "steps:\n  - group: checks\n    key: checks\n    steps:\n      - command: remit gate deploy\n"
                + "        label: gate\n" + deploy + "    depends_on: checks\n",
            "Deploy: behind gate"),
        ReaderRow(
            "another pipeline", "steps:\n" + gate + "  - trigger: deploy-production\n",
            "deploy-production: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a plugin before its own gate",
            "steps:\n  - label: Ship\n    plugins:\n      - acme/deploy#v1: ~\n    command: remit gate deploy\n",
            "Ship: open, the gate runs after other steps of the same job"),
        ReaderRow(
            "an upload after the gate",
            "steps:\n" + gate + wait
                + "  - label: more\n    command: buildkite-agent pipeline upload .buildkite/more.yml\n",
            files: [".buildkite/more.yml": "steps:\n" + deploy], "Deploy: behind gate"),
        ReaderRow(
            "an upload beside the gate",
            "steps:\n" + gate + "  - label: more\n    command: buildkite-agent pipeline upload .buildkite/more.yml\n",
            files: [".buildkite/more.yml": "steps:\n" + deploy],
            "Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a need that nobody has", "steps:\n" + deploy + "    depends_on: gate\n",
            "line 4: no step has the key 'gate'"),
        ReaderRow("no steps", "env: {}\n", "line 1: it has no steps"),
        ReaderRow("an unknown step", "steps:\n  - jump\n", "line 2: the step 'jump' is not known"),
    ]

    @Test(arguments: rows)
    func `a step waits for what stands before a wait, or for what it names`(row: ReaderRow) {
        row.check(".buildkite/pipeline.yml", .buildkite)
    }

    @Test func `secrets are a step's own and the pipeline's`() throws {
        let text = "secrets:\n  KEY: deploy-key\nsteps:\n  - command: make\n    secrets: [TOKEN]\n  - command: true\n"
        let jobs = try #require(try readPipeline(text, at: ".buildkite/pipeline.yml", .buildkite)).jobs
        #expect(jobs.map { $0.secrets.sorted() } == [["TOKEN", "deploy-key"], ["deploy-key"]])
    }
}
