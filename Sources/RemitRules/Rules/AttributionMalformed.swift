import RemitAuthority
import RemitModel

/// Refuses a commit or tag that git and other readers could read differently.
///
/// Duplicate headers, a NUL, two signatures, two addresses in one identity: what one reader judged another would not
/// see (gitsign CVE-2026-44309, environments.md 2.4). What to do: make the commit anew with git itself.
struct AttributionMalformedRule: Rule {
    let code = RuleCode.attributionMalformed

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let reason = commit.malformed else { return [] }
        return [finding(commit, update, .init(reason: reason))]
    }
}
