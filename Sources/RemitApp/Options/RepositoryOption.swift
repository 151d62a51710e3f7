import ArgumentParser
import RemitReport

/// What a repository is called in delegations and policy.
struct RepositoryOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The repository's name in delegations and policy; default: git config remit.repository.",
            valueName: "name"))
    var repository: String?

    func name(_ git: Git) throws(AppError) -> String {
        guard
            let name = try repository.orAsk({ () throws(AppError) in try git.configuration("remit.repository") })
        else {
            throw AppError(
                "nothing says what the repository is called in delegations",
                hint: "give --repository NAME, or set it once with 'git config remit.repository NAME'", status: .usage)
        }
        return name
    }
}
