import RemitModel

/// Refuses a deployment that takes an earlier one back unasked, or that is older than it.
///
/// A re-run of an old green job would bring back what has been mended or revoked since. The same commit may be deployed
/// again: it is judged as it stands now. What to do: start a new run; say `--rollback` to go back on purpose.
struct JobReplayedRule: Rule {
    let code = RuleCode.jobReplayed

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let deployment = update.deployment else { return [] }
        let job = circumstances.job
        let reasons =
            deployment.disbelief(circumstances.environment, at: update.update.ref) + deployment.detour
            + (deployment.recollection.verified?.replays(by: job) ?? [])
        return reasons.map { reason in
            Finding(
                code, ref: update.update.ref, commit: deployment.commit,
                facts: .init(
                    ask: circumstances.administrators, reason: reason, environment: circumstances.submission.environment
                ))
        }
    }
}

extension DeploymentCase {
    /// Why what is remembered cannot be left out of account although it is not believed.
    ///
    /// Where the policy names keys, somebody has tampered with it. Where it names none, nothing can be believed, and
    /// the job must say what is deployed.
    fileprivate func disbelief(_ environment: EnvironmentPolicy?, at ref: ByteString) -> [String] {
        guard case .unbelieved(let reason) = recollection, let environment,
            !environment.statementKeys.isEmpty || since == nil
        else { return [] }
        return ["'\(String(decoding: ref.bytes, as: UTF8.self))' is not believed: \(reason)"]
    }

    /// Why the deployment does not lead on from what is deployed.
    fileprivate var detour: [String] {
        var reasons: [String] = []
        if isSinceAhead, let since, let remembered = recollection.verified {
            reasons.append(
                "--since \(since.abbreviated) would leave out what came after \(remembered.commit.abbreviated), "
                    + "which is deployed")
        }
        guard !isRollback else { return reasons }
        let whose = recollection.verified == nil ? "which --since says is deployed" : "which is deployed"
        switch course {
        case .first, .forward, .again: break
        case .back(let deployed):
            reasons.append("\(commit.abbreviated) came before \(deployed.abbreviated), \(whose)")
        case .aside(let deployed):
            reasons.append("\(commit.abbreviated) does not contain \(deployed.abbreviated), \(whose)")
        }
        return reasons
    }
}

extension RememberedDeployment {
    /// How a job shows that it is no newer than this deployment.
    fileprivate func replays(by job: Job?) -> [String] {
        guard let job else { return [] }
        var reasons: [String] = []
        if let run, job.run == run, job.attempt == attempt {
            let which = attempt.map { ", attempt \($0)" } ?? ""
            reasons.append("run \(run)\(which) has deployed already")
        }
        if let proof = job.proof, proof.issuedAt < decidedAt {
            reasons.append(
                "its token was issued at \(proof.issuedAt), before the last deployment was allowed at \(decidedAt)")
        }
        return reasons
    }
}
