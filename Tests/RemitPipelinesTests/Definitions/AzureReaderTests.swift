import RemitModel
import RemitPipelines
import Testing

@Suite("a pipeline of Azure's")
struct AzureReaderTests {
    private func stages(
        gate: String = "", step: String = "", deploy: String = "", job: String = "",
        script: String = "remit gate deploy --environment production"
    ) -> String {
        """
        stages:
          - stage: Gate
            jobs:
              - job: gate
                \(gate)
                steps:
                  - checkout: self
                  - script: |
                      \(script)
                    \(step)
          - stage: Rollout
            \(deploy)
            jobs:
              - deployment: web
                environment: production
                \(job)
                strategy: {runOnce: {deploy: {steps: [{script: ./go}]}}}
        """
    }

    private func verdict(_ text: String, _ files: [ByteString: String] = [:]) -> String {
        Reading.verdict(.azure, text, files).joined(separator: "\n")
    }

    @Test(
        "lets a stage deploy behind the gate",
        arguments: [
            "", "dependsOn: Gate", "dependsOn: [gate]", "condition: succeeded()",
            "condition: and(succeeded(), eq(variables['x'], 'a,b)'))",
            "condition: and(always(), eq(dependencies.Gate.result, 'Succeeded'))",
        ])
    func guarded(_ deploy: String) {
        #expect(verdict(stages(deploy: deploy)) == "Rollout.web -> production: behind Gate.gate")
    }

