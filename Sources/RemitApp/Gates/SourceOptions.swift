import ArgumentParser
import RemitModel
import RemitReport

/// Where a host keeps the commits that it squashes and rebases.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Refs of branches from which squashed and rebased work came, one '*' for any part of the name; may be repeated.",
            valueName: "pattern"))
    var sources: [String] = []

    func patterns() throws(AppError) -> [RefGlob] {
        var patterns: [RefGlob] = []
        for text in sources {
            do throws(RefGlob.Fault) {
                patterns.append(try RefGlob(text))
            } catch {
                throw AppError(
                    "--sources '\(text)' \(error.rawValue)", hint: "for example 'refs/remotes/origin/pull/*/head'",
                    status: .usage)
            }
        }
        return patterns
    }
}
