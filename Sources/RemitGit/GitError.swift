/// Why a repository could not be read: a code, the function that said so, and its facts.
package struct GitError: Error, Hashable, Sendable {
    /// What kind of fault it is; callers switch on this, never on the reason.
    package enum Code: String, Hashable, Sendable {
        /// There is no repository, reference or path of that name.
        case notFound
        /// An object that history or a tree needs is not in any object directory.
        case missingObject
        /// The object exists and is of another kind than the place needs.
        case wrongKind
        /// An object, a reference or a file of the repository does not have its form.
        case corrupt
        /// A tree that git and others may read differently.
        case malformedTree
        /// A repository format or extension that Remit does not read.
        case unsupportedFormat
        /// The history is cut off, or other parents are put in the place of a commit's own.
        case shallow
        /// Objects are fetched from a remote on demand, which Remit never does.
        case partialClone
        /// Somebody else owns the repository.
        case foreignOwner
        /// One of Remit's bounds is reached.
        case limit
        /// The time for reading is over.
        case deadline
        /// The operating system refused.
        case io
        /// Libgit2 failed in a way that none of the others names.
        case libgit2
    }

    package let code: Code
    /// The C function that failed, or the check of ours.
    package let function: String
    /// Lower case, with the object id or path where one is known.
    ///
    /// It may hold bytes of a pusher: escape it when printing.
    package let reason: String
    /// The reason without what mends it, where others know a better cure: on a CI system it is a setting.
    package let fault: String

    package init(_ code: Code, _ function: String, _ fault: String, cure: String? = nil) {
        self.code = code
        self.function = function
        self.fault = fault
        reason = cure.map { "\(fault); \($0)" } ?? fault
    }

    /// An error that was told before, as an archive has it.
    package init(_ code: Code, function: String, fault: String, reason: String) {
        self.code = code
        self.function = function
        self.fault = fault
        self.reason = reason
    }
}
