import ArgumentParser
import RemitGate
import RemitModel

/// Where the authority is and what the repository is called in it: options, else the clone's git config.
struct CheckSettings: ParsableArguments {
    @Option(help: ArgumentHelp("The authority's repository; default: git config remit.authority.", valueName: "dir"))
    var authority: String?

    @Option(help: ArgumentHelp("The ref to read it at; default: git config remit.authorityRef.", valueName: "ref"))
    var authorityRef: String?

    @Option(help: ArgumentHelp("The digest of its roots/1.toml; default: git config remit.root.", valueName: "digest"))
    var root: String?

    @Option(
        help: ArgumentHelp(
            "The repository's name in delegations and policy; default: git config remit.repository.",
            valueName: "name"))
    var repository: String?

    struct Values {
        let authority: String
        let authorityRef: String
        let root: RecordID
        let repository: String
    }

    func values(_ git: Git) throws(AppError) -> Values {
        let pin = try value(root, "root", git)
        guard pin.hasPrefix(RecordID.prefix), let root = RecordID(pin) else {
            throw AppError(
                "'\(pin)' is not the digest of a root", hint: "write 'sha256:' and 64 lower-case hexadecimal digits",
                status: .usage)
        }
        return Values(
            authority: Files.absolute(try value(authority, "authority", git)),
            authorityRef: try authorityRef ?? git.configuration("remit.authorityRef") ?? Settings.defaultAuthorityRef,
            root: root, repository: try value(repository, "repository", git))
    }

    private func value(_ given: String?, _ name: String, _ git: Git) throws(AppError) -> String {
        if let value = try given ?? git.configuration("remit.\(name)") { return value }
        throw AppError(
            "nothing says the \(name)", hint: "give --\(name), or set it once with 'git config remit.\(name) ...'",
            status: .usage)
    }
}
