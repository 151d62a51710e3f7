import RemitModel

/// Refuses a ref whose name git itself would refuse, or read as something else.
///
/// What to do: rename the branch or tag; `git check-ref-format` says what is allowed.
struct RefNameRule: Rule {
    let code = RuleCode.refName

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let fault = update.nameFault else { return [] }
        return [Finding(code, ref: update.update.ref, facts: .init(reason: fault))]
    }
}
