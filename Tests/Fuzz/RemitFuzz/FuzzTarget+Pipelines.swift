import RemitModel
import RemitPipelines

extension FuzzTarget {
    static let pipelines = [yaml, shell] + readers

    private static let yaml = FuzzTarget(
        "yaml",
        seeds: [
            "on: [push]\njobs:\n  build: &b {needs: [a, 'b'], run: |\n    make\n}\n  c: *b\n",
            "a: &a {x: 1}\nb:\n  <<: [*a]\n  y: !reference [.a, script]\n---\n? k\n: >-\n  folded\n",
            "a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]\n", "\"\\u263a\": !!str 'it''s'\n", "{a: {b: [c, d: e]}}",
        ]
    ) { bytes in
        do throws(PipelineError) {
            let documents = try YAMLReader.documents(bytes, file: "f")
            require(documents.map(size).reduce(0, +) <= YAMLLimits.nodes, "a tree is bounded")
            require(documents.allSatisfy { depth($0) <= YAMLLimits.depth }, "a tree is shallow")
        } catch {
            require(error.line.map { $0 >= 1 } != false, "lines are counted from one")
            require(!error.reason.isEmpty, "a fault has a reason")
        }
    }

    private static func children(_ node: YAMLNode) -> [YAMLNode] {
        node.items ?? node.pairs?.map(\.value) ?? []
    }

    private static func size(_ node: YAMLNode) -> Int { children(node).map(size).reduce(1, +) }

    private static func depth(_ node: YAMLNode) -> Int { 1 + (children(node).map(depth).max() ?? 0) }

    private static let shell = FuzzTarget(
        "shell-script",
        seeds: [
            "set -e\nremit gate deploy --environment 'a' | tee log || true\n",
            "f() { kubectl apply; }; x=$(`a` \"$(b)\")",
            "case x in a) npm publish;; esac <<-EOF\n\tremit gate merge\n\tEOF\n", "${{ a }} ${b} $'c' \\\n >& 2 &",
        ]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        for facts in [ScriptFacts.strict(text), .lax(text)] {
            require(facts.mayFail == nil || !facts.gates.isEmpty, "only a gate can fail as one")
            require(Set(facts.deploying).count == facts.deploying.count, "what deploys is said once")
        }
    }

    private static let readers = [
        reader(
            "workflow-github", .github,
            "on: push\njobs:\n  a: {needs: b, if: always(), steps: [{run: remit gate merge}]}"),
        reader("pipeline-gitlab", .gitlab, "a: {extends: .b, script: [!reference [.b, script]]}\n.b: {script: [x]}"),
        reader("pipeline-azure", .azure, "stages: [{stage: a, condition: 'and(x, y)', jobs: [{job: b, steps: []}]}]"),
        reader(
            "pipeline-circleci", .circleci,
            "jobs: {a: {steps: [{run: x}]}}\nworkflows: {w: {jobs: [{a: {requires: [b]}}]}}"),
        reader(
            "pipeline-buildkite", .buildkite,
            "steps: [{command: x, key: k}, wait, {group: g, steps: [{trigger: t, depends_on: k}]}]"),
        reader(
            "pipeline-bitbucket", .bitbucket,
            "pipelines: {default: [{step: {script: [x, {pipe: p}]}}, {parallel: [{step: {script: [y]}}]}]}"),
        reader(
            "workflow-woodpecker", .woodpecker,
            "depends_on: [a]\nsteps: [{name: b, when: [{status: [failure]}], commands: [x], depends_on: [c]}]"),
        reader(
            "pipeline-tekton", .tekton,
            "kind: PipelineRun\nspec: {pipelineSpec: {tasks: [{name: a, runAfter: [b]}], finally: [{name: c}]}}\n---\n"),
        reader(
            "jenkinsfile", .jenkins,
            "@Library('x') _\npipeline { stages { stage(\"a ${b}\") { when { branch /x/ } steps { sh '''y''' } } } } //"
        ),
    ]

    private static func reader(_ name: String, _ system: CISystem, _ seed: String) -> FuzzTarget {
        FuzzTarget(name, seeds: [seed]) { bytes in
            do throws(PipelineError) {
                // A definition that names a file is given itself, so that circles are found.
                guard
                    let pipeline = try PipelineDefinitions.pipeline(
                        bytes, file: "f", system: system, lookup: { path in path == "f" ? nil : bytes })
                else { return }
                require(pipeline.jobs.count <= 2 * 500, "jobs are bounded")
                for (job, guarding) in pipeline.guarding {
                    require(!job.deployments.isEmpty, "only what deploys is asked about")
                    require(guarding.fault?.isEmpty != true, "a fault has words")
                }
            } catch {
                require(!error.reason.isEmpty, "a fault has a reason")
            }
        }
    }
}
