import RemitModel

/// Refuses a deployment to an environment that the policy does not name for the repository, or that is not the job's.
///
/// A misspelt or invented environment would be one without conditions. What to do: deploy from the environment's own
/// job, or have it added to the policy.
struct JobEnvironmentRule: Rule {
    let code = RuleCode.jobEnvironment

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let environment = circumstances.submission.environment else { return [] }
        var findings: [Finding] = []
        func refuse(_ reason: String, found: String? = nil) {
            findings.append(
                Finding(
                    code, ref: update.update.ref,
                    facts: .init(
                        ask: circumstances.administrators, found: found.map { ByteString($0) }, reason: reason,
                        environment: environment)))
        }
        if circumstances.environment == nil {
            refuse("the policy names no such environment for repository '\(circumstances.repository.name)'")
        }
        if let claimed = circumstances.job?.environment, claimed != environment {
            refuse("the job is for environment '\(claimed)'", found: claimed)
        }
        // GitHub and GitLab both say it under this name; where a token has none, another rule asks what it must say.
        if let proved = circumstances.job?.proof?["environment"], proved != environment {
            refuse("the job's token is for environment '\(proved)'", found: proved)
        }
        return findings
    }
}
