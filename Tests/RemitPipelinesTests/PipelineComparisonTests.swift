import RemitModel
import RemitPipelines
import Testing

/// What a change of a definition must be found to do.
struct ChangeRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: String?
    let after: String?
    let expected: [String]

    init(_ name: String, _ before: String?, _ after: String?, _ expected: String...) {
        testDescription = name
        self.before = before
        self.after = after
        self.expected = expected
    }

    func check(_ file: ByteString, _ system: CISystem) {
        let changes = PipelineChange.changes(
            from: before.map { [definition($0, 1, file, system)] } ?? [],
            to: after.map { [definition($0, 2, file, system)] } ?? [])
        #expect(changes.map(Self.words) == expected)
        #expect(changes.allSatisfy { $0.path == file })
    }

    static func words(_ change: PipelineChange) -> String {
        let place = change.job.map { "\($0):\(change.line.map(String.init) ?? "-")" } ?? "-"
        return "\(change.kind) \(place) \(change.reason)"
    }
}

func definition(
    _ text: String, _ id: UInt8, _ file: ByteString, _ system: CISystem, others: [ByteString: ObjectID?] = [:]
) -> Definition {
    let content: Definition.Content
    do throws(PipelineError) {
        guard let pipeline = try readPipeline(text, at: file, system) else { preconditionFailure("not read") }
        content = .pipeline(pipeline)
    } catch {
        content = .unreadable(error)
    }
    return Definition(file: file, content: content, sources: others.merging([file: object(id)]) { $1 })
}

private func object(_ byte: UInt8) -> ObjectID? { ObjectID(bytes: [UInt8](repeating: byte, count: 20)) }

@Suite struct PipelineComparisonTests {
    private static let gate =
        "  gate:\n    runs-on: a\n    steps: [{run: remit gate deploy --environment production}]\n"
    private static let deploy =
        "  ship:\n    needs: gate\n    runs-on: a\n    environment: production\n    steps: [{run: make}]\n"
    private static let check = "  check:\n    runs-on: a\n    steps: [{run: remit gate merge --target main}]\n"
    private static func on(_ events: String, _ jobs: String) -> String { "on: [\(events)]\njobs:\n\(jobs)" }
    private static func jobs(_ jobs: String) -> String { on("push", jobs) }

