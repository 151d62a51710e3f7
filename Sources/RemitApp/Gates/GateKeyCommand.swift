import ArgumentParser
import RemitFormats
import RemitSignatures

/// `remit gate key`: the key with which a gate signs what it says.
struct GateKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the key that signs a gate's statements, or tell its public half.",
        discussion: """
            Prints the public key twice: as one line for 'statement_keys' of an environment in the policy, and in PEM \
            for what verifies images in a cluster. The private key is a secret of the job that deploys.

            Example: remit gate key --new production.pem
            """)

    @Argument(help: ArgumentHelp("The file of the private key.", valueName: "file"))
    var file: String

    @Flag(help: "Make the key; there must be no such file yet.")
    var new = false

    @Option(help: "With --new: ed25519, or p256 for what cannot do Ed25519.")
    var type = StatementKey.Kind.ed25519

    func run() throws {
        let key = new ? try KeyFile.make(type, at: file) : try KeyFile.read(file)
        Console.standard.print("\(key.publicKey.line)\n\(key.publicPEM)")
    }
}

extension StatementKey.Kind: ExpressibleByArgument {}
