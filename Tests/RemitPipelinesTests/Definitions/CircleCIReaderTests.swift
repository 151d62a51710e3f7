import RemitModel
import RemitPipelines
import Testing

@Suite("a pipeline of CircleCI's")
struct CircleCIReaderTests {
    private func config(
        requires: String = "requires: [gate]", script: String = "remit gate deploy --environment production",
        step: String = "", job: String = ""
    ) -> String {
        """
        version: 2.1
        jobs:
          gate:
            \(job)
            docker: [{image: x}]
            steps:
              - checkout
              - run:
                  command: |
                    \(script)
                  \(step)
          deploy-prod: {docker: [{image: x}], steps: [{run: ./go}]}
        workflows:
          main:
            jobs:
              - gate
              - deploy-prod: {\(requires)}
        """
    }

    private func verdict(_ text: String) -> String { Reading.verdict(.circleci, text).joined(separator: "\n") }

    @Test(
        "lets a job deploy behind the gate",
        arguments: [
            "requires: [gate]", "requires: [gate], context: prod", "requires: [{gate: success}]",
            "requires: [{gate: [success]}], filters: {branches: {only: main}}",
        ])
    func guarded(_ requires: String) {
        #expect(verdict(config(requires: requires)) == "main/deploy-prod -> ?: behind main/gate")
    }

    @Test("that lets it start all the same says so")
    func regardless() {
        let job = "main/deploy-prod -> ?: "
        #expect(verdict(config(requires: "context: x")) == job + "no job that it needs runs 'remit gate deploy'")
        #expect(verdict(config(requires: "requires: []")) == job + "no job that it needs runs 'remit gate deploy'")
        #expect(
            verdict(config(requires: "requires: [{gate: [success, failed]}]"))
                == job + "it starts whether or not the gate succeeded: requires: gate: [success, failed]")
        #expect(
            verdict(config(requires: "requires: [{gate: terminal}]"))
                == job + "it starts whether or not the gate succeeded: requires: gate: [terminal]")
        #expect(verdict(config(step: "background: true")) == job + "the gate may fail: background: true")
        #expect(
            verdict(config(step: "when: on_fail"))
                == job + "the gate can be skipped, and a skipped job counts as success: when: on_fail")
        #expect(
            verdict(
                config(script: "remit gate deploy --environment production\n            make", job: "shell: /bin/bash"))
                == job + "the gate may fail: the script goes on after it, for its shell does not stop at a failure")
        #expect(
            verdict(config(script: "remit gate deploy --environment production | tee x")) == job + "behind main/gate")
        #expect(
            verdict(config(script: "remit gate deploy --environment staging"))
                == job + "the gate is for environment 'staging'")
        #expect(
            verdict(config(step: "shell: /usr/bin/python3")) == job + "no job that it needs runs 'remit gate deploy'")
    }

    @Test("reads its commands with their parameters, and is of one workflow at a time")
    func commands() {
        let text = { (command: String, jobs: String) in
            """
            commands:
              gate:
                parameters: {to: {type: string, default: staging}}
                steps: [\(command)]
            jobs:
              gate: {parameters: {to: {type: string}}, steps: [{gate: {to: << parameters.to >>}}]}
              deploy-prod: {steps: [{run: ./go}]}
            workflows:
              one: {jobs: [{gate: {to: production}}, {hold: {type: approval, requires: [gate]}},
                           {deploy-prod: {requires: [hold]}}]}
              two: {jobs: [\(jobs)]}
            """
        }
        let run = "{run: remit gate deploy --environment << parameters.to >>}"
        #expect(
            verdict(text(run, "{gate: {to: staging, name: g}}, {deploy-prod: {requires: [g]}}"))
                == "one/deploy-prod -> ?: behind one/gate\ntwo/deploy-prod -> ?: the gate is for environment 'staging'")
        #expect(
            verdict(text(run, "deploy-prod"))
                == "one/deploy-prod -> ?: behind one/gate\n"
                + "two/deploy-prod -> ?: no job that it needs runs 'remit gate deploy'")
        #expect(
            verdict(text("{when: {condition: << pipeline.parameters.x >>, steps: [\(run)]}}", ""))
                == "one/deploy-prod -> ?: the gate can be skipped, and a skipped job counts as success: when")
        #expect(verdict(text("gate", "")) == "line 4: commands use each other more than 8 deep")
    }

    @Test("takes contexts, and gives them to jobs of orbs that nobody sees")
    func orbs() throws {
        let text = """
            workflows:
              main: {jobs: [{aws/do: {context: [a, b]}}, aws/check, aws/deploy, {hold: {type: approval}}]}
            """
        let jobs = try #require(try Reading.pipeline(.circleci, text)).jobs
        #expect(jobs[0].secrets == ["the context a", "the context b"])
        #expect(
            jobs.map { $0.deployments.first?.evidence ?? "" } == [
                "it gives contexts to 'aws/do', whose steps are not seen", "", "its name", "",
            ])
    }

    @Test("guards a job by a gate before its own steps")
    func itself() {
        let text = { (steps: String) in
            "jobs: {build: {environment: {TO: production}, steps: [checkout, \(steps)]}}\n"
        }
        let gate = "{run: remit gate deploy --environment $TO}"
        #expect(verdict(text("\(gate), {deploy: ./go}")) == "build -> ?: behind build")
        #expect(
            verdict(text("{run: make}, \(gate), {deploy: ./go}"))
                == "build -> ?: the gate runs after other steps of the same job")
        #expect(
            verdict(text("\(gate), {run: {command: helm upgrade x, when: always}}"))
                == "build -> ?: a step after the gate runs whether or not it succeeded: when: always")
        #expect(verdict("version: 2.1\n") == "line 1: it has neither a mapping 'jobs' nor 'workflows'")
    }
}
