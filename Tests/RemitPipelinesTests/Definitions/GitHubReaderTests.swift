import RemitModel
import RemitPipelines
import Testing

@Suite("a workflow of GitHub's")
struct GitHubReaderTests {
    /// A gate in a job of its own, and a job that deploys behind it.
    private func workflow(
        gate: String = "", step: String = "", run: String = "remit gate deploy --environment production",
        needs: String = "needs: gate", deploy: String = "environment: production"
    ) -> String {
        """
        on: push
        jobs:
          gate:
            runs-on: ubuntu-latest
            \(gate)
            steps:
              - uses: actions/checkout@v4
              - run: |
                  \(run)
                \(step)
          deploy:
            \(needs)
            \(deploy)
            runs-on: ubuntu-latest
            steps:
              - run: ./put.sh
        """
    }

    private func verdict(_ text: String) -> String { Reading.verdict(.github, text).joined(separator: "\n") }

    @Test(
        "lets a job deploy behind the gate",
        arguments: [
            "needs: gate", "needs: [gate]", "needs: [gate]\n    if: github.ref == 'refs/heads/main'",
            "needs: gate\n    if: success() && github.actor != 'x'",
            "needs: gate\n    if: ${{ always() && needs.gate.result == 'success' }}",
            "needs: gate\n    if: \"!cancelled() && 'success' == needs['gate'].result\"",
            "needs: gate\n    continue-on-error: true",
        ])
    func guarded(_ needs: String) {
        #expect(verdict(workflow(needs: needs)) == "deploy -> production: behind gate")
    }

    @Test(
        "that lets it start all the same says so",
        arguments: [
            ("", "no job that it needs runs 'remit gate deploy'"),
            ("needs: []", "no job that it needs runs 'remit gate deploy'"),
            ("needs: gate\n    if: always()", "it starts whether or not the gate succeeded: if: always()"),
            (
                "needs: gate\n    if: ${{ !cancelled() }}",
                "it starts whether or not the gate succeeded: if: ${{ !cancelled() }}"
            ),
            ("needs: gate\n    if: failure()", "it starts whether or not the gate succeeded: if: failure()"),
            (
                "needs: gate\n    if: success() || github.actor == 'x'",
                "it starts whether or not the gate succeeded: if: success() || github.actor == 'x'"
            ),
            (
                "needs: gate\n    if: always() && needs.gate.result != 'failure'",
                "it starts whether or not the gate succeeded: if: always() && needs.gate.result != 'failure'"
            ),
            (
                "needs: gate\n    if: ${{ always() }} && needs.gate.result == 'success'",
                "it starts whether or not the gate succeeded: if: ${{ always() }} && needs.gate.result == 'success'"
            ),
            (
                "needs: gate\n    if: (always() && needs.gate.result == 'success') || true",
                "it starts whether or not the gate succeeded: "
                    + "if: (always() && needs.gate.result == 'success') || true"
            ),
        ])
    func regardless(_ needs: String, _ reason: String) {
        #expect(verdict(workflow(needs: needs)) == "deploy -> production: \(reason)")
    }

