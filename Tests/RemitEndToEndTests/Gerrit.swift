import RemitModel
import RemitTestSupport
import Testing

/// Gerrit as far as its hooks plugin goes: objects that come into the store by no git, and hooks that are called as the
/// plugin calls them, with its options in its order, its two variables, and no input.
///
/// Sources: plugins_hooks 7d4f143, RefUpdate.java, CommitReceived.java, Submit.java, HookTask.java.
struct Gerrit {
    let scene: Scene
    /// What else is in the environment of Gerrit's process.
    var environment: [String: String] = [:]
    /// What runs instead of the program with the hook's name.
    var shims: String?

    static let settings = ["remit.host": "gerrit"]
    static let review = "refs/for/main"

    /// Pushes for review are the agent's own; in `main` persons land.
    init(
        settings: [String: String] = settings, _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws {
        let authority = try TestAuthority()
        try authority.publish { $0.roles[0].refs.append("refs/for/**") }
        scene = try Scene(authority, settings: settings) {
            $0.grants[0].refs = ["refs/heads/agent/PAY-42/**", Self.review]
            change(&$0)
        }
    }

    var repository: TestRepository { scene.server.repository }

    /// Brings a commit into the store, as JGit writes a pack before any hook is asked.
    func store(_ commit: ObjectID) throws {
        let spot = "refs/heads/spot"
        try scene.client.setRef(spot, to: commit)
        try repository.git("fetch", "-q", "--no-write-fetch-head", scene.client.path, spot)
    }

    func call(_ hook: String, _ options: [(name: String, value: String)]) throws -> Output {
        try call(hook, words: options.flatMap { ["--\($0.name)", $0.value] })
    }

    func call(_ hook: String, words: [String]) throws -> Output {
        let known = try scene.server.entries().count
        let command = try shims.map { ["\($0)/\(hook)"] } ?? [BuiltProducts.hook, hook]
        let output = try spawn(
            command + words,
            environment: [
                "PATH": HermeticGit.path, "GIT_DIR": repository.gitDirectory, "GERRIT_SITE": "/srv/gerrit",
            ].merging(environment) { $1 }, directory: repository.gitDirectory)
        try expectSameAgain(inLedgerAt: scene.server.ledgerPath, after: known)
        return output
    }

    /// A push past review.
    func refUpdate(
        _ ref: String, from old: ObjectID? = nil, to new: ObjectID, by login: String = "dana"
    ) throws -> Output {
        try call(
            "ref-update",
            [
                ("project", "payments"), ("uploader", "\"Dana\" <dana@example.org>"), ("uploader-username", login),
                ("oldrev", (old ?? .zero).hex), ("newrev", new.hex), ("refname", ref),
            ])
    }

    /// A commit that came in, for review unless `command` is the branch itself.
    func commitReceived(
        _ commit: ObjectID, command: String = review, branch: String = "refs/heads/main", by login: String = "dana",
        parent: ObjectID? = nil
    ) throws -> Output {
        let parents = try scene.client.attempt(["rev-parse", "-q", "--verify", "\(commit.hex)^1"])
        return try call(
            "commit-received",
            [
                ("project", "payments"), ("refname", branch), ("uploader", "\"Dana\" <dana@example.org>"),
                ("uploader-username", login), ("oldrev", (parent ?? ObjectID(hex: parents.text) ?? .zero).hex),
                ("newrev", commit.hex), ("cmdref", command),
            ])
    }

    func submit(_ commit: ObjectID, to branch: String = "refs/heads/main", by login: String) throws -> Output {
        try call(
            "submit",
            [
                ("change", "1234"), ("project", "payments"), ("branch", branch),
                ("submitter", "\"Somebody\" <dana@example.org>"), ("submitter-username", login), ("patchset", "2"),
                ("commit", commit.hex),
            ])
    }

    /// A commit of the agent's upon `main`, in the store.
    func proposed(_ edits: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]) throws -> ObjectID {
        let commit = try scene.agent(edits)
        try store(commit)
        return commit
    }

    func outcomes() throws -> [String] {
        try scene.server.documents().map { document in
            let text = String(decoding: document, as: UTF8.self)
            return ["allowed", "refused", "undecided"].first { text.contains("\"outcome\":\"\($0)\"") } ?? "?"
        }
    }
}
