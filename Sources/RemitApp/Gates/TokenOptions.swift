import ArgumentParser

/// By which token a job shows who it is, and with whose keys that is verified.
struct TokenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file with the job's OpenID Connect token.", valueName: "file"))
    var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            """
            The variable that holds the token. Without this and --token-file, GitHub and Forgejo are asked for one \
            where the environment demands it.
            """, valueName: "name"))
    var tokenVariable: String?

    @Option(
        help: ArgumentHelp(
            "The keys of the token's issuer, a file or an https URL. Default: where the issuer publishes them.",
            valueName: "file|url"))
    var jwks: String?

    @Option(
        help: ArgumentHelp(
            "How old a file of keys may be, by its modification time. Default: 24h.", valueName: "span"),
        transform: { try TimeSpan($0) })
    var jwksMaxAge = TimeSpan(hours: 24)

    @Option(
        help: ArgumentHelp(
            "Keep there what a verified token says and the key that verified it, in files named by digest.",
            valueName: "dir"))
    var evidence: String?

    func validate() throws {
        guard tokenFile == nil || tokenVariable == nil else {
            throw ValidationError("--token-file and --token-variable exclude each other")
        }
    }

    /// Where the keys of an issuer are.
    func keys(default url: String) -> KeySource {
        guard let jwks else { return .url(url) }
        return jwks.contains("://") ? .url(jwks) : .file(jwks, maximumAge: jwksMaxAge)
    }
}
