import RemitModel
import RemitPipelines
import RemitTestSupport
import Testing

@Suite("a definition of any system")
struct DamagedDefinitionTests {
    private static let seeds: [(CISystem, String)] = [
        (
            .github,
            "on: push\njobs:\n  a: {needs: b, if: always() && x, steps: [{run: 'remit gate merge || x'}]}\n"
                + "  b: {uses: ./x.yml, with: {a: '${{ b }}'}, secrets: inherit}\n  c: {steps: [{uses: ./x}]}\n"
        ),
        (
            .gitlab,
            "include: x.yml\na: {extends: .b, script: [!reference [.b, script]], needs: [{job: c}]}\n"
                + ".b: {script: [x, 'y; z'], rules: [{if: a, when: always}]}\nc: {trigger: {include: x.yml}}\n"
        ),
        (
            .azure,
            "stages:\n- stage: a\n  condition: and(x, y(z))\n  jobs: [{job: b, steps: [{script: x}, {template: x.yml}]}]\n"
                + "- '${{ if x }}': [{stage: c, dependsOn: a}]\n"
        ),
        (
            .circleci,
            "commands: {c: {steps: [{when: {steps: [c]}}]}}\njobs: {a: {steps: [{run: x}, c]}}\n"
                + "workflows: {w: {jobs: [{a: {requires: [{b: failed}]}}, a]}}\n"
        ),
    ]

    @Test("with bytes changed at random is read or refused, never more")
    func damaged() {
        var random = SplitMix64(seed: 7)
        let other = Array("jobs: {}\nsteps: []\n".utf8)
        for (system, seed) in Self.seeds {
            var read = 0
            for round in 0..<400 {
                var bytes = Array(seed.utf8)
                for _ in 0..<random.below(4) {
                    bytes[random.below(bytes.count)] = Array("\n :-[]{},'\"$x.".utf8)[random.below(14)]
                }
                do throws(PipelineError) {
                    let pipeline = try PipelineDefinitions.pipeline(bytes, file: "f", system: system) { _ in
                        round % 2 == 0 ? bytes : other
                    }
                    read += pipeline == nil ? 0 : 1
                    for (job, guarding) in pipeline?.guarding ?? [] {
                        #expect(!job.deployments.isEmpty)
                        #expect(guarding.fault?.isEmpty != true)
                    }
                } catch {
                    #expect(!error.reason.isEmpty)
                }
            }
            #expect(read > 0, "\(system)")
        }
    }

    @Test(
        "of 10 MB, or with a bomb in it, is refused in clear words",
        arguments: CISystem.allCases.filter { $0 != .jenkins && $0 != .generic })
    func bounded(_ system: CISystem) {
        let long = "jobs: {a: {}}\n#" + String(repeating: "x", count: 10_000_000)
        #expect(
            Reading.verdict(system, long) == ["it is 10000015 bytes long, and a definition may have 1048576"])
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(
            Reading.verdict(system, bomb) == ["line 5: it stands for more than 100000 values, its aliases counted"])
    }

    @Test("of no system that is known is not read")
    func others() throws {
        #expect(try Reading.pipeline(.generic, "a: b\n") == nil)
    }

    @Test("that includes too many files, or passes on what its lookup throws, says so")
    func files() {
        let includes = (0..<100).map { "  - f\($0).yml\n" }.joined()
        let empty = PipelineError(file: "x", line: nil, reason: "the tree cannot be read")
        #expect(throws: PipelineError(file: "f", line: nil, reason: "it includes more than 64 files")) {
            try PipelineDefinitions.pipeline(Array("include:\n\(includes)".utf8), file: "f", system: .gitlab) { _ in
                Array("a: {}\n".utf8)
            }
        }
        #expect(throws: empty) {
            try PipelineDefinitions.pipeline(Array("include: a.yml\n".utf8), file: "f", system: .gitlab) {
                _ throws(PipelineError) in throw empty
            }
        }
    }
}