    private static let rows = [
        ChangeRow(
            "nothing but other steps", jobs(gate + deploy), jobs(gate + deploy.replacing("make", with: "make all"))),
        ChangeRow(
            "a deployment without a gate", jobs(gate + deploy),
            jobs(gate + deploy + deploy.replacing("ship:", with: "other:").replacing("    needs: gate\n", with: "")),
            "unguarded other:11 it deploys to 'production' (environment: production), "
                + "but no job that it needs runs 'remit gate deploy'"),
        ChangeRow("a guarded deployment", jobs(gate), jobs(gate + deploy)),
        ChangeRow(
            "the gate told to begin later", jobs(gate + deploy),
            jobs(gate.replacing("production", with: "production --since HEAD") + deploy),
            "gateLost gate:3 it now calls the gate in another way"),
        ChangeRow(
            "the gate taken out", jobs(gate + deploy), jobs(deploy.replacing("    needs: gate\n", with: "")),
            "unguarded ship:3 it deploys to 'production' (environment: production), "
                + "but no job that it needs runs 'remit gate deploy'",
            "gateLost gate:3 it ran the gate and is no longer there"),
        ChangeRow(
            "the gate made to do nothing", jobs(gate + deploy),
            jobs(gate.replacing("remit gate deploy", with: "echo remit gate deploy") + deploy),
            "unguarded ship:6 it deploys to 'production' (environment: production), "
                + "but no job that it needs runs 'remit gate deploy'",
            "gateLost gate:3 it no longer runs the gate"),
        ChangeRow(
            "the gate's failure ignored", jobs(gate), jobs(gate + "    continue-on-error: true\n"),
            "gateLost gate:3 its failure now stops nobody: continue-on-error: true"),
        ChangeRow(
            "the gate for something else", jobs(gate), jobs(gate.replacing("production", with: "staging")),
            "gateLost gate:3 it no longer runs the gate for environment 'production'"),
        ChangeRow(
            "a merge gate that can be skipped", jobs(check), jobs(check + "    if: github.actor != 'bot'\n"),
            "gateLost check:3 it can now be skipped: if: github.actor != 'bot'"),
        ChangeRow(
            "a merge gate that is skipped otherwise", jobs(check + "    if: a\n"), jobs(check + "    if: b\n"),
            "gateLost check:3 it can now be skipped: if: b"),
        ChangeRow(
            "a merge gate that waits", jobs(check),
            jobs(check + "    needs: test\n  test:\n    steps: [{run: make}]\n"),
            "gateLost check:3 it now waits for 'test', and passes as skipped when that fails"),
        ChangeRow(
            "a merge gate that waits and runs in any case", jobs(check),
            jobs(check + "    needs: test\n    if: always()\n  test:\n    steps: [{run: make}]\n")),
        ChangeRow(
            "a merge gate that no longer runs in any case",
            jobs(check + "    needs: test\n    if: always()\n  test:\n    steps: [{run: make}]\n"),
            jobs(check + "    needs: test\n  test:\n    steps: [{run: make}]\n"),
            "gateLost check:3 it is now skipped when a job that it waits for fails, and a skipped check passes"),
        ChangeRow(
            "its name given to another", jobs(check),
            jobs(check.replacing("check:", with: "other:") + "  check:\n    steps: [{run: make}]\n"),
            "gateLost check:6 it no longer runs the gate"),
        ChangeRow(
            "the definition deleted", jobs(check), nil, "gateLost check:3 it ran the gate and is no longer there"),
        ChangeRow("one without a gate deleted", jobs("  test: {steps: [{run: make}]}\n"), nil),
        ChangeRow(
            "the gate no longer started", on("pull_request, push", check), on("push", check),
            "gateLost check:3 its gate no longer runs for 'pull_request'"),
        ChangeRow(
            "its own gate put last",
            jobs(
                "  ship: {environment: production, steps: [{run: remit gate deploy --environment production}, {run: make}]}\n"
            ),
            jobs(
                "  ship: {environment: production, steps: [{run: make}, {run: remit gate deploy --environment production}]}\n"
            ),
            "unguarded ship:3 it deploys to 'production' (environment: production), "
                + "but the gate runs after other steps of the same job",
            "gateLost ship:3 the gate runs after other steps of the same job"),
        ChangeRow(
            "an open deployment beside what changes",
            jobs(deploy.replacing("    needs: gate\n", with: "")),
            jobs(deploy.replacing("    needs: gate\n", with: "") + "  test: {steps: [{run: make}]}\n")),
        ChangeRow(
            "an open deployment that reaches further",
            jobs(deploy.replacing("    needs: gate\n", with: "").replacing("production", with: "staging")),
            jobs(deploy.replacing("    needs: gate\n", with: "")),
            "unguarded ship:3 it deploys to 'production' (environment: production), "
                + "but no job that it needs runs 'remit gate deploy'"),
        ChangeRow(
            "foreign code", on("push", check), on("push, pull_request_target", check),
            "raised - it now runs for 'pull_request_target', with its secrets, whoever may cause that"),
        ChangeRow(
            "a new definition", nil, on("workflow_run", deploy.replacing("    needs: gate\n", with: "")),
            "unguarded ship:3 it deploys to 'production' (environment: production), "
                + "but no job that it needs runs 'remit gate deploy'",
            "raised - it now runs for 'workflow_run', with its secrets, whoever may cause that"),
        ChangeRow(
            "no longer readable", jobs(gate), "jobs: [\n",
            "unreadable - line 2: did not find expected node content"),
        ChangeRow("new and not readable", nil, "jobs: 1\n", "unreadable - line 1: it has no mapping 'jobs'"),
        ChangeRow("never readable", "jobs: 1\n", "jobs: 2\n", "unreadable - line 1: it has no mapping 'jobs'"),
        ChangeRow(
            "readable at last", "jobs: 1\n", jobs(gate),
            "unreadable - what was there before cannot be read, so nobody knows which gates go with it"),
        ChangeRow(
            "unreadable, and deleted", "jobs: 1\n", nil,
            "unreadable - what was there before cannot be read, so nobody knows which gates go with it"),
    ]

    @Test(arguments: rows)
    func `what opens a way round a gate is found, and nothing else`(row: ChangeRow) {
        row.check(".github/workflows/ci.yml", .github)
    }

