import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit gate merge`: what would land, before it lands.
struct GateMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Judge what a merge would bring to its target.",
        discussion: """
            Each commit that the target does not have is judged as a push of it to the target would be, and so is the \
            change as a whole. Nobody pushes in a job: agents' work needs the signed approval of a person, of the \
            branch's own tip. Run it in a clone with full history. On the CI systems that --ci names, the job says by itself what would be \
            merged.

            With --result, what the host made is judged together with the branch: a squash or a rebase is taken for \
            the branch's work where it changes exactly the same. A head that is nothing but merges upon the base, as \
            a merge queue leaves it, is judged merge by merge, and each branch in it may be approved by itself.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit gate merge --target main --base origin/main --head HEAD
            """)

    @Option(help: ArgumentHelp("The branch that would be merged into; default: the job's.", valueName: "ref"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "Where that branch stands; default: as the job says, else origin's branch of that name.",
            valueName: "commit"))
    var base: String?

    @Option(
        help: ArgumentHelp("The tip of what would be merged; default: the job's head, else HEAD.", valueName: "commit"))
    var head: String?

    @Option(
        help: ArgumentHelp("What the host would make of both; default: as the job says.", valueName: "commit"))
    var result: String?

    @OptionGroup var sources: SourceOptions

    @OptionGroup var options: GateOptions

    func run() async throws {
        var options = options
        let bundle = try options.unpack(Git.ofJob)
        defer { bundle?.remove() }
        let claimed = try options.job.job(in: Platform.world().environment)
        let job = try await options.identified(claimed, Git.ofJob)
        var request = try options.request(for: job, Git.ofJob)
        request.sources = try sources.patterns()
        let gate = PipelineGate(request)
        if let answer = gate.unreadable(.merge) { return try answer.tell(as: .merge, options.reports, .standard) }
        let merge = try job.job.merge(into: target, base: base, head: head, result: result, in: Clone(Git.ofJob))
        try gate.judge(merge).tell(as: .merge, options.reports, .standard)
    }
}
