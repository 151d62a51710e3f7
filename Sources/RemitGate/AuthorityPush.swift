import RemitAuthority
import RemitFormats
import RemitGit
import RemitModel
import RemitRules

/// A push to the authority's own repository: it guards itself, by what it holds and not by who pushes.
struct AuthorityPush {
    private let reader: GitReader
    private let settings: Settings
    private let circumstances: Circumstances
    /// Where the ref is now, and what it holds.
    private let tip: ObjectID?
    private let present: Authority?
    private let ledger: any Memory
    private let deadline: ContinuousClock.Instant
    private let ref: ByteString
    private let updates: [RefUpdate]

    /// Most commits of one push.
    static let maximumCommitCount = 1_000
    /// Most files that one push may add, change or remove.
    static let maximumFileCount = 10_000

    /// A verdict, and the authority under which it was reached; `nil` where there was none yet.
    struct Judged {
        let verdict: Verdict
        let state: AuthorityState?
    }

    /// Whether a repository is the one that its own settings name as the authority.
    static func concerns(_ reader: GitReader, _ settings: Settings) throws(GateError) -> Bool {
        do throws(GitError) {
            return try reader.isRepository(at: settings.authority)
        } catch {
            throw GateError(
                AuthorityError(.unreadable, "cannot read the authority '\(settings.authority)': \(error.reason)"))
        }
    }

    init(
        _ reader: GitReader, settings: Settings, request: PushRequest, updates: [RefUpdate], ledger: any Memory,
        deadline: ContinuousClock.Instant
    ) throws(GateError) {
        let now = request.now
        self.updates = updates
        self.reader = reader
        self.settings = settings
        self.ledger = ledger
        self.deadline = deadline
        ref = ByteString(settings.authorityRef)
        let ref = ref
        tip = try GateError.reading { () throws(GitError) in try reader.repository.reference(ref) }
        present = try tip.map { tip throws(GateError) in
            do throws(AuthorityError) {
                return try Authority(GitRecordSource(reader, at: tip), pinned: settings.root, at: request.now)
            } catch {
                guard error.code != .deadline else { throw GateError(error) }
                // No push mends this: what a broken authority would be judged by is what is broken.
                throw GateError(
                    .undecidedAuthority,
                    """
                    \(error.statement); no push mends that: on the server, point \(settings.authorityRef) at a commit \
                    that verifies with 'git update-ref'
                    """)
            }
        }
        let authority = present
        circumstances = try GateError.asking { () throws(AuthorityError) in
            let known = try KnownPusher(of: request, updates: updates, settings: settings, in: authority)
            return Circumstances(
                now: now,
                repository: authority?.policy.repository(named: settings.repository)
                    ?? RepositoryPolicy(name: settings.repository, protectedRefs: [], within: AttributionDemands()),
                mode: settings.mode, pusher: known.pusher, pusherIdentity: known.identity,
                protectedPaths: ProtectedPaths(adding: []), administrators: authority?.administrators ?? [],
                route: request.route(in: settings.repository), certificate: known.certificate)
        }
    }

    /// Judges all updates together.
    func judge() throws(GateError) -> Judged {
        var judge = Judge(circumstances, rules: RuleBook.provenance)
        for update in updates { try self.judge(update, &judge) }
        // Some of what could not be read passes for absent, which is no harm unless it was for want of time.
        try reading { () throws(GitError) in try reader.repository.requireTime() }
        let verdict = Verdict(
            judge, authority: present?.commit, policyVersion: present?.policy.version, updates: updates)
        // What the push brings is remembered once a decision is taken under it: git may still not move the ref.
        return Judged(verdict: verdict, state: present.map { AuthorityState($0) })
    }

    private func judge(_ update: RefUpdate, _ judge: inout Judge) throws(GateError) {
        let kind: UpdateCase.Kind = update.isDeletion ? .delete : update.isCreation ? .create : .update
        let reading = UpdateCase(update: update, kind: kind, isProtected: true)
        if update.ref != ref {
            judge.note(
                Finding(
                    .authorityLayout, ref: update.ref,
                    facts: .init(
                        ask: circumstances.administrators, granted: [settings.authorityRef],
                        reason: "an authority has one ref, \(settings.authorityRef)")))
        } else if update.isDeletion {
            refuse("it is not deleted", &judge)
        } else if update.old != tip ?? .zero {
            // What a client says of the old state is the client's word, until git compares it after us.
            refuse("it is not at \(update.old) any more", commit: update.new, &judge)
        } else {
            do throws(GateError) {
                let object = try self.reading { () throws(GitError) in try reader.repository.kind(of: update.new) }
                guard object == .commit else {
                    return refuse("it would no longer point at a commit", &judge)
                }
                if update.isCreation {
                    try self.judge(wholeOf: update.new, &judge)
                } else {
                    try self.judge(from: update.old, to: update.new, reading, &judge)
                }
            } catch {
                throw MalformedCommit.search(below: update, in: reader) ?? error
            }
        }
        judge.conclude(reading)
    }

