import RemitSignatures
import ArgumentParser
import RemitModel
import RemitReport

/// What the agent has to hand.
struct ContextOptions: ParsableArguments {
    @Option(help: "The model that the agent runs on.")
    var model: String?

    @Option(help: "A tool that the agent has to hand. May be repeated.")
    var tool: [String] = []

    @Option(help: ArgumentHelp("The file of its instructions, of which the digest is recorded.", valueName: "file"))
    var instructions: String?

    /// The largest file of instructions: 16 MiB.
    private static let instructionsAtMost = 16 << 20

    /// `nil` where nothing was said.
    func context() throws(AppError) -> Delegation.Context? {
        guard model != nil || !tool.isEmpty || instructions != nil else { return nil }
        let digest = try instructions.map { path throws(AppError) in
            RecordID(of: try Files.read(Files.absolute(path), limit: Self.instructionsAtMost))
        }
        return Delegation.Context(model: model, tools: tool, instructions: digest)
    }
}