    private static func job(_ rest: String, name: String = "a") -> String {
        jobs("  \(name): {steps: [{run: make}]\(rest.isEmpty ? "" : ", ")\(rest)}\n")
    }

    private static let permissions = [
        ChangeRow("the same", job("permissions: {contents: write}"), job("permissions: {contents: write}")),
        ChangeRow("less", job("permissions: {contents: write}"), job("permissions: {contents: read}")),
        ChangeRow(
            "more", job("permissions: {contents: read}"), job("permissions: {contents: write, id-token: write}"),
            "raised a:3 it takes permissions contents: write, id-token: write, which it did not have"),
        ChangeRow(
            "to read what it could not", job("permissions: {contents: read}"),
            job("permissions: {contents: read, packages: read}"),
            "raised a:3 it takes permissions packages: read, which it did not have"),
        ChangeRow("said at last", job(""), job("permissions: {contents: read}")),
        ChangeRow(
            "said at last, and more than a default", job(""), job("permissions: {id-token: write}"),
            "raised a:3 it takes permissions id-token: write, which it did not have"),
        ChangeRow(
            "no longer said", job("permissions: {contents: read}"), job(""),
            "raised a:3 it takes permissions by the host's default, which it did not have"),
        ChangeRow(
            "none, and then some", job("permissions: {}"), job("permissions: {contents: read}"),
            "raised a:3 it takes permissions contents: read, which it did not have"),
        ChangeRow(
            "everything", job("permissions: {contents: write}"), job("permissions: write-all"),
            "raised a:3 it takes permissions all: write, which it did not have"),
        ChangeRow("less than everything", job("permissions: write-all"), job("permissions: {packages: write}")),
        ChangeRow(
            "a new name for a job that had it", job("permissions: {contents: write}"),
            job("permissions: {contents: write}", name: "b"),
            "raised b:3 it takes permissions contents: write, which it did not have"),
        ChangeRow("a new job that says it only reads", nil, job("permissions: {contents: read}")),
        ChangeRow(
            "a secret", job(""), job("env: {K: '${{ secrets.KEY }}'}"),
            "raised a:3 it takes secrets KEY, which it did not have"),
        ChangeRow(
            "another secret and a permission", job("env: {K: '${{ secrets.KEY }}'}"),
            job("env: {K: '${{ secrets.KEY }}', L: '${{ secrets.OTHER }}'}, permissions: {deployments: write}"),
            "raised a:3 it takes permissions deployments: write and secrets OTHER, which it did not have"),
        ChangeRow("a secret less", job("env: {K: '${{ secrets.KEY }}'}"), job("")),
    ]

    @Test(arguments: permissions)
    func `what a job takes is compared with what it had`(row: ChangeRow) {
        row.check(".github/workflows/ci.yml", .github)
    }

    @Test func `an account is had wholly or not at all`() {
        func run(_ account: String) -> String {
            "kind: TaskRun\nmetadata: {name: a}\nspec: {serviceAccountName: \(account), taskSpec: {steps: []}}\n"
        }
        let file: ByteString = ".tekton/a.yaml"
        let changes = PipelineChange.changes(
            from: [definition(run("builder"), 1, file, .tekton)], to: [definition(run("deployer"), 2, file, .tekton)])
        #expect(
            changes.map(ChangeRow.words) == [
                "raised a:1 it takes permissions service-account: deployer, which it did not have"
            ])
    }

    @Test func `what a definition includes is part of it, and what is the same is not looked at`() {
        let file: ByteString = ".gitlab-ci.yml"
        let gated = definition("a: {script: [remit gate merge]}\n", 1, file, .gitlab, others: ["ci/x.yml": object(1)])
        let open = definition("a: {script: [make]}\n", 1, file, .gitlab, others: ["ci/x.yml": object(2)])
        #expect(
            PipelineChange.changes(from: [gated], to: [open]).map(ChangeRow.words) == [
                "gateLost a:1 it no longer runs the gate"
            ])
        let same = definition("a: {script: [make]}\n", 1, file, .gitlab, others: ["ci/x.yml": object(1)])
        #expect(PipelineChange.changes(from: [gated], to: [same]).isEmpty)
        let gone = definition("a: {script: [make]}\n", 1, file, .gitlab, others: ["ci/x.yml": nil])
        #expect(PipelineChange.changes(from: [gated], to: [gone]).count == 1)
    }
}
