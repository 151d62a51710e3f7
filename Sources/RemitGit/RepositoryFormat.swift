import RemitModel

/// What a repository must be before libgit2 may see it.
///
/// `git_repository_open_bare` opens SHA-256 and reftable repositories as well and then misreads them, so their format
/// is checked here, and every refusal says how to mend it.
enum RepositoryFormat {
    /// Extensions that change nothing in how objects and references are read.
    private static let harmless: Set<String> = ["noop", "preciousobjects", "worktreeconfig", "relativeworktrees"]

    static func check(
        _ location: RepositoryLocation, _ configuration: RepositoryConfiguration, trustedOwner: UInt32?,
        accepting incompleteness: Incompleteness
    ) throws(GitError) {
        try checkOwner(location.gitDirectory, trustedOwner)
        try checkOwner(location.commonDirectory, trustedOwner)
        try checkVersion(configuration)
        // First, because a filter says what is missing.
        for entry in configuration.entries { try checkFilter(entry.name, entry.value ?? []) }
        for entry in configuration.entries {
            try checkExtension(entry.name, entry.value ?? [])
            try checkPromisor(entry.name, entry.value)
        }
        if !incompleteness.contains(.shallow) { try checkShallow(location) }
        if !incompleteness.contains(.grafts) { try checkGrafts(location) }
    }

    /// A repository of somebody else may hold a `config` that makes git run programs (CVE-2022-24765).
    private static func checkOwner(_ directory: ByteString, _ trustedOwner: UInt32?) throws(GitError) {
        guard let owner = try Platform.status(directory.bytes)?.owner else {
            throw GitError(.notFound, "owner", "no such directory: \(Platform.text(directory.bytes))")
        }
        let user = Platform.effectiveUser
        guard owner == user || (user == 0 && owner == trustedOwner) else {
            throw GitError(
                .foreignOwner, "owner",
                "\(Platform.text(directory.bytes)) is owned by uid \(owner), and this process runs as uid \(user): "
                    + "run it as the owner, or give the directory to uid \(user)")
        }
    }

    private static func checkVersion(_ configuration: RepositoryConfiguration) throws(GitError) {
        let version = try configuration.values("core.repositoryformatversion").last ?? "0"
        guard version == "0" || version == "1" else {
            throw GitError(
                .unsupportedFormat, "core.repositoryformatversion",
                "repository format version '\(version)' is not supported: use 0 or 1")
        }
    }

    private static func checkExtension(_ name: [UInt8], _ value: [UInt8]) throws(GitError) {
        let prefix = Array("extensions.".utf8)
        guard name.starts(with: prefix) else { return }
        let key = Platform.text(Array(name.dropFirst(prefix.count)))
        let value = Platform.text(value)
        switch (key, value) {
        case ("objectformat", "sha1"), ("refstorage", "files"): return
        case ("objectformat", _), ("compatobjectformat", _):
            throw GitError(
                .unsupportedFormat, "extensions.\(key)",
                "object format '\(value)' is not supported: use a repository made with --object-format=sha1")
        case ("refstorage", _):
            throw GitError(
                .unsupportedFormat, "extensions.\(key)",
                "reference storage '\(value)' is not supported: run 'git refs migrate --ref-format=files'")
        case ("partialclone", _):
            throw partialClone("extensions.partialclone names remote '\(value)'")
        default:
            guard harmless.contains(key) else {
                throw GitError(
                    .unsupportedFormat, "extensions.\(key)", "extension '\(key)' is not known: remove it to go on")
            }
        }
    }

    private static func checkPromisor(_ name: [UInt8], _ value: [UInt8]?) throws(GitError) {
        guard isRemote(name, "promisor"), try RepositoryConfiguration.boolean(value, of: name) else { return }
        throw partialClone("\(Platform.text(name)) is set")
    }

    /// Git takes a remote with a filter for one that promises objects, whatever else is said of it.
    ///
    /// A clone without blobs has all commits and trees, but lines, pipeline definitions and attributes are in blobs.
    private static func checkFilter(_ name: [UInt8], _ value: [UInt8]) throws(GitError) {
        guard isRemote(name, "partialclonefilter"), !value.isEmpty else { return }
        let filter = Platform.text(value)
        let missing =
            filter.hasPrefix("tree:") ? "trees and file contents" : filter.hasPrefix("blob:") ? "file contents" : nil
        throw partialClone("\(Platform.text(name)) is \(filter)", missing: missing ?? "objects")
    }

    private static func isRemote(_ name: [UInt8], _ variable: String) -> Bool {
        name.starts(with: Array("remote.".utf8)) && name.reversed().starts(with: ".\(variable)".utf8.reversed())
    }

    private static func partialClone(_ fact: String, missing: String = "objects") -> GitError {
        GitError(
            .partialClone, "remote.promisor", "the clone is partial (\(fact)): \(missing) may be missing",
            cure: "make a full clone, without --filter")
    }

    private static func checkShallow(_ location: RepositoryLocation) throws(GitError) {
        let path = RepositoryLocation.join(location.commonDirectory.bytes, Array("shallow".utf8))
        guard let status = try Platform.status(path), status.size > 0 else { return }
        throw GitError(
            .shallow, "shallow",
            "the history is cut off (\(Platform.text(path)) is not empty)",
            cure: "run 'git fetch --unshallow', or set the fetch depth of the job to 0")
    }

    /// Git reads parents from this file in the place of those that the commits name and are signed with.
    private static func checkGrafts(_ location: RepositoryLocation) throws(GitError) {
        let path = RepositoryLocation.join(location.commonDirectory.bytes, Array("info/grafts".utf8))
        guard let status = try Platform.status(path), status.size > 0 else { return }
        throw GitError(
            .shallow, "grafts", "the history is grafted (\(Platform.text(path)) is not empty)",
            cure: "make a new clone, without that file")
    }
}
