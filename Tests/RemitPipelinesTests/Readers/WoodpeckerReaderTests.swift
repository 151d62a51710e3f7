import RemitModel
import RemitPipelines
import Testing

@Suite struct WoodpeckerReaderTests {
    private static let gate =
        "  - name: gate\n    image: remit\n    commands: [remit gate deploy --environment production]\n"
    private static let deploy = "  - name: ship\n    image: alpine\n    commands: [kubectl apply -f k8s]\n"

    private static let rows = [
        ReaderRow("in order", "steps:\n" + gate + deploy, "ship: behind gate"),
        ReaderRow(
            "as a mapping",
            "steps:\n  gate: {image: remit, commands: [remit gate deploy]}\n  ship: {image: a, commands: [make deploy]}\n",
            "ship: behind gate"),
        ReaderRow(
            "the other way round", "steps:\n" + deploy + gate,
            "ship: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "also where it failed", "steps:\n" + gate + deploy + "    when: [{status: [success, failure]}]\n",
            "ship: open, it starts whether or not the gate succeeded: when: status: [success, failure]"),
        ReaderRow(
            "a failure that is ignored", "steps:\n" + gate + "    failure: ignore\n" + deploy,
            "ship: open, the gate may fail: failure: ignore"),
        ReaderRow(
            "a gate that nobody waits for", "steps:\n" + gate + "    detach: true\n" + deploy,
            "ship: open, the gate may fail: detach: true"),
        ReaderRow(
            "a gate that may be left out", "steps:\n" + gate + "    when: {branch: main}\n" + deploy,
            "ship: open, the gate can be skipped, and a skipped job counts as success: when"),
        ReaderRow(
            "as a graph, with the gate", "steps:\n" + gate + deploy + "    depends_on: [gate]\n", "ship: behind gate"),
        ReaderRow(
            "as a graph, beside the gate",
            "steps:\n" + gate + "    depends_on: [test]\n  - name: test\n    commands: [make]\n" + deploy,
            "ship: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a deployment's own event",
            "steps:\n" + gate
                + "  - name: roll\n    commands: [make]\n    when: {event: deployment, environment: production}\n",
            "roll: behind gate"),
        ReaderRow(
            "behind another workflow", "depends_on: [gate]\nsteps:\n" + deploy,
            files: [".woodpecker/gate.yaml": "steps:\n" + gate], "ship: behind gate / gate"),
        ReaderRow(
            "behind another workflow that may be left out", "depends_on: [gate]\nsteps:\n" + deploy,
            files: [".woodpecker/gate.yml": "when: {branch: main}\nsteps:\n" + gate],
            "ship: open, the gate can be skipped, and a skipped job counts as success: when of the workflow 'gate'"),
        ReaderRow(
            "also where that workflow failed", "depends_on: [gate]\nruns_on: [success, failure]\nsteps:\n" + deploy,
            files: [".woodpecker/gate.yml": "steps:\n" + gate],
            "ship: open, it starts whether or not the gate succeeded: runs_on: [success, failure]"),
        ReaderRow(
            "behind nothing", "depends_on: [gate]\nsteps:\n" + deploy,
            "line 1: the workflow 'gate', on which it depends, is not beside it"),
        ReaderRow(
            "a plugin", "steps:\n  - name: a\n    image: acme/deploy\n    settings: {key: {from_secret: k}}\n",
            "a: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow("no steps", "when: {}\n", "line 1: it has no steps"),
    ]

    @Test(arguments: rows)
    func `steps run in their order, or as their needs say`(row: ReaderRow) {
        row.check(".woodpecker/main.yaml", .woodpecker)
    }

    @Test func `secrets are told wherever they are named`() throws {
        let text = """
            steps:
              - name: a
                commands: [make]
                secrets: [one, {source: two, target: x}]
                environment: {KEY: {from_secret: three}}
                settings: {deep: [{key: {from_secret: four}}]}
            """
        let jobs = try #require(try readPipeline(text, at: ".woodpecker.yml", .woodpecker)).jobs
        #expect(jobs.map(\.secrets) == [["one", "two", "three", "four"]])
    }
}
