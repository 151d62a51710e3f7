import CLibgit2
package import RemitModel

/// One line of a ref's log: where it pointed, where it was made to point, and when, by the clock of whoever did it.
package struct Movement: Hashable, Sendable {
    package let update: RefUpdate
    package let at: Instant

    package init(_ update: RefUpdate, at moment: Instant) {
        self.update = update
        at = moment
    }
}

extension Repository {
    /// The log of a ref, oldest first; empty where git keeps none.
    ///
    /// It keeps one in a bare repository only where `core.logAllRefUpdates` says so, and drops it with the ref.
    package func reflog(of name: ByteString) throws(GitError) -> [Movement] {
        let text = try CText(name.bytes)
        let repository = unsafe handle.pointer
        // `git_reflog_read` would make a log that is missing.
        let exists = try Libgit2.call("git_reference_has_log", about: Platform.text(name.bytes)) {
            unsafe git_reference_has_log(repository, text.characters)
        }
        guard exists == 1 else { return [] }
        let log = try unsafe Handle("git_reflog_read", about: Platform.text(name.bytes), release: git_reflog_free) {
            unsafe git_reflog_read(&$0, repository, text.characters)
        }
        var movements: [Movement] = []
        for index in (0..<(unsafe git_reflog_entrycount(log.pointer))).reversed() {
            guard let entry = unsafe git_reflog_entry_byindex(log.pointer, index),
                let old = unsafe git_reflog_entry_id_old(entry), let new = unsafe git_reflog_entry_id_new(entry),
                let committer = unsafe git_reflog_entry_committer(entry)
            else { throw GitError(.corrupt, "git_reflog_entry_byindex", "a line of the log cannot be read") }
            movements.append(
                unsafe Movement(
                    RefUpdate(ref: name, old: ObjectID(old.pointee), new: ObjectID(new.pointee)),
                    at: Instant(seconds: committer.pointee.when.time)))
        }
        return movements
    }
}
