import RemitModel
import RemitPipelines
import Testing

@Suite struct TektonReaderTests {
    private static func run(_ tasks: String, finally: String = "") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: PipelineRun
        metadata: {name: main}
        spec:
          pipelineSpec:
            tasks:
        \(tasks)
        \(finally.isEmpty ? "" : "    finally:\n" + finally)
        """
    }

    private static let gate =
        "      - name: gate\n        taskSpec: {steps: [{image: remit, script: remit gate deploy --environment production}]}\n"
    private static let deploy =
        "      - name: ship\n        taskSpec: {steps: [{image: a, script: kubectl apply -f k8s}]}\n"
    private static let after = "        runAfter: [gate]\n"

    private static let rows = [
        ReaderRow("after it", run(gate + deploy + after), "main / ship: behind main / gate"),
        ReaderRow(
            "at the same time", run(gate + deploy),
            "main / ship: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "after its result",
            run(gate + deploy + "        params: [{name: a, value: $(tasks.gate.results.decision)}]\n"),
            "main / ship: behind main / gate"),
        ReaderRow(
            "a failure that is ignored", run(gate + "        onError: continue\n" + deploy + after),
            "main / ship: open, the gate may fail: onError: continue"),
        ReaderRow(
            "a step's failure that is ignored",
            run(
                "      - name: gate\n        taskSpec: {steps: [{script: remit gate deploy, onError: continue}]}\n"
                    + deploy
                    + after), "main / ship: open, the gate may fail: onError: continue"),
        ReaderRow(
            "a gate that may be left out",
            run(gate + "        when: [{input: a, operator: in, values: [b]}]\n" + deploy + after),
            "main / ship: open, the gate can be skipped, and a skipped job counts as success: when"),
        ReaderRow(
            "finally", run(gate, finally: deploy),
            "main / ship: open, it starts whether or not the gate succeeded: finally"),
        ReaderRow(
            "a shell that goes on",
            run(
                "      - name: gate\n        taskSpec:\n          steps:\n            - script: |\n"
                    + "                #!/bin/sh\n                remit gate deploy\n                echo done\n"
                    + deploy
                    + after),
            "main / ship: open, the gate may fail: the script goes on after it, for its shell does not stop at a failure"
        ),
        ReaderRow(
            "by command and arguments",
            run(
                "      - name: gate\n        taskSpec: {steps: [{command: [remit], args: [gate, deploy]}]}\n" + deploy
                    + after),
            "main / ship: behind main / gate"),
        ReaderRow(
            "a task of the same file",
            run("      - name: gate\n        taskRef: {name: check}\n" + deploy + after)
                + "\n---\nkind: Task\nmetadata: {name: check}\nspec: {steps: [{script: remit gate deploy}]}\n",
            "main / ship: behind main / gate"),
        ReaderRow(
            "tasks that are kept elsewhere", run("      - name: a\n        taskRef: {name: kubernetes-deploy}\n"),
            "main / a: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a pipeline of another file", "kind: PipelineRun\nspec: {pipelineRef: {name: main}}\n",
            files: [
                ".tekton/main.yaml":
                    "kind: Pipeline\nmetadata: {name: main}\nspec: {tasks: [{name: deploy, taskRef: {name: a}}]}\n"
            ], "run / deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a pipeline that is nowhere", "kind: PipelineRun\nspec: {pipelineRef: {name: main}}\n",
            "line 2: the pipeline 'main', which it runs, is neither in this file nor in 'main.yaml'"),
        ReaderRow("no kind", "a: b\n", "line 1: a document has no 'kind'"),
    ]

    @Test(arguments: rows)
    func `a task waits for what runAfter and results say`(row: ReaderRow) { row.check(".tekton/push.yaml", .tekton) }

    @Test func `a run's account is a permission, and secrets are told wherever they are named`() throws {
        let text = """
            kind: PipelineRun
            metadata: {generateName: push-}
            spec:
              taskRunTemplate: {serviceAccountName: deployer}
              workspaces: [{name: w, secret: {secretName: volume}}]
              pipelineSpec:
                tasks:
                  - name: a
                    taskSpec: {steps: [{env: [{name: K, valueFrom: {secretKeyRef: {name: key, key: k}}}]}]}
            """
        let job = try #require(try readPipeline(text, at: ".tekton/push.yaml", .tekton)?.jobs.first)
        #expect(job.permissions == ["service-account: deployer"])
        #expect(job.secrets == ["volume", "key"])
        #expect(job.name == "push- / a")
    }
}
