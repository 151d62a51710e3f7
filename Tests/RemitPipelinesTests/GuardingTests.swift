import RemitModel
import RemitPipelines
import Testing

@Suite("whether a job that deploys stands behind the gate")
struct GuardingTests {
    typealias Change = @Sendable (inout PipelineJob) -> Void

    /// `gate` and `build`, which needs it, and `deploy`, which needs that.
    private func reason(
        _ environment: String? = "production", gate: Change = { _ in }, build: Change = { _ in },
        deploy: Change = { _ in }
    ) -> String {
        var jobs = ["gate", "build", "deploy"].map { PipelineJob(name: $0, line: 1) }
        jobs[0].gate = .deployment(environment: "production")
        jobs[1].needs = ["gate"]
        jobs[2].needs = ["build"]
        jobs[2].deployments = [PipelineJob.Deployment(environment: environment, evidence: "e")]
        gate(&jobs[0])
        build(&jobs[1])
        deploy(&jobs[2])
        let pipeline = Pipeline(file: "f", system: .generic, jobs: jobs)
        switch pipeline.guarding.first?.guarding {
        case .guarded(let by): return "behind \(by.joined(separator: ", "))"
        case .unguarded(let reason): return reason
        case nil: return "no job deploys"
        }
    }

    @Test("is so when each job on the way starts only after the success of the next")
    func guarded() {
        #expect(reason() == "behind gate")
        #expect(reason(nil) == "behind gate")
        #expect(reason(deploy: { $0.needs = ["gate", "build", "nobody"] }) == "behind gate")
        #expect(reason(deploy: { ($0.needs, $0.looseNeeds) = (["gate"], ["gate"]) }) == "behind gate")
        #expect(
            reason(deploy: { ($0.startsRegardless, $0.insists) = ("if: always() && …", ["build"]) }) == "behind gate")
        #expect(reason(deploy: { $0.deployments = [] }) == "no job deploys")
    }

    @Test("is not so when a job on the way can start without it")
    func ways() {
        #expect(reason(deploy: { $0.needs = [] }) == "no job that it needs runs 'remit gate deploy'")
        #expect(reason(gate: { $0.gate = .merge }) == "no job that it needs runs 'remit gate deploy'")
        #expect(
            reason(deploy: { $0.startsRegardless = "if: always()" })
                == "it starts whether or not the gate succeeded: if: always()")
        #expect(
            reason(build: { $0.startsRegardless = "if: failure()" })
                == "the job 'build' starts whether or not the gate succeeded: if: failure()")
        #expect(
            reason(build: { $0.mayFail = "allow_failure: true" })
                == "the job 'build' may fail: allow_failure: true")
        #expect(
            reason(build: { $0.maySkip = "when: manual" })
                == "the job 'build' can be skipped, and that counts as success: when: manual")
        #expect(
            reason(deploy: { $0.looseNeeds = ["build"] })
                == "the job 'build' only comes before it, and does not hold it back when it is skipped")
    }

    @Test("is not so when the gate itself stops nobody")
    func gates() {
        #expect(
            reason(gate: { $0.mayFail = "allow_failure: true" }) == "the gate may fail: allow_failure: true")
        #expect(
            reason(gate: { $0.maySkip = "if: github.actor == 'x'" })
                == "the gate can be skipped, and a skipped job counts as success: if: github.actor == 'x'")
        #expect(
            reason(
                gate: { $0.mayBeAbsent = "rules:" }, deploy: { ($0.needs, $0.looseNeeds) = (["gate"], ["gate"]) })
                == "the gate can be left out of a run, which does not hold back what comes after it: rules:")
        #expect(
            reason(gate: { $0.mayBeAbsent = "rules:" }, deploy: { $0.needs = ["gate"] }) == "behind gate")
    }

    @Test(
        "is so for the gate's own environment alone",
        arguments: [
            ("staging", "production", "deploy", "the gate is for environment 'staging'"),
            (nil, "production", "deploy", "the gate names no environment that the definition says"),
            (nil, nil, "deploy", "behind gate"), ("staging", nil, "deploy", "behind gate"),
            ("staging", nil, "deploy-prod", "the gate is for environment 'staging'"),
            ("production", nil, "deploy-prod", "behind gate"),
            ("${{ inputs.target }}", "${{ inputs.target }}", "deploy", "behind gate"),
            ("review/$CI_COMMIT_REF_SLUG", "review/$CI_COMMIT_REF_SLUG", "deploy", "behind gate"),
            ("${{ inputs.target }}", "production", "deploy", "the gate is for environment '${{ inputs.target }}'"),
            (
                "${{ matrix.target }}", "${{ matrix.target }}", "deploy",
                "the gate is for environment '${{ matrix.target }}', which need not be the same in another job"
            ),
            (
                "$TARGET", "$TARGET", "deploy",
                "the gate is for environment '$TARGET', which need not be the same in another job"
            ),
        ] as [(String?, String?, String, String)])
    func environments(_ ofGate: String?, _ ofJob: String?, _ name: String, _ expected: String) {
        let found = reason(
            ofJob, gate: { $0.gate = .deployment(environment: ofGate) }, deploy: { $0.name = name })
        #expect(found == expected)
    }

    @Test("is asked of every environment that the job deploys to")
    func several() {
        let two = ["production", "staging"].map { PipelineJob.Deployment(environment: $0, evidence: "e") }
        #expect(reason(deploy: { $0.deployments = two }) == "the gate is for environment 'production'")
        let gates = ["production", "staging"].map { PipelineJob.Gate.deployment(environment: $0) }
        #expect(reason(gate: { $0.gates = gates }, deploy: { $0.deployments = two }) == "behind gate")
    }

    @Test("is so for a job that runs the gate before all else")
    func itself() {
        #expect(
            reason(deploy: {
                ($0.needs, $0.gate, $0.isGatedByItself) = ([], .deployment(environment: "production"), true)
            })
                == "behind deploy")
        #expect(
            reason(deploy: { ($0.needs, $0.gate) = ([], .deployment(environment: "production")) })
                == "the gate runs after other steps of the same job")
        #expect(
            reason(deploy: { job in
                (job.needs, job.gate, job.gateFault) = (
                    [], .deployment(environment: "production"), "the gate may fail: x"
                )
            }) == "the gate may fail: x")
        #expect(
            reason(deploy: { ($0.needs, $0.gate, $0.isGatedByItself) = ([], .merge, true) })
                == "its own gate is 'remit gate merge', which is for no environment")
        #expect(reason(deploy: { $0.gate = .deployment(environment: "production") }) == "behind gate")
    }

    @Test("ends with jobs that need each other, and takes the way that holds")
    func circles() {
        #expect(reason(gate: { $0.needs = ["deploy", "gate"] }) == "behind gate")
        #expect(
            reason(gate: { $0.gates = [] }, build: { $0.needs = ["deploy"] })
                == "no job that it needs runs 'remit gate deploy'")
        // Two jobs of one name: the sound way counts although the other is broken.
        #expect(
            reason(
                build: { $0.startsRegardless = "if: always()" }, deploy: { $0.needs = ["build", "gate"] })
                == "behind gate")
    }
}
