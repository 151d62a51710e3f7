import ArgumentParser
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit gate merge`: what would land, before it lands.
struct GateMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Judge what a merge would bring to its target.",
        discussion: """
            Each commit that the target does not have is judged as a push of it to the target would be, and so is the \
            change as a whole. Run it in a clone with full history.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit gate merge --target main --base origin/main --head HEAD
            """)

    @Option(help: ArgumentHelp("The branch that would be merged into.", valueName: "ref"))
    var target: String

    @Option(help: ArgumentHelp("Where that branch stands; default: origin's branch of that name.", valueName: "commit"))
    var base: String?

    @Option(help: ArgumentHelp("The tip of what would be merged.", valueName: "commit"))
    var head = "HEAD"

    @Option(help: ArgumentHelp("What the host would make of both, where it says so.", valueName: "commit"))
    var result: String?

    @OptionGroup var options: GateOptions

    func run() throws {
        let clone = Clone(Git())
        let ref = target.hasPrefix("refs/") ? target : "refs/heads/\(target)"
        if let fault = RefName.fault(in: ByteString(ref)) {
            throw AppError("--target '\(target)' is not the name of a ref: \(fault)", status: .usage)
        }
        let standing = base ?? "refs/remotes/origin/\(ref.dropFirst("refs/heads/".count))"
        let merge = MergeSubmission(
            target: ByteString(ref), base: try clone.commit(standing), head: try clone.commit(head),
            result: try result.map { result throws(AppError) in try clone.commit(result) })
        let request = try options.request(for: Job(system: .generic), Git())
        try PipelineGate(request).judge(merge).tell(as: .merge, options.format, .standard)
    }
}