    private func refuse(_ reason: String, commit: ObjectID? = nil, _ judge: inout Judge) {
        judge.note(
            Finding(
                .authorityImmutable, ref: ref, commit: commit,
                facts: .init(ask: circumstances.administrators, reason: reason)))
    }

    /// A first state is judged whole: how it came about proves nothing.
    private func judge(wholeOf commit: ObjectID, _ judge: inout Judge) throws(GateError) {
        var files = 0
        guard let changes = try changes(from: nil, to: commit, &files, &judge) else { return }
        let (findings, authority) = try GateError.asking { () throws(AuthorityError) in
            try self.guard(after: nil).judge(changes, to: GitRecordSource(reader, at: commit), after: nil)
        }
        for finding in findings { judge.note(finding) }
        if let authority { try requireNoRollback(to: authority, &judge) }
    }

    /// Commits that follow each other, each judged against the one before: no state that anybody could have read was
    /// ever wrong.
    private func judge(
        from old: ObjectID, to new: ObjectID, _ update: UpdateCase, _ judge: inout Judge
    ) throws(GateError) {
        guard try reading({ () throws(GitError) in try reader.repository.isAncestor(old, of: new) }) else {
            return refuse("commits that the server has are taken back", commit: new, &judge)
        }
        let commits = try reading { () throws(GitError) in try reader.repository.history(of: new, excluding: [old]) }
        guard commits.count <= Self.maximumCommitCount else {
            return refuse(
                "\(commits.count) commits at once are more than \(Self.maximumCommitCount)", commit: new, &judge)
        }
        var authority = try authority(at: old)
        var (parent, files) = (old, 0)
        for commit in commits {
            try reading { () throws(GitError) in
                try reader.repository.requireTime(until: deadline, or: "the time for judging a push is over")
            }
            guard try consider(commit, after: parent, update, &judge),
                let changes = try changes(from: parent, to: commit, &files, &judge)
            else { return }
            let (findings, after) = try GateError.asking { () throws(AuthorityError) in
                try self.guard(after: parent).judge(changes, to: GitRecordSource(reader, at: commit), after: authority)
            }
            for finding in findings { judge.note(finding) }
            // What would not be believed is no measure for what follows it.
            guard let after else { return }
            (authority, parent) = (after, commit)
        }
        try requireNoRollback(to: authority, &judge)
    }

    /// Takes a commit as such: what git and others read alike, who signed it, and that it follows the one before.
    private func consider(
        _ id: ObjectID, after parent: ObjectID, _ update: UpdateCase, _ judge: inout Judge
    ) throws(GateError) -> Bool {
        let bytes = try reading { () throws(GitError) in try reader.repository.read(id, expecting: .commit) }
        let commit: RawCommit
        do throws(MalformedObject) {
            commit = try CommitParser.parse(bytes)
        } catch {
            judge.consider(CommitCase(id: id, malformed: error.reason), on: update)
            return false
        }
        let signature = CommitReading.status(of: commit)
        var signer: KeyHolder?
        if case .good(let key) = signature, let present {
            signer = try GateError.asking { () throws(AuthorityError) in try present.holder(of: key) }
        }
        judge.consider(CommitCase(id: id, signature: signature, signer: signer), on: update)
        guard commit.parents == [parent] else {
            refuse("its commits follow each other one by one, without merges", commit: id, &judge)
            return false
        }
        return true
    }

    private func reading<Value>(_ body: () throws(GitError) -> Value) throws(GateError) -> Value {
        try GateError.reading(ref, body)
    }

    private func `guard`(after parent: ObjectID?) -> AuthorityGuard {
        let history = AuthorityHistory(reader, deadline: deadline)
        return AuthorityGuard(ref: ref, pinned: settings.root, at: circumstances.now) {
            (path, content) throws(AuthorityError) in
            guard let parent else { return false }
            return try history.held(content, at: path, upTo: parent)
        }
    }

    private func authority(at commit: ObjectID) throws(GateError) -> Authority {
        if let present, present.commit == commit { return present }
        return try GateError.asking { () throws(AuthorityError) in
            try Authority(GitRecordSource(reader, at: commit), pinned: settings.root, at: circumstances.now)
        }
    }

    /// The ledger remembers what this server has seen, even where the authority itself was put back.
    private func requireNoRollback(to authority: Authority, _ judge: inout Judge) throws(GateError) {
        guard let reason = try ledger.rollback(to: AuthorityState(authority)) else { return }
        judge.note(
            Finding(
                .authorityVersion, ref: ref, commit: authority.commit, path: ByteString(AuthorityLayout.policy),
                facts: .init(ask: circumstances.administrators, reason: reason)))
    }

    /// The changes between two commits; `nil` when they are too many, which is told.
    private func changes(
        from old: ObjectID?, to new: ObjectID, _ files: inout Int, _ judge: inout Judge
    ) throws(GateError) -> [Change]? {
        let changes = try reading { () throws(GitError) in
            try reader.repository.changes(from: old, to: new, tellsEmpty: true)
        }
        files += changes.count
        guard files <= Self.maximumFileCount else {
            refuse("more than \(Self.maximumFileCount) files at once", commit: new, &judge)
            return nil
        }
        return changes
    }
}