    @Test("that lets it start all the same says so")
    func regardless() {
        let job = "Rollout.web -> production: "
        #expect(
            verdict(stages(deploy: "dependsOn: []")) == job + "no job that it needs runs 'remit gate deploy'")
        for condition in ["always()", "succeededOrFailed()", "eq(variables['x'], 'y')", "or(succeeded(), always())"] {
            #expect(
                verdict(stages(deploy: "condition: \(condition)"))
                    == job + "the job 'Rollout' starts whether or not the gate succeeded: condition: \(condition)")
        }
        // A job's own condition starts nothing in a stage that does not start.
        #expect(verdict(stages(job: "condition: always()")) == job + "behind Gate.gate")
        #expect(
            verdict(stages(gate: "continueOnError: true")) == job + "the gate may fail: continueOnError: true")
        #expect(
            verdict(stages(step: "continueOnError: true")) == job + "the gate may fail: continueOnError: true")
        #expect(
            verdict(stages(gate: "condition: and(succeeded(), eq(variables['x'], 'y'))"))
                == job + "the gate can be left out of a run, which does not hold back what comes after it: "
                + "condition: and(succeeded(), eq(variables['x'], 'y'))")
        #expect(
            verdict(stages(step: "condition: eq(variables['x'], 'y')"))
                == job + "the gate can be skipped, and a skipped job counts as success: "
                + "condition: eq(variables['x'], 'y')")
        #expect(
            verdict(stages(step: "enabled: false"))
                == job + "the gate can be skipped, and a skipped job counts as success: enabled: false")
        #expect(
            verdict(stages(script: "remit gate deploy --environment production\n              echo done"))
                == job + "the gate may fail: the script goes on after it, for its shell does not stop at a failure")
        #expect(
            verdict(stages(script: "remit gate deploy --environment staging"))
                == job + "the gate is for environment 'staging'")
    }

    @Test("orders the jobs of one stage by what they depend on")
    func jobs() {
        let text = { (depends: String) in
            """
            jobs:
              - job: gate
                steps: [{bash: 'remit gate deploy --environment "$TO"', env: {TO: production}}]
              - deployment: web
                environment: {name: production.web}
                \(depends)
                strategy: {rolling: {deploy: {steps: [{script: ./go}]}}}
            """
        }
        #expect(verdict(text("dependsOn: gate")) == "web -> production: behind gate")
        #expect(verdict(text("")) == "web -> production: no job that it needs runs 'remit gate deploy'")
        #expect(
            verdict(text("dependsOn: gate\n    condition: always()"))
                == "web -> production: it starts whether or not the gate succeeded: condition: always()")
        #expect(
            verdict(text("dependsOn: gate\n    condition: eq(dependencies.gate.result, 'Succeeded')"))
                == "web -> production: behind gate")
    }

    @Test("reads the templates that it uses")
    func templates() {
        let text = """
            parameters: [{name: to, default: production}]
            stages:
              - template: ci/gate.yml
                parameters: {environment: '${{ parameters.to }}'}
              - stage: Rollout
                jobs: [{deployment: web, environment: '${{ parameters.to }}', strategy: {}}]
            """
        let gate = """
            parameters: [{name: environment, type: string}]
            stages:
              - stage: Gate
                jobs: [{job: gate, steps: [{template: steps.yml, parameters: {e: '${{ parameters.environment }}'}}]}]
            """
        let steps = "parameters: {e: ''}\nsteps: [{script: 'remit gate deploy --environment ${{ parameters.e }}'}]\n"
        let files: [ByteString: String] = ["ci/gate.yml": gate, "ci/steps.yml": steps]
        #expect(verdict(text, files) == "Rollout.web -> production: behind Gate.gate")
        #expect(verdict(text) == "line 3: the template 'ci/gate.yml' is not in the tree")
        let circle = "stages: [{template: gate.yml}]\n"
        #expect(verdict(text, ["ci/gate.yml": circle]) == "line 1: templates use each other more than 16 deep")
        let conditional = gate.replacing("[{template", with: "[{'${{ if eq(1, 2) }}': [{template")
            .replacing("environment }}'}}]}]", with: "environment }}'}}]}]}]")
        #expect(
            verdict(text, ["ci/gate.yml": conditional, "ci/steps.yml": steps])
                == "Rollout.web -> production: the gate can be skipped, and a skipped job counts as success: "
                + "${{ if eq(1, 2) }}")
        #expect(
            verdict("extends: {template: main.yml}\n", ["main.yml": "steps: [{script: helm upgrade x}]\n"])
                == "job -> ?: no job that it needs runs 'remit gate deploy'")
    }

    @Test("takes variable groups and service connections, and deploys by tasks")
    func takes() throws {
        let text = """
            variables: [{group: all}, {name: a, value: b}]
            stages:
              - stage: One
                variables: [{group: one}]
                jobs:
                  - job: a
                    steps: [{task: AzureWebApp@1, inputs: {azureSubscription: prod}}]
              - stage: Two
                jobs: [{job: b, steps: [{script: make}]}, {job: c, steps: [{template: deploy.yml@other}]}]
            """
        let a = try #require(try Reading.job("One.a", .azure, text))
        #expect(a.secrets == ["the variable group all", "the variable group one", "the service connection prod"])
        #expect(a.deployments.first?.evidence == "the task 'AzureWebApp@1'")
        let b = try #require(try Reading.job("Two.b", .azure, text))
        #expect(b.secrets == ["the variable group all"])
        #expect(b.deployments.isEmpty)
        #expect(
            try Reading.job("Two.c", .azure, text)?.deployments.first?.evidence == "the template 'deploy.yml@other'")
    }

    @Test("guards a deployment by a gate before its own steps, but not what it does on failure")
    func itself() {
        let text = { (on: String) in
            """
            jobs:
              - deployment: web
                environment: production
                strategy:
                  runOnce:
                    preDeploy: {steps: [{script: remit gate deploy --environment production}]}
                    deploy: {steps: [{script: ./go}]}
                    \(on)
            """
        }
        #expect(verdict(text("")) == "web -> production: behind web")
        #expect(
            verdict(text("on: {failure: {steps: [{script: ./back}]}}"))
                == "web -> production: a step after the gate runs whether or not it succeeded: on: failure")
    }
}
