import RemitModel
import RemitReport

/// The work tree of an authority, in which a person's changes become commits, each landed whole or not at all.
package struct AuthorityClone: Sendable {
    package let location: AuthorityLocation
    /// The top directory of the work tree.
    package let directory: String
    package let git: Git
    /// Where changes are pushed; `nil` where they stay in this clone.
    package let upstream: Upstream?

    /// Most attempts to land a change while others land theirs.
    static let attemptsAtMost = 12

    /// A clone to write in.
    ///
    /// A bare repository is refused, and so is one in which a commit is being prepared. A clone that pushes is first
    /// brought up to its upstream; one with commits that the upstream lacks is refused, since they would be published
    /// with the change, or be lost.
    ///
    /// - Parameter pushing: whether changes go to the upstream of the branch, where it has one.
    package init(_ location: AuthorityLocation, pushing: Bool = false) throws(AppError) {
        guard let directory = location.workTree else {
            throw AppError(
                "'\(location.path)' is a bare repository; records are written in a clone",
                hint: "run 'git clone \(location.path) authority' and give --authority authority")
        }
        self.location = location
        self.directory = directory
        git = Git(in: directory)
        guard try git.attempt(["diff", "--cached", "--quiet"]).status == 0 else {
            throw AppError(
                "'\(directory)' has staged changes",
                hint: "commit them, or run 'git -C \(directory) restore --staged .'")
        }
        upstream = pushing ? try Upstream(of: git) : nil
        try catchUp()
    }

    /// Makes one commit of new files.
    ///
    /// - Parameters:
    ///   - key: the key that signed the record, which then signs the commit; without one, git's configuration decides.
    ///   - judge: judges the change once more, on every state of the authority that it is laid over.
    package func commit(
        _ change: Changeset, message: String, signedWith key: SigningKey? = nil,
        judge: (AuthorityLocation) throws(AppError) -> Void = { _ in }
    ) throws(AppError) {
        try publish(signedWith: key) { (state) throws(AppError) in
            try judge(state)
            return Change(change, message: message)
        }
    }

    /// Makes one commit of a change and lands it: in the upstream where there is one, and in the work tree.
    ///
    /// The work tree is not touched before the change has landed, so that a failure leaves nothing to undo. When
    /// somebody else was first, the change is made and judged anew on what is there then.
    ///
    /// - Parameter make: makes the change for one state of the authority, and judges it as a server will.
    package func publish(
        signedWith key: SigningKey? = nil, _ make: (AuthorityLocation) throws(AppError) -> Change
    ) throws(AppError) {
        for attempt in 1...Self.attemptsAtMost {
            if attempt > 1 {
                Pause.take(afterAttempt: attempt - 1)
                try catchUp()
            }
            let base = try head()
            let state = base.map(location.pinned) ?? location
            var change = try make(state)
            if base != nil {
                change = Change(try change.files.placed(in: state.records()), message: change.message)
            }
            try requireFree(change.files)
            if try land(makeCommit(of: change, on: base, signedWith: key), on: base) { return }
        }
        throw AppError(
            "others changed the authority \(Self.attemptsAtMost) times while this change was made",
            hint: "nothing was written; run the command again", status: .undecided)
    }

    /// What to do, or not, before servers know the change.
    package func tell() {
        Console.standard.say(
            upstream.map { "servers know it: pushed to '\($0.remote)'" }
                ?? "servers know it after 'git -C \(directory) push'")
    }

    /// The commit that the work tree is at; `nil` before the first.
    private func head() throws(AppError) -> ObjectID? {
        let output = try git.attempt(["rev-parse", "--verify", "--quiet", "HEAD"])
        return output.status == 0 ? ObjectID(hex: output.text) : nil
    }

    /// Brings the work tree up to the upstream, where there is one.
    private func catchUp() throws(AppError) {
        guard let upstream else { return }
        let tip = try upstream.fetch(git)
        guard try git.attempt(["merge-base", "--is-ancestor", "HEAD", tip.hex]).status == 0 else {
            throw AppError(
                "'\(directory)' has commits that '\(upstream.remote)' does not have",
                hints: [
                    "publish them with 'git -C \(directory) push', or drop them with "
                        + "'git -C \(directory) reset --keep @{upstream}'",
                    "or give --no-push, to add to them",
                ])
        }
        guard try follow(tip) else {
            throw AppError(
                "'\(directory)' cannot follow '\(upstream.remote)': something in it is in the way",
                hint: "'git -C \(directory) pull --ff-only' tells what")
        }
    }

    /// Whether the change has landed; `false` when somebody else was first.
    private func land(_ commit: ObjectID, on base: ObjectID?) throws(AppError) -> Bool {
        guard let base else { return true }
        guard let upstream else { return try follow(commit) }
        guard try upstream.push(commit, over: base, git) else { return false }
        if try !follow(commit) {
            Console.standard.say("'\(directory)' could not follow; run 'git -C \(directory) pull'")
        }
        return true
    }

    /// Moves the work tree forward to a commit; `false` when it does not lie ahead, or something is in the way.
    private func follow(_ commit: ObjectID) throws(AppError) -> Bool {
        let merge = ["merge", "--quiet", "--ff-only", "--no-verify-signatures", commit.hex]
        if try git.patiently(merge).status == 0 { return true }
        // Another command in the same clone may have gone further already.
        return try git.attempt(["merge-base", "--is-ancestor", commit.hex, "HEAD"]).status == 0
    }

    /// Refuses a change that would write over something of the person's own.
    private func requireFree(_ change: Changeset) throws(AppError) {
        let new = change.files.map(\.path).filter { !change.replaced.contains($0) }
        if let path = new.first(where: { Files.exists("\(directory)/\($0)") }) {
            throw AppError("'\(path)' exists already", hint: "nothing was written; records are never changed in place")
        }
        let touched = change.replaced.sorted() + change.removed
        guard !touched.isEmpty else { return }
        let changed = try git.run(["status", "--porcelain", "-z", "--untracked-files=all", "--"] + touched)
        guard changed.stdout.isEmpty else {
            let path = String(decoding: changed.stdout.dropFirst(3).prefix { $0 != 0 }, as: UTF8.self)
            throw AppError(
                "'\(path)' has changes of your own",
                hint: "nothing was written; set them aside with 'git -C \(directory) stash -u'")
        }
    }
}
