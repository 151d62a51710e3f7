import RemitModel

/// Refuses a change after which a job deploys that stands behind no gate.
///
/// A second way to production makes the first one's gate worthless; so does a gate that the job no longer waits for. A
/// job that stood open before is not the doing of who edits the file beside it.
/// What to do: let the job need one that runs `remit gate deploy`.
struct PipelineUnguardedRule: Rule {
    let code = RuleCode.pipelineUnguarded

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        findings(about: commit, on: update, circumstances) { $0.kind == .unguarded }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        findings(about: summary, on: update, circumstances) { $0.kind == .unguarded }
    }
}
