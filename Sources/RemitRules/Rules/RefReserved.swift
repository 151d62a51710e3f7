import RemitModel

/// Refuses updates of refs that change what git shows, or that are Remit's own.
///
/// `refs/replace/` makes `git` read another object than the one that was judged (gittuf commit 47e4b52); `refs/remit/`
/// holds Remit's own state. The one thing that is pushed there is what a gate signed of a deployment, which whoever
/// reads the repository has verified. What to do: keep such refs on your own side.
struct RefReservedRule: Rule {
    let code = RuleCode.refReserved

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let directory = ReservedRefs.directory(of: update.update.ref), update.remembering != .verified else {
            return []
        }
        return [
            Finding(
                code, ref: update.update.ref,
                facts: .init(
                    ask: circumstances.administrators, found: ByteString(directory),
                    reason: update.remembering?.fault))
        ]
    }
}
