import RemitHosts
import RemitReport

/// What is to be seen in a repository of the server that it belongs to.
///
/// It says where hooks have to lie, and nothing about a push: who pushes is believed only of the host that is set.
struct ServerTraces {
    struct Trace: Hashable {
        let kind: HostKind
        /// What was seen, as a clause.
        let evidence: String
    }

    let found: [Trace]

    init(of gitDirectory: String) throws(AppError) {
        found = [
            try Self.gitolite(gitDirectory), try Self.gitea(gitDirectory), Self.softServe(gitDirectory),
            Self.gitlab(gitDirectory), Self.ghes(gitDirectory), Self.bitbucket(gitDirectory),
            Self.gerrit(gitDirectory),
        ].compactMap(\.self)
    }

    /// Whether a kind is among what was seen.
    ///
    /// Gitea's files and Forgejo's are the same.
    func show(_ kind: HostKind) -> Bool {
        found.contains { $0.kind == kind || Self.areAlike($0.kind, kind) }
    }

    private static func areAlike(_ first: HostKind, _ second: HostKind) -> Bool {
        let family: Set<HostKind> = [.gitea, .forgejo]
        return family.contains(first) && family.contains(second)
    }

    /// The kinds and what speaks for them.
    var words: String { found.map { "\($0.kind.rawValue), since \($0.evidence)" }.joined(separator: "; ") }

    /// What the administrator said, held against what was seen; or what was seen, where nothing was said.
    ///
    /// - Parameters:
    ///   - given: `--host`.
    ///   - before: what an earlier installation set.
    ///   - insists: whether `--host` counts even against what was seen.
    func choose(_ given: HostKind?, before: HostKind?, insists: Bool) throws(AppError) -> (kind: HostKind, why: String?)
    {
        if let given {
            guard insists || found.isEmpty || show(given) else {
                throw AppError(
                    "--host \(given.rawValue), but the repository looks like one of \(words)",
                    hint: "give --host \(found[0].kind.rawValue), or stand by your word with --insist", status: .usage)
            }
            return (given, nil)
        }
        if let before, found.isEmpty || show(before) {
            return (before, "host \(before.rawValue), as it was set before")
        }
        guard let first = found.first else {
            return (
                .plain,
                "host plain, since nothing of another server is to be seen; where sshd or a web server vouches for the "
                    + "pusher, give --host ssh or --host http"
            )
        }
        guard found.count == 1 else {
            throw AppError(
                "the repository looks like one of several servers: \(words)", hint: "say which it is with --host",
                status: .usage)
        }
        return (first.kind, "host \(first.kind.rawValue), since \(first.evidence)")
    }

    // MARK: Each server

    /// Longest generated hook that is read.
    private static let hookByteCount = 1 << 20

    private static func text(_ path: String) throws(AppError) -> String {
        guard case .file = FileState(of: path) else { return "" }
        return String(
            decoding: try Files.read(path, limit: ServerRepository.hookByteCount).prefix(hookByteCount), as: UTF8.self)
    }

    private static func gitolite(_ directory: String) throws(AppError) -> Trace? {
        let update = "\(directory)/hooks/update"
        if try text(update).contains("Gitolite::Hooks::Update") {
            return Trace(kind: .gitolite, evidence: "'\(update)' is gitolite's")
        }
        guard case .file = FileState(of: "\(directory)/gl-conf") else { return nil }
        return Trace(kind: .gitolite, evidence: "it holds 'gl-conf'")
    }

    private static func gitea(_ directory: String) throws(AppError) -> Trace? {
        let hook = "\(directory)/hooks/pre-receive.d/gitea"
        guard Files.exists(hook) else { return nil }
        let kind: HostKind = try text(hook).contains("forgejo") ? .forgejo : .gitea
        return Trace(kind: kind, evidence: "'\(hook)' is there")
    }

    private static func softServe(_ directory: String) -> Trace? {
        let hook = "\(directory)/hooks/pre-receive.d/soft-serve"
        return Files.exists(hook) ? Trace(kind: .softServe, evidence: "'\(hook)' is there") : nil
    }

    private static func gitlab(_ directory: String) -> Trace? {
        let parts = directory.split(separator: "/")
        if let index = parts.firstIndex(where: { $0 == "@hashed" || $0 == "@cluster" }), index < parts.count - 2 {
            return Trace(kind: .gitlab, evidence: "it lies below '\(parts[index])'")
        }
        let hooks = "\(directory)/custom_hooks"
        return Files.isDirectory(hooks) ? Trace(kind: .gitlab, evidence: "'\(hooks)' is there") : nil
    }

    private static func ghes(_ directory: String) -> Trace? {
        let store = "/data/user/repositories"
        return directory.hasPrefix("\(store)/") ? Trace(kind: .ghes, evidence: "it lies below '\(store)'") : nil
    }

    private static func bitbucket(_ directory: String) -> Trace? {
        let hook = "\(directory)/hooks/pre-receive.d/20_bitbucket_callback"
        return Files.exists(hook) ? Trace(kind: .bitbucket, evidence: "'\(hook)' is there") : nil
    }

    /// Gerrit keeps its repositories somewhere below its site, by default in `git`.
    private static func gerrit(_ directory: String) -> Trace? {
        var parent = Files.parent(of: directory)
        while parent.count > 1 {
            let file = "\(parent)/etc/gerrit.config"
            if Files.exists(file) { return Trace(kind: .gerrit, evidence: "'\(file)' is there") }
            parent = Files.parent(of: parent)
        }
        return nil
    }
}
