import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// An authority that guards itself, and a clone in which somebody writes records and pushes them.
struct Guarded {
    static let main = "refs/heads/main"

    let authority: TestAuthority
    let server: TestServer

    var clone: TestRepository { server.client }

    /// - Parameter prepare: what the authority holds before it is guarded.
    init(settings: [String: String] = [:], _ prepare: (TestAuthority) throws -> Void = { _ in }) throws {
        authority = try TestAuthority()
        try prepare(authority)
        server = try TestServer(guarding: authority, settings: settings)
    }

    /// Commits files in the clone as they are.
    @discardableResult
    func commit(_ edits: [String: FileEdit]) throws -> ObjectID { try clone.commit(edits) }

    func push(_ options: String..., environment: [String: String] = [:]) throws -> Trial {
        try server.trial(Self.main, options: options, environment: environment)
    }

    /// Takes the clone back to what the server has.
    func startOver() throws {
        try clone.setRef(Self.main, to: try #require(try server.tip(of: Self.main)))
    }

    /// Puts a record that any fields make.
    func put(
        _ fields: [(key: String, value: String?)], at path: (RecordID) -> String, _ namespace: String,
        signedBy key: SSHKey? = nil
    ) throws -> RecordID {
        let text = RecordFields.lines(fields)
        let id = RecordID(of: Array(text.utf8))
        try authority.put(text, at: path(id), signedBy: key ?? authority.dana, namespace)
        return id
    }

    func approve(_ commit: ObjectID, signedBy key: SSHKey? = nil) throws -> RecordID {
        try put(
            [
                ("type", RecordFields.text("approval/v1")), ("organisation", RecordFields.text("example.org")),
                ("approver", RecordFields.text("sam@example.org")), ("repository", RecordFields.text("payments")),
                ("commit", RecordFields.text(commit.hex)), ("tree", RecordFields.text(commit.hex)),
                ("environments", "[]"), ("reason", RecordFields.text("looked at it")),
                ("issued_at", authority.now.description),
                ("expires_at", authority.now.adding(seconds: 3600).description),
            ], at: { "approvals/\(commit.hex.prefix(2))/\(commit.hex)/\($0.hex).toml" }, "remit-approval",
            signedBy: key ?? authority.sam)
    }

    func except(_ commit: ObjectID) throws -> RecordID {
        try put(
            [
                ("type", RecordFields.text("exception/v1")), ("organisation", RecordFields.text("example.org")),
                ("issuer", RecordFields.text("dana@example.org")), ("repository", RecordFields.text("payments")),
                ("ref", RecordFields.text(Self.main)), ("commit", RecordFields.text(commit.hex)),
                ("rules", RecordFields.list(["scope.path"])), ("reason", RecordFields.text("an incident")),
                ("issued_at", authority.now.description),
                ("expires_at", authority.now.adding(seconds: 3600).description),
            ], at: { "exceptions/\(commit.hex.prefix(2))/\(commit.hex)/\($0.hex).toml" }, "remit-exception")
    }

    /// An agent's own request, which nobody signs.
    func request() throws -> RecordID {
        let text =
            RecordFields.lines([
                ("type", RecordFields.text("request/v1")), ("organisation", RecordFields.text("example.org")),
                ("requester", RecordFields.text("claude")), ("agent", RecordFields.text("claude-code")),
                ("task", RecordFields.text("PAY-43")), ("purpose", RecordFields.text("more")),
                ("issued_at", authority.now.description), ("hours", "8"),
            ]) + "\n[[grant]]\n"
            + RecordFields.lines([
                ("repository", RecordFields.text("payments")), ("refs", RecordFields.list(["refs/heads/agent/**"])),
                ("paths", RecordFields.list(["Sources/**"])), ("operations", RecordFields.list(["file.modify"])),
            ])
        let id = RecordID(of: Array(text.utf8))
        try commit(["requests/\(id.hex).toml": .file(text)])
        return id
    }

    func decline(_ request: RecordID) throws {
        _ = try put(
            [
                ("type", RecordFields.text("decline/v1")), ("organisation", RecordFields.text("example.org")),
                ("request", RecordFields.text(request.description)),
                ("person", RecordFields.text("dana@example.org")), ("reason", RecordFields.text("too wide")),
                ("issued_at", authority.now.description),
            ], at: { _ in "requests/\(request.hex).declined.toml" }, "remit-delegation")
    }

    /// The next root: Dana and Sam, both of whom must sign.
    func root(signedBy keys: [SSHKey], at path: String = "roots/2.toml") throws {
        var text = RecordFields.lines([
            ("type", RecordFields.text("root/v1")), ("organisation", RecordFields.text("example.org")),
            ("version", "2"), ("threshold", "2"),
        ])
        for (id, key) in [("dana@example.org", authority.dana), ("sam@example.org", authority.sam)] {
            let line = key.publicLine.split(separator: " ").prefix(2).joined(separator: " ")
            text += "\n[[administrator]]\n"
            text += RecordFields.lines([("id", RecordFields.text(id)), ("keys", RecordFields.list([line]))])
        }
        // The policy in force must be signed as the new root demands, in the same commit.
        let policy = try clone.git(["cat-file", "blob", "\(Self.main):authority.toml"]).stdout
        let second = try authority.sam.sign(policy, namespace: "remit-authority")
        let beside: [String: FileEdit] =
            path == "roots/2.toml"
            ? ["authority.toml.sig.2": .file(String(decoding: second, as: UTF8.self))] : [:]
        try authority.put(text, at: path, signedBy: keys, "remit-root", with: beside)
    }

    static func delegationPath(_ id: RecordID) -> String { "delegations/\(id.hex.prefix(2))/\(id.hex).toml" }
}
