package import RemitAuthority
import RemitFormats
package import RemitGate
package import RemitModel
import RemitReport
import RemitSignatures

/// Which authority a command reads, and how it was found.
package struct AuthorityLocation: Sendable {
    /// An absolute path: a clone with a work tree, or a bare repository.
    package let path: String
    /// The ref whose commit is read.
    package let ref: String
    /// The directory of the work tree; `nil` for a bare repository.
    package let workTree: String?
    /// The commit that is read, where it must not be another one meanwhile.
    private let commit: ObjectID?

    /// The variable that names the authority for every command of a session.
    package static let variable = "REMIT_AUTHORITY"

    /// Finds the authority: by `--authority`, else by the environment, else by the present repository's configuration.
    package init(option: String?) throws(AppError) {
        guard let named = try Self.named(option: option) else {
            throw AppError(
                "no authority is named",
                hint: "give --authority DIR, set \(Self.variable), or run 'git config remit.authority DIR'",
                status: .usage)
        }
        self = named
    }

    /// The same; `nil` where none of them names one.
    package static func named(option: String?) throws(AppError) -> AuthorityLocation? {
        if let named = option ?? Files.variable(variable) { return try AuthorityLocation(at: named) }
        guard let configured = try Git().configuration("remit.authority") else { return nil }
        return try AuthorityLocation(at: configured, ref: try Git().configuration("remit.authorityRef"))
    }

    package init(at path: String, ref: String? = nil) throws(AppError) {
        self.path = Files.absolute(path)
        let git = Git(in: self.path)
        guard Files.isDirectory(self.path), try git.attempt(["rev-parse", "--git-dir"]).status == 0 else {
            throw AppError(
                "'\(path)' is not a git repository", hint: "clone the authority, or make one with 'remit init'",
                status: .undecided)
        }
        let top = try git.attempt(["rev-parse", "--show-toplevel"])
        workTree = top.status == 0 ? top.text : nil
        // A person's clone is read where it stands; a server's bare repository where the hook reads it.
        self.ref = ref ?? (top.status == 0 ? "HEAD" : Settings.defaultAuthorityRef)
        commit = nil
    }

    private init(_ other: AuthorityLocation, commit: ObjectID) {
        (path, ref, workTree) = (other.path, other.ref, other.workTree)
        self.commit = commit
    }

    /// The same authority at one commit, wherever its ref goes.
    package func pinned(to commit: ObjectID) -> AuthorityLocation {
        AuthorityLocation(self, commit: commit)
    }

    /// The committed records.
    package func records() throws(AppError) -> GitRecordSource {
        do throws(AuthorityError) {
            guard let commit else { return try GitRecordSource(at: path, ref: ref) }
            return try GitRecordSource(at: path, commit: commit)
        } catch {
            throw AppError(error)
        }
    }

    /// The paths of all files below a directory, at one commit.
    package func paths(below directory: String, at commit: ObjectID) throws(AppError) -> [String] {
        let output = try Git(in: path)
            .run(["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit.hex, "--", "\(directory)/"])
        return output.stdout.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }
    }

    /// The agents that have a record, at one commit, in the order of their ids.
    package func agents(at commit: ObjectID) throws(AppError) -> [String] {
        let (prefix, suffix) = ("\(AuthorityLayout.agents)/", ".toml")
        let records = try paths(below: AuthorityLayout.agents, at: commit).filter { $0.hasSuffix(suffix) }
        let ids = records.map { path in
            String(AuthorityLayout.unshelved(agent: path.dropFirst(prefix.count).dropLast(suffix.count)))
        }
        return ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The digest of the first root: as configured, else as the repository itself has it.
    ///
    /// A clone's own root proves nothing about where the clone came from; but what is granted in it is judged by
    /// servers, and those pin theirs.
    package func pin(in records: some RecordSource) throws(AppError) -> RecordID {
        if let text = try Git(in: path).configuration("remit.root") {
            guard text.hasPrefix(RecordID.prefix), let id = RecordID(text) else {
                throw AppError(
                    "git config remit.root: must be 'sha256:' and 64 lower-case hexadecimal digits",
                    status: .undecided)
            }
            return id
        }
        let first = AuthorityLayout.root(1)
        let bytes: [UInt8]?
        do throws(AuthorityError) {
            bytes = try records.bytes(at: first, limit: RecordText.maximumByteCount)
        } catch {
            throw AppError(error)
        }
        guard let bytes else {
            throw AppError(
                "'\(path)' is not an authority: it has no '\(first)'", hint: "make one with 'remit init'",
                status: .undecided)
        }
        return RecordID(of: bytes)
    }
}
