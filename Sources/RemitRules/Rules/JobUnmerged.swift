import RemitModel

/// Refuses to deploy a commit that is on no ref from which the environment may be deployed.
///
/// What has not landed has not been judged where it matters. A branch counts with its whole history, as the clone has
/// it from its host; a tag counts exactly. What to do: merge it first, then deploy what is there.
struct JobUnmergedRule: Rule {
    let code = RuleCode.jobUnmerged

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let environment = circumstances.environment, let deployment = update.deployment, !deployment.isMerged
        else { return [] }
        let looked: [ByteString?] = deployment.refs.isEmpty ? [nil] : deployment.refs
        return looked.map { ref in
            Finding(
                code, ref: update.update.ref, commit: deployment.commit,
                facts: .init(
                    granted: environment.deployFrom.map(\.description), found: ref,
                    reason: ref == nil ? "the clone has none of them from its host" : nil,
                    environment: environment.name))
        }
    }
}
