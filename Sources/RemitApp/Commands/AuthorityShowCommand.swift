import ArgumentParser
import RemitGate
import RemitReport

/// `remit authority show`: what is in force and what is proposed.
struct AuthorityShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Tell in words what is in force, what is proposed, who has signed and who must still.",
        discussion: "Example: remit authority show --authority authority")

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let location = try authority.located()
        let standing = try location.authority(at: Platform.now())
        Console.standard.print(try Proposals(standing, location.records()).sheet.text)
    }
}
