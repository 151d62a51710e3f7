package import ArgumentParser
import RemitGate
import RemitReport

/// `remit`: the command for people and for CI.
package struct Remit: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "remit",
        abstract: "Say what a coding agent may do, for how long, and hold it to that.",
        discussion: """
            A person signs a delegation; the git server's hook judges every push of the agent against it.

            Example: remit show 1f2e3d4c5b6a
            """,
        version: HookCommand.commands,
        subcommands: subcommands)

    /// Every subcommand, in the order in which help lists them.
    private static let subcommands: [any ParsableCommand.Type] = [
        InitCommand.self,
        AuthorityCommand.self,
        RootCommand.self,
        AgentCommand.self,
        GrantCommand.self,
        ApproveCommand.self,
        ExceptionCommand.self,
        RevokeCommand.self,
        SuspendCommand.self,
        RequestCommand.self,
        ReviewCommand.self,
        TaskCommand.self,
        ListCommand.self,
        ShowCommand.self,
        ScanCommand.self,
        TraceCommand.self,
        ReportCommand.self,
        CheckCommand.self,
        GateCommand.self,
        PipelineCommand.self,
        ReplayCommand.self,
        ExportCommand.self,
        InstallCommand.self,
        BaselineCommand.self,
        UninstallCommand.self,
        DoctorCommand.self,
        LogCommand.self,
        CollectCommand.self,
    ]

    package init() {}
}

extension Remit {
    /// Does what the arguments say and gives the exit status.
    package static func run(_ arguments: [String]) async -> Int32 {
        Platform.ignoreBrokenPipes()
        let console = Console.standard
        do {
            var command = try parseAsRoot(arguments)
            // Verifying a token waits for an actor; nothing else here waits.
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
            return ExitCode.success.rawValue
        } catch let error as AppError {
            console.fail(error)
            return error.status.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            return end(with: error, console)
        }
    }

    /// Help and version are data; everything else that the parser throws is wrong usage.
    private static func end(with error: any Error, _ console: Console) -> Int32 {
        let code = exitCode(for: error)
        guard code != .success else {
            console.print(fullMessage(for: error))
            return code.rawValue
        }
        let lines = message(for: error).split(separator: "\n")
        let pointer = fullMessage(for: error).split(separator: "\n").last { $0.contains("--help'") }
        let command = pointer?.split(separator: "'").dropFirst().first ?? "remit --help"
        // The values that an option takes follow one a line, each after `  - `.
        let values = lines.dropFirst().map { $0.drop { $0 == " " || $0 == "-" } }.filter { !$0.isEmpty }
        console.fail(
            AppError(
                String(lines.first ?? "the command line cannot be read"),
                hints: (values.isEmpty ? [] : [values.joined(separator: ", ")]) + ["'\(command)' shows the usage"],
                status: .usage))
        return code.rawValue
    }
}
