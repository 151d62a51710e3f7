import CLibgit2

/// The one way into libgit2: initialised once, every call checked, every error read at once.
enum Libgit2 {
    /// Whether the library stands and our settings are in force.
    ///
    /// Any call before `git_libgit2_init` is undefined behaviour, so every handle is made through here.
    private static let started: Result<Void, GitError> = {
        var failed = git_libgit2_init() < 0
        // No file outside the repository steers what Remit reads: a HOME that cannot be read fails every open
        // otherwise, and an administrator's or a pusher's ~/.gitconfig must not matter.
        for level in [
            GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
        ] {
            failed = unsafe remit_libgit2_set_search_path(CInt(level.rawValue), "") < 0 || failed
        }
        // `RepositoryFormat` checks the owner: libgit2 1.5 reports a foreign owner as a missing config value.
        failed = remit_libgit2_set_owner_validation(0) < 0 || failed
        // Relied upon: receive-pack's index-pack or unpack-objects has just hashed every pushed object, and git itself
        // does not hash again what lies in its object directory. Hashing again costs four times the whole walk.
        failed = remit_libgit2_set_strict_hash_verification(0) < 0 || failed
        // Trees are kept by `RecentTrees`. Commits stay in libgit2's cache between the walk and the judge.
        failed = remit_libgit2_set_cache_limit(GIT_OBJECT_TREE, 0) < 0 || failed
        return failed ? .failure(GitError(.libgit2, "git_libgit2_init", "libgit2 cannot be started")) : .success(())
    }()

    static func start() throws(GitError) {
        try started.get()
    }

    /// From now on, and in the whole process, what is read must have the hash by which it is called.
    static func verifyHashes() throws(GitError) {
        try start()
        guard remit_libgit2_set_strict_hash_verification(1) >= 0 else {
            throw GitError(.libgit2, "git_libgit2_opts", "libgit2 does not verify hashes")
        }
    }

    /// Calls a function of libgit2; a negative result is thrown, together with what the library says about it.
    @discardableResult
    static func call(
        _ function: StaticString, about subject: @autoclosure () -> String = "", _ body: () -> CInt
    ) throws(GitError) -> CInt {
        let result = body()
        guard result < 0 else { return result }
        throw error(function, result, subject())
    }

    /// The thread's last error as a value, cleared so that it cannot be taken for that of a later call.
    static func error(_ function: StaticString, _ result: CInt, _ subject: String) -> GitError {
        var kind = GIT_ERROR_NONE
        var text = "error \(result)"
        if let last = unsafe git_error_last() {
            kind = unsafe git_error_t(UInt32(bitPattern: last.pointee.klass))
            let message = unsafe String(decoding: bytes(ofCString: last.pointee.message), as: UTF8.self)
            if !message.isEmpty { text = message }
        }
        git_error_clear()
        let reason = subject.isEmpty || text.contains(subject) ? text : "\(text) (\(subject))"
        return GitError(code(result, kind), String(describing: function), reason)
    }

    private static func code(_ result: CInt, _ kind: git_error_t) -> GitError.Code {
        switch (git_error_code(result), kind) {
        case (GIT_ENOTFOUND, GIT_ERROR_ODB), (GIT_ENOTFOUND, GIT_ERROR_OBJECT): .missingObject
        case (GIT_ENOTFOUND, _): .notFound
        case (GIT_EPEEL, _), (GIT_EINVALIDSPEC, GIT_ERROR_OBJECT), (_, GIT_ERROR_INVALID): .wrongKind
        case (_, GIT_ERROR_ODB), (_, GIT_ERROR_OBJECT), (_, GIT_ERROR_ZLIB), (_, GIT_ERROR_REFERENCE),
            (_, GIT_ERROR_TREE), (_, GIT_ERROR_CONFIG), (GIT_EMISMATCH, _):
            .corrupt
        case (_, GIT_ERROR_OS), (_, GIT_ERROR_FILESYSTEM): .io
        default: .libgit2
        }
    }
}
