import RemitModel

/// A decision as the body of an annotation, for `remit … --report buildkite=FILE` and `buildkite-agent annotate <FILE`.
///
/// Buildkite takes Markdown with some HTML, at most 1 MiB. Headings are out of proportion there.
enum BuildkiteAnnotation {
    private static let groupsAtMost = 100

    static func text(of decision: Decision, on occasion: Occasion, ledgerEntry: Int?) -> String {
        let account = Account.byFault(decision, occasion, ledgerEntry, atMost: groupsAtMost)
        return MarkdownPage.text(
            account, title: "<strong>Remit: \(occasion.word)</strong>",
            heading: { rule in "<strong>\(rule)</strong>" })
    }
}
