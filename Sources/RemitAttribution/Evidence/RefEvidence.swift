package import RemitModel

/// Refs: the name of the branch that a commit is pushed to.
///
/// - Who writes it: cloud agents name their branches by a scheme: `copilot/…`, `devin/<epoch>-…`, `cursor/…-<4 hex>`.
/// - How it is matched: a prefix or a shape of the name below `refs/heads/`; any other ref in full.
/// - How sure: transport, since the server itself sees the name; definite for a shape that nobody types, strong for a
///   prefix that the tool alone is given, weak for one that people use as well (`cursor/`, `goose/`, `ona/`).
/// - What it misses: the name is known at push time only; after a merge nothing of it is left in the commits. Many agents
///   work on `feat/…` and `fix/…`.
///
/// Source: GitHub's documentation (its cloud agent can push to `copilot/` alone), public branches of each tool.
extension MarkCatalogue {
    /// What the name of the ref says to which the commit was pushed.
    package func scan(ref: ByteString, extra: ExtraMarks = .none) -> MarkScan {
        var scan = MarkScan()
        let prefix = "refs/heads/"
        let name = ref.starts(with: prefix) ? ref.bytes.dropFirst(prefix.utf8.count) : ref.bytes[...]
        for agent in extra.agents(ofRef: ref) { scan.addExtra(agent, .ref, ref) }
        for index in refs {
            if case .ref(let pattern) = mark(index).form, pattern.matches(name) {
                report(index, .ref, ref, to: &scan)
            }
        }
        return scan
    }
}
