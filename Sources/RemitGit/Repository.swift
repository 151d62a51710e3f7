import CLibgit2
import RemitFormats
import RemitModel

/// A git repository, open for reading; nothing is ever written to it.
///
/// One owner, one thread. Whatever leaves it is a copied value, or borrowed for the length of a closure.
@safe package struct Repository: ~Copyable {
    package let location: RepositoryLocation
    let settings: RepositoryConfiguration
    let handle: Handle
    let database: Handle
    /// The time in which it may be read: without end, unless it is started.
    package let stopwatch = Stopwatch()
    let directories = Directories()
    let recentTrees = RecentTrees()

    /// Opens a repository after checks of our own, with the objects of a push that is still in quarantine.
    ///
    /// `trustedOwner` is the user for whom a process of root acts (`SUDO_UID`), besides root itself. Whoever judges
    /// nothing may accept a history that is not whole.
    package init(
        at location: RepositoryLocation, quarantine: Quarantine = .none, trustedOwner: UInt32? = nil,
        accepting incompleteness: Incompleteness = []
    ) throws(GitError) {
        let settings = try RepositoryConfiguration(commonDirectory: location.commonDirectory)
        try RepositoryFormat.check(location, settings, trustedOwner: trustedOwner, accepting: incompleteness)
        let path = try CText(location.gitDirectory.bytes)
        let handle = try unsafe Handle(
            "git_repository_open_bare", about: Platform.text(location.gitDirectory.bytes),
            release: git_repository_free
        ) { unsafe git_repository_open_bare(&$0, path.characters) }
        let repository = unsafe handle.pointer
        let database = try unsafe Handle("git_repository_odb", release: git_odb_free) {
            unsafe git_repository_odb(&$0, repository)
        }
        let additional = try ObjectDirectories.additional(location, quarantine)
        if additional.areForeign { try Libgit2.verifyHashes() }
        for directory in additional.paths {
            let path = try CText(directory)
            try Libgit2.call("git_odb_add_disk_alternate", about: Platform.text(directory)) {
                unsafe git_odb_add_disk_alternate(database.pointer, path.characters)
            }
        }
        try ClockBackend.add(stopwatch, to: database)
        // A commit-graph says what the parents of commits are. Nothing binds it to the commits, git itself believes it,
        // and whoever could write one would have history go unjudged. The commits themselves are read instead.
        try Libgit2.call("git_odb_set_commit_graph") { unsafe git_odb_set_commit_graph(database.pointer, nil) }
        self.location = location
        self.settings = settings
        self.handle = handle
        self.database = database
    }

    /// Every value of a key in the repository's own `config`, in the order of the file.
    package func configuration(_ key: String) throws(GitError) -> [String] {
        try settings.values(key)
    }
}
