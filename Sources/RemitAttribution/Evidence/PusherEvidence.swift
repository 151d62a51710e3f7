package import RemitModel

/// The pusher: the account that the server vouches for.
///
/// - Who writes it: nobody; the server's transport knows it. A cloud agent pushes as its own app or service account even
///   where author and committer are the person who asked for the work.
/// - How it is matched: the login of a listed app, which ends in `[bot]` so that no person can have it; a vendor's scheme
///   of service accounts.
/// - How sure: transport; never more than strong for a login alone, because another server may hand it to anybody.
/// - What it misses: an agent that pushes with its user's credentials, as every tool on a person's machine does.
///
/// Source: GitHub App slugs; GitLab's documentation of the composite identity of Duo's flows.
extension MarkCatalogue {
    /// What the account says that the server vouches for.
    package func scan(login: ByteString, extra: ExtraMarks = .none) -> MarkScan {
        var scan = MarkScan()
        let own = extra.agents(ofLogin: login)
        guard own.isEmpty else {
            for agent in own { scan.addExtra(agent, .pusher, login) }
            return scan
        }
        let name = login.bytes[...]
        logins.forEach(name) { report($0, .pusher, login, to: &scan, reading: .atMostStrong) }
        for index in pushers {
            if case .pusher(let pattern) = mark(index).form, pattern.matches(name) {
                report(index, .pusher, login, to: &scan)
            }
        }
        return scan
    }
}
