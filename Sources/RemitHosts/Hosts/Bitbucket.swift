import RemitModel

/// Bitbucket Data Center, whose hook scripts run for pushes, merges and changes made in the browser.
///
/// They also run, with `BB_IS_DRY_RUN`, each time somebody looks at a pull request, to tell whether it could be merged.
extension Host {
    static let bitbucket = Host(
        pusherVariable: "BB_USER_NAME", repositoryVariables: ["BB_PROJECT_KEY", "BB_REPO_SLUG"],
        via: { environment throws(InvocationError) in
            guard let trigger = try environment.word("BB_HOOK_TRIGGER_ID"), trigger != "push" else { return .push }
            let merges: Set<ByteString> = ["pull-request-merge", "merge"]
            return Via(merges.contains(trigger) ? .merge : .web, word: trigger)
        }, isDryRun: { $0.says("BB_IS_DRY_RUN", "true") })
}
