package import RemitModel

/// Judges what a commit does to an authority, before the authority believes it.
///
/// Pure over the records before and after: right signatures by those who may, nothing changed that is immutable, no
/// file outside the layout. It asks the new state the very questions that a push will ask it later.
package struct AuthorityGuard {
    private let ref: ByteString
    private let pinned: RecordID
    private let now: Instant
    private let wasHeld: History

    /// Whether a path held exactly this content in an earlier commit of the authority.
    ///
    /// A record that was replaced stays replaced, however well it is signed.
    package typealias History = (_ path: ByteString, _ content: ObjectID) throws(AuthorityError) -> Bool

    /// - Parameters:
    ///   - ref: the authority's ref, for the findings.
    ///   - pinned: the digest of `roots/1.toml`.
    package init(ref: ByteString, pinned: RecordID, at now: Instant, wasHeld: @escaping History) {
        self.ref = ref
        self.pinned = pinned
        self.now = now
        self.wasHeld = wasHeld
    }

    /// What is wrong with one commit.
    ///
    /// - Parameters:
    ///   - changes: every path whose entry differs from the parent's.
    ///   - source: the records as the commit leaves them.
    ///   - old: the authority at the parent; `nil` for a first state, which is judged whole.
    /// - Returns: the findings, and the authority that the commit leaves; `nil` when it must not be believed, and then
    ///   nothing that follows can be judged.
    package func judge(
        _ changes: [Change], to source: any RecordSource, after old: Authority?
    ) throws(AuthorityError) -> (findings: [Finding], authority: Authority?) {
        var sheet = FindingSheet(ref: ref, commit: source.commit, ask: old?.administrators ?? [])
        let (records, canBeRead) = RecordChange.sort(changes, &sheet)
        guard canBeRead else { return (sheet.findings, nil) }
        let foundation = Foundation(records, old: old, source: source, pinned: pinned, now: now)
        guard let new = foundation.verify(&sheet) else { return (sheet.findings, nil) }
        let commit = GuardedCommit(old: old, new: new, wasHeld: wasHeld, sheet: sheet)
        for record in records { try commit.judge(record) }
        return (commit.sheet.findings, new)
    }
}

/// One commit, its state before and after verified from the root to the people.
final class GuardedCommit {
    let old: Authority?
    let new: Authority
    let wasHeld: AuthorityGuard.History
    var sheet: FindingSheet

    init(old: Authority?, new: Authority, wasHeld: @escaping AuthorityGuard.History, sheet: FindingSheet) {
        self.old = old
        self.new = new
        self.wasHeld = wasHeld
        self.sheet = sheet
        // Whoever administers a first state is known only now.
        if sheet.ask.isEmpty { self.sheet.ask = new.administrators }
    }

    func judge(_ change: RecordChange) throws(AuthorityError) {
        switch change.place {
        case .root: judgeRoot(change)
        case .policy: judgePolicy(change)
        case .people: judgePeople(change)
        case .marks: judgeMarks(change)
        case .timestamp: judgeTimestamp(change)
        case .agent(let id): try judge(agent: id, change)
        case .delegation(let id): judge(delegation: id, change)
        case .approval(let id, let commit): judge(approval: id, of: commit, change)
        case .exception(let id, let commit): judge(exception: id, for: commit, change)
        case .baseline(let repository): judge(baselineOf: repository, change)
        case .revocation(let target, let index): judge(revocationOf: target, index, change)
        case .request(let id): judge(request: id, change)
        case .decline(let request): judge(declineOf: request, change)
        case .key(let key): judge(pointerOf: .key(key), change)
        case .identity(let digest): judge(pointerOf: .identity(digest), change)
        case .proposedRoot(let version): judge(proposedRoot: version, change)
        case .proposedPolicy: judgeProposedPolicy(change)
        case .proposedPeople: judgeProposedPeople(change)
        case .proposedMarks: judgeProposedMarks(change)
        case .readme, .licence: _ = bytes(change, limit: Self.maximumTextByteCount)
        case .attributes: judgeAttributes(change)
        }
    }

    /// Longest README or licence, in bytes.
    private static let maximumTextByteCount = 65_536

    /// Signatures are over exact bytes, so no checkout may convert line ends.
    private static let attributes = Array("* -text\n".utf8)

    private func judgeAttributes(_ change: RecordChange) {
        guard !change.isRemoval, let bytes = bytes(change, limit: Self.maximumTextByteCount), bytes == Self.attributes
        else {
            return sheet.refuse(
                .authorityLayout, change.path, "it must say '* -text' in one line and nothing else, and stays")
        }
    }
}
