import ArgumentParser
import RemitReport

/// The statements that a gate writes of what it allowed, and the key that signs them.
struct StatementOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Where to write the signed statements of an allowed deployment: in-toto in DSSE, one envelope a line. \
            There must be no such file yet, and there is none after a refusal.
            """, valueName: "file"))
    var statement: String?

    @Option(
        help: ArgumentHelp("The private key that signs them; make one with 'remit gate key --new'.", valueName: "file"))
    var signKey: String?

    @Option(
        help: ArgumentHelp(
            "What was built from the commit, so that a cluster can demand the statement of it; may be repeated.",
            valueName: "name@sha256:hex"),
        transform: StatementOptions.image)
    var subject: [DeploymentStatement.Image] = []

    @Option(
        help: ArgumentHelp("Where the source is; default: the URL of the remote 'origin'.", valueName: "git+url"))
    var resource: String?

    func validate() throws {
        guard (statement == nil) == (signKey == nil) else {
            throw ValidationError("--statement and --sign-key are given together")
        }
        guard statement != nil || subject.isEmpty && resource == nil else {
            throw ValidationError("--subject and --resource need --statement")
        }
    }

    /// The file to be written; `nil` where none is wanted.
    ///
    /// What is wrong with file, key or remote is told before anything is judged.
    func file(_ git: Git) throws(AppError) -> StatementFile? {
        guard let statement, let signKey else { return nil }
        return try StatementFile(
            at: statement, signedWith: KeyFile.read(signKey), resource: source(git), images: subject)
    }

    @Sendable private static func image(_ text: String) throws -> DeploymentStatement.Image {
        guard let mark = text.firstRange(of: "@sha256:") else {
            throw OptionFault("a name, '@sha256:' and 64 lower-case hexadecimal digits are needed")
        }
        let (name, hex) = (text[..<mark.lowerBound], text[mark.upperBound...])
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), hex.utf8.count == 64,
            hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { throw OptionFault("a name, '@sha256:' and 64 lower-case hexadecimal digits are needed") }
        return DeploymentStatement.Image(name: String(name), sha256: String(hex))
    }

    /// What was given, or the remote.
    ///
    /// The value is never repeated: what is wrong with it may be that it holds a password.
    private func source(_ git: Git) throws(AppError) -> String {
        guard let resource else { return try SourceURI.ofOrigin(git) }
        guard resource == SourceURI.of(resource) else {
            throw AppError(
                "--resource must be 'git+' and a URL without a password",
                hint: "such as git+https://example.org/payments", status: .usage)
        }
        return resource
    }
}