    @Test("whose gate may fail or be skipped says so")
    func gates() {
        let job = "deploy -> production: "
        #expect(
            verdict(workflow(gate: "continue-on-error: true")) == job + "the gate may fail: continue-on-error: true")
        #expect(
            verdict(workflow(step: "continue-on-error: ${{ inputs.x }}"))
                == job + "the gate may fail: continue-on-error: ${{ inputs.x }}")
        #expect(
            verdict(workflow(step: "if: github.actor == 'x'"))
                == job + "the gate can be skipped, and a skipped job counts as success: if: github.actor == 'x'")
        #expect(verdict(workflow(step: "if: always()")) == job + "behind gate")
        #expect(
            verdict(workflow(run: "remit gate deploy --environment production | tee log"))
                == job + "the gate may fail: it stands before '|', which hides its failure")
        #expect(
            verdict(workflow(step: "shell: bash", run: "remit gate deploy --environment production | tee log"))
                == job + "behind gate")
        #expect(
            verdict(
                workflow(step: "shell: bash {0}", run: "remit gate deploy --environment production\n          make"))
                == job + "the gate may fail: the script goes on after it, for its shell does not stop at a failure")
        #expect(
            verdict(workflow(step: "shell: python", run: "remit gate deploy --environment production"))
                == job + "no job that it needs runs 'remit gate deploy'")
        // A job that needs a skipped one is skipped with it.
        #expect(verdict(workflow(gate: "if: github.actor == 'x'")) == job + "behind gate")
        #expect(
            verdict(workflow(run: "remit gate deploy --environment staging"))
                == job + "the gate is for environment 'staging'")
    }

    @Test("whose merge gate is skipped passes its required check, and says so")
    func merge() throws {
        let text = workflow(gate: "if: github.actor != 'bot'", run: "remit gate merge")
        #expect(try Reading.job("gate", .github, text)?.maySkip == "if: github.actor != 'bot'")
        #expect(verdict(text) == "deploy -> production: no job that it needs runs 'remit gate deploy'")
    }

    @Test(
        "names environments by variables, inputs and matrices",
        arguments: [
            (
                "env:\n      TARGET: production", "remit gate deploy --environment \"$TARGET\"",
                "environment: production", "behind gate"
            ),
            (
                "", "remit gate deploy --environment \"$TARGET\"", "environment: production",
                "the gate is for environment '$TARGET'"
            ),
            (
                "env: {T: '${{inputs.to}}'}", "remit gate deploy --environment \"$T\"",
                "environment: {name: '${{ inputs.to }}'}",
                "behind gate"
            ),
            (
                "strategy: {matrix: {to: [staging, production]}}", "remit gate deploy --environment ${{ matrix.to }}",
                "environment: production", "behind gate"
            ),
            (
                "strategy: {matrix: {to: [staging], include: [{to: x}]}}",
                "remit gate deploy --environment ${{ matrix.to }}",
                "environment: staging", "the gate is for environment '${{ matrix.to }}'"
            ),
        ])
    func environments(_ gate: String, _ run: String, _ deploy: String, _ expected: String) {
        let found = verdict(workflow(gate: gate, run: run, deploy: deploy))
        #expect(found.hasSuffix(": " + expected), "\(found)")
    }

    @Test(
        "deploys by the word for it, a name, or a command",
        arguments: [
            ("a", "environment: {name: production, url: x}", "make", "production", "environment: production"),
            ("deploy-prod", "", "make", "?", "its name"), ("releaseIt", "", "make", "?", "its name"),
            ("a", "", "kubectl apply -f x", "?", "the command 'kubectl apply'"), ("a", "name: x", "make", "", ""),
            ("test-deploy", "", "make", "", ""), ("release-notes", "", "make", "", ""),
        ])
    func deployments(_ name: String, _ job: String, _ run: String, _ environment: String, _ evidence: String) throws {
        let text = "on: push\njobs:\n  \(name):\n    runs-on: x\n    \(job)\n    steps:\n      - run: \(run)\n"
        let deployment = try Reading.job(name, .github, text)?.deployments.first
        #expect(deployment.map { $0.environment ?? "?" } ?? "" == environment)
        #expect(deployment?.evidence ?? "" == evidence)
    }

    @Test(
        "deploys by an action or a step's name",
        arguments: [
            (
                "uses: docker/build-push-action@v6\n        with: {push: true}",
                "the action 'docker/build-push-action@v6'"
            ),
            ("uses: docker/build-push-action@v6\n        with: {push: false}", ""),
            ("uses: goreleaser/goreleaser-action@v6\n        with: {args: build --snapshot}", ""),
            (
                "uses: goreleaser/goreleaser-action@v6\n        with: {args: release --clean}",
                "the action 'goreleaser/goreleaser-action@v6'"
            ), ("uses: actions/deploy-pages@v4", "the action 'actions/deploy-pages@v4'"),
            ("uses: pypa/gh-action-pypi-publish@release/v1", "the action 'pypa/gh-action-pypi-publish@release/v1'"),
            ("uses: https://code.forgejo.org/actions/checkout@v4", ""), ("uses: actions/setup-go@v5", ""),
            ("name: Deploy to the cluster\n        run: ./go", "the step 'Deploy to the cluster'"),
            ("name: Publish test results\n        run: ./go", ""), ("name: Build for release\n        run: ./go", ""),
        ])
    func actions(_ step: String, _ evidence: String) throws {
        let text = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - \(step)\n"
        #expect(try Reading.job("a", .github, text)?.deployments.first?.evidence ?? "" == evidence)
    }

    @Test(
        "guards a job by a gate before all its other steps",
        arguments: [
            (
                "- uses: actions/checkout@v4\n      - run: remit gate deploy --environment p\n      - run: ./go",
                "behind a"
            ),
            (
                "- run: make\n      - run: remit gate deploy --environment p",
                "the gate runs after other steps of the same job"
            ),
            (
                "- uses: x/y@v1\n      - run: remit gate deploy --environment p",
                "the gate runs after other steps of the same job"
            ),
            (
                "- run: remit gate deploy --environment p\n        continue-on-error: true\n      - run: ./go",
                "the gate may fail: continue-on-error: true"
            ),
            (
                "- run: remit gate deploy --environment p\n        if: inputs.gate\n      - run: ./go",
                "the gate can be skipped: if: inputs.gate"
            ),
            (
                "- run: remit gate deploy --environment p\n      - run: ./go\n        if: always()",
                "a step after the gate runs whether or not it succeeded: if: always()"
            ),
            (
                "- run: remit gate deploy --environment p\n      - uses: actions/upload-artifact@v4\n        if: always()",
                "behind a"
            ),
            (
                "- run: |\n          remit gate deploy --environment p || true\n          ./go",
                "the gate may fail: it stands before '||'"
            ),
        ])
    func itself(_ steps: String, _ expected: String) {
        let text = "on: push\njobs:\n  a:\n    environment: p\n    runs-on: x\n    steps:\n      \(steps)\n"
        #expect(verdict(text) == "a -> p: \(expected)")
    }

    @Test("takes permissions and secrets")
    func takes() throws {
        let text = """
            on: [pull_request_target]
            permissions: {contents: read}
            env: {A: "${{ secrets.one }}"}
            jobs:
              a:
                runs-on: x
                steps: [{run: "echo ${{ secrets.Two }} ${{ secrets['three'] }} mysecrets.four"}]
              b:
                runs-on: x
                permissions: write-all
                steps:
                  - uses: actions/checkout@v4
                    with: {ref: "${{ github.event.pull_request.head.sha }}"}
              c:
                permissions: {}
                uses: o/r/.github/workflows/x.yml@v1
                secrets: inherit
            """
        let a = try #require(try Reading.job("a", .github, text))
        #expect(a.permissions == ["contents: read"])
        #expect(a.secrets == ["ONE", "TWO", "THREE"])
        let b = try #require(try Reading.job("b", .github, text))
        #expect(b.permissions == ["all: write", "run the head of a pull request on pull_request_target: write"])
        let c = try #require(try Reading.job("c", .github, text))
        #expect(c.permissions == ["all: none"])
        #expect(c.secrets == ["ONE", "*"])
        #expect(
            verdict(text)
                == "c -> ?: no job that it needs runs 'remit gate deploy'")
        #expect(
            c.deployments.first?.evidence
                == "it gives secrets to 'o/r/.github/workflows/x.yml@v1', whose jobs are not seen")
        #expect(try Reading.pipeline(.github, text)?.triggers == ["pull_request_target"])
        #expect(try Reading.job("a", .github, "on: push\njobs: {a: {steps: []}}")?.permissions == [])
        // Older Gitea ignores the word.
        #expect(try Reading.job("a", .gitea, text)?.permissions == [])
        #expect(try Reading.job("b", .forgejo, text)?.permissions.contains("all: write") == true)
    }

    @Test("reads the workflows that it calls")
    func called() {
        let text = """
            on: push
            jobs:
              checks: {uses: ./.github/workflows/checks.yml, with: {to: production}}
              deploy: {needs: checks, environment: production, runs-on: x, steps: [{run: ./go}]}
            """
        let gate = """
            on: {workflow_call: {inputs: {to: {type: string}, other: {type: string, default: staging}}}}
            jobs:
              gate:
                runs-on: x
                steps: [{run: 'remit gate deploy --environment "$TO"', env: {TO: "${{ inputs.to }}"}}]
              after: {needs: gate, environment: "${{ inputs.to }}", runs-on: x, steps: [{run: ./go}]}
              beside: {environment: "${{ inputs.other }}", runs-on: x, steps: [{run: ./go}]}
            """
        let path: ByteString = ".github/workflows/checks.yml"
        #expect(
            Reading.verdict(.github, text, [path: gate]) == [
                "checks / after -> production: behind checks / gate",
                "checks / beside -> staging: no job that it needs runs 'remit gate deploy'",
                "deploy -> production: behind checks / gate",
            ])
        let skipped = gate.replacing("gate:\n    runs-on: x", with: "gate:\n    if: inputs.x\n    runs-on: x")
        #expect(
            Reading.verdict(.github, text, [path: skipped]).last
                == "deploy -> production: the gate can be skipped, and a skipped job counts as success: if: inputs.x")
        #expect(
            Reading.verdict(.github, text) == [
                "line 3: the workflow './.github/workflows/checks.yml' is not in the tree"
            ])
        let circle = "on: workflow_call\njobs: {a: {uses: ./.github/workflows/checks.yml}}"
        #expect(
            Reading.verdict(.github, text, [path: circle]) == ["line 2: workflows call each other more than 8 deep"])
    }

    @Test("reads the local actions that it uses")
    func composite() {
        let text = """
            on: push
            jobs:
              a:
                environment: production
                runs-on: x
                steps:
                  - uses: actions/checkout@v4
                  - uses: ./.github/actions/gate
                    with: {environment: production}
                  - run: ./go
            """
        let action = """
            inputs: {environment: {required: true}}
            runs:
              using: composite
              steps:
                - run: remit gate deploy --environment "$TO"
                  shell: bash
                  env: {TO: "${{ inputs.environment }}"}
            """
        #expect(
            Reading.verdict(.github, text, [".github/actions/gate/action.yml": action]) == ["a -> production: behind a"]
        )
        #expect(
            Reading.verdict(.github, text) == ["a -> production: no job that it needs runs 'remit gate deploy'"])
        let circle = "runs: {using: composite, steps: [{uses: ./.github/actions/gate}]}"
        #expect(
            Reading.verdict(.github, text, [".github/actions/gate/action.yml": circle])
                == ["line 1: actions use each other more than 8 deep"])
    }

    @Test(
        "knows this project's templates by where they lie",
        arguments: [
            ("x/remit/ci-templates/github@v1", "behind gate"),
            ("x/other/ci-templates/github@v1", "no job that it needs runs 'remit gate deploy'"),
        ])
    func templates(_ uses: String, _ expected: String) {
        let text = """
            on: push
            jobs:
              gate: {runs-on: x, steps: [{uses: \(uses), with: {gate: deploy, environment: production}}]}
              deploy: {needs: gate, environment: production, runs-on: x, steps: [{run: ./go}]}
            """
        #expect(verdict(text) == "deploy -> production: \(expected)")
    }

    @Test("says how the gate is called")
    func calls() throws {
        let text = """
            on: push
            jobs:
              a:
                steps:
                  - run: make
                  - run: remit gate deploy --root "$ROOT" --environment p | tee x
                  - {uses: x/remit/ci-templates/github@v1, with: {root: r, gate: merge}}
              b: {uses: x/remit/ci-templates/github/deploy.yml@v1, with: {environment: p}}
            """
        #expect(
            try Reading.job("a", .github, text)?.gateCalls == [
                "remit gate deploy --root $ROOT --environment p",
                "x/remit/ci-templates/github@v1, gate: merge, root: r",
            ])
        #expect(
            try Reading.job("b", .github, text)?.gateCalls == [
                "x/remit/ci-templates/github/deploy.yml@v1, environment: p"
            ])
    }

    @Test(
        "that nobody can read is refused",
        arguments: [
            ("on: push\n", "line 1: it has no mapping 'jobs'"), ("jobs: [a]", "line 1: it has no mapping 'jobs'"),
            ("jobs:\n  a: b\n", "line 2: the job 'a' is no mapping"),
            ("jobs:\n  a/b: {}\n", "line 2: the job 'a/b' has a '/' in its name"),
            ("jobs:\n" + (0...500).map { "  j\($0): {}\n" }.joined(), "line 502: it has more than 500 jobs"),
        ])
    func refused(_ text: String, _ reason: String) {
        #expect(Reading.verdict(.github, text) == [reason])
    }
}
