import ArgumentParser

/// `remit root`: who the administrators are.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "root", abstract: "Change who the administrators are, and how many of them must sign.",
        discussion: "Example: remit root rotate --add-administrator sam@example.org=sam.pub --threshold 2",
        subcommands: [RootRotateCommand.self, RootSignCommand.self])
}
