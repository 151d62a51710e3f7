package import RemitModel

/// Signing keys: the key whose signature over the commit is good.
///
/// - Who writes it: the sandbox of a cloud agent signs what it commits with its vendor's key, also where author and
///   committer are the person's own.
/// - How it is matched: the key's SHA-256 fingerprint, after the signature has been verified over the commit's bytes. A
///   signature block proves nothing by being there: anybody can paste one.
/// - How sure: cryptographic. The key says where the commit object was made, so a person's commit that the sandbox
///   rebased carries it too.
/// - What it misses: whatever is rewritten after the agent: a squash or rebase drops the signature or makes another.
/// - What it must not take: GitHub's own web-flow key, which signs every person's edit in the browser as well.
///
/// Source: measured on public histories; no vendor documents its key, so each is an inference from the identities that
/// it signs for.
extension MarkCatalogue {
    /// What a key says whose signature over the commit has been verified; never one that was only claimed.
    package func scan(key: KeyFingerprint, extra: ExtraMarks = .none) -> MarkScan {
        var scan = MarkScan()
        let excerpt = ByteString(key.description)
        let own = extra.agents(ofKey: key)
        for agent in own { scan.addExtra(agent, .signingKey, excerpt) }
        if own.isEmpty {
            for index in marks(ofKey: key) { report(index, .signingKey, excerpt, to: &scan) }
        }
        return scan
    }
}
