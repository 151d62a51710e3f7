import ArgumentParser
import RemitFormats
import RemitModel
import RemitReport

/// `remit init`: a new authority, with one administrator.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new authority: the repository that says who may vouch for what.",
        discussion: """
            Makes a git repository with a first root, a policy and one administrator, who may delegate anything for \
            up to 30 days; signs both with the key given; and commits them. Prints the digest to pin, then the git \
            configuration for each repository that is to be guarded. Asks for what is missing where there is a terminal.

            Example: remit init authority --organisation example.org --administrator dana@example.org --key \
            ~/.ssh/id_ed25519
            """)

    @Argument(help: "The directory to make; it must be empty or absent.")
    var directory: String

    @Option(help: "The organisation, such as example.org.", transform: OptionReading.identifier)
    var organisation: String?

    @Option(
        help: "The first administrator, by an address such as dana@example.org.", transform: OptionReading.identifier)
    var administrator: String?

    @Option(
        help: ArgumentHelp(
            "Whose key signs: a private key, or a .pub whose other half is in ssh-agent.", valueName: "file"))
    var key: String?

    @Option(help: "An account of the administrator on the git server. May be repeated.")
    var login: [String] = []

    @Option(help: "How strong the evidence of who wrote a commit must be.")
    var attribution: Policy.Demand = .declared

    func run() throws {
        let git = Git()
        let organisation = try identifier(organisation, "--organisation", "which organisation, such as example.org?")
        let administrator = try identifier(
            administrator, "--administrator", "who is the administrator?", default: git.configuration("user.email"))
        let key = try SigningKey(
            at: Terminal.value(
                key, flag: "--key", question: "which key file signs?", default: git.configuration("user.signingkey")))
        let authority = NewAuthority(
            organisation: organisation, administrator: administrator, logins: login, attribution: attribution,
            signer: Signer(key))
        let made = try authority.make(in: directory)

        let console = Console.standard
        console.say("made the authority of \(organisation) in '\(made.directory)', administered by \(administrator)")
        console.say("on the server of each repository run 'remit install', or set these keys with your own values")
        console.print(made.pin.description)
        console.print("git config remit.root \(made.pin)")
        console.print("git config remit.authority /srv/git/authority.git")
        console.print("git config remit.repository NAME")
        console.print("git config remit.ledger /var/lib/remit/ledger.db")
    }

    private func identifier(
        _ given: String?, _ flag: String, _ question: String, default fallback: String? = nil
    ) throws -> String {
        let text = try Terminal.value(given, flag: flag, question: question, default: fallback)
        do { return try OptionReading.identifier(text) } catch {
            throw AppError("'\(text)' is not usable for \(flag): \(error)", status: .usage)
        }
    }
}
