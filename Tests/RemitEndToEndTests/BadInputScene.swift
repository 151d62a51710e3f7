import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A server, and `remit-hook` called as git calls it but with an input of the test's own making.
///
/// Unchanged, it is a push that is allowed: a branch is made at what `main` holds already. Every row of the suites
/// breaks one thing of it.
final class BadInputScene {
    let authority: TestAuthority
    let server: TestServer
    /// All variables of the hook; nothing is inherited.
    var environment: [String: String]
    var input: [UInt8]
    var arguments = ["pre-receive"]
    /// Redirections for `sh`, such as `<&-`.
    var redirection = ""

    static let ref = "refs/heads/new"

    init() throws {
        authority = try TestAuthority()
        server = try TestServer(authority)
        environment = ["GIT_DIR": server.repository.path]
        let tip = try server.repository.resolve("refs/heads/main")
        input = Self.line(to: tip)
    }

    /// A ref from nothing to an object.
    static func line(to id: ObjectID, on ref: String = ref) -> [UInt8] {
        Array("\(ObjectID.zero.hex) \(id.hex) \(ref)\n".utf8)
    }

    func run() throws -> Output {
        let command = try [BuiltProducts.hook] + arguments
        guard !redirection.isEmpty else { return try spawn(command, input: input, environment: environment) }
        return try spawn(
            ["/bin/sh", "-c", "exec \"$@\" \(redirection)", "sh"] + command, input: input, environment: environment)
    }

    /// The places of this machine replaced by their names.
    func normalised(_ text: String) -> String {
        [
            (server.repository.path, "REPOSITORY"), (authority.path, "AUTHORITY"), (server.ledgerPath, "LEDGER"),
            (server.directory.path, "DIRECTORY"), (authority.root.description, "ROOT"),
        ].reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    /// Runs the hook and expects exactly these lines, this status, and a server as it was before.
    func expect(
        _ status: Int32 = 2, entries: Int64 = 0, _ lines: [String], location: SourceLocation = #_sourceLocation
    ) throws {
        let refs = try server.repository.attempt(["for-each-ref"]).text
        let output = try run()
        #expect(output.status == status, sourceLocation: location)
        #expect(normalised(output.errorText).split(separator: "\n").map(String.init) == lines, sourceLocation: location)
        #expect(output.text.isEmpty, sourceLocation: location)
        Self.expectNoRuntimeWords(output.errorText, location)
        #expect(try server.repository.attempt(["for-each-ref"]).text == refs, sourceLocation: location)
        if entries >= 0 {
            #expect(try server.entries().map(\.sequence) == Array(1..<entries + 1), sourceLocation: location)
        }
    }

    /// What an undecided push says: the fault, its rule, and whom to ask.
    func expectUndecided(
        _ rule: RuleCode, _ fault: String, hint: String = Hint.doctor, ref: String? = nil, entries: Int64 = 0,
        location: SourceLocation = #_sourceLocation
    ) throws {
        try expect(
            2, entries: entries,
            Self.undecided(rule, fault, hint: hint, ref: ref)
                + (entries > 0 ? ["remit: decision \(entries) recorded"] : []),
            location: location)
    }

    static func undecided(_ rule: RuleCode, _ fault: String, hint: String = Hint.doctor, ref: String? = nil) -> [String]
    {
        [
            "remit: undecided: this push could not be checked, nothing of it was accepted",
            "remit: error: \(fault)",
            "remit:   rule     \(rule.rawValue)",
        ] + (ref.map { ["remit:   ref      \($0)"] } ?? []) + ["remit: hint: \(hint)"]
    }

    enum Hint {
        static let doctor =
            "try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on the server"
        static let fsck = "ask the administrators to look with 'git fsck' and 'remit doctor' on the server"
    }

    /// What a crash of a Swift program leaves, and the pusher must never see.
    static func expectNoRuntimeWords(_ text: String, _ location: SourceLocation = #_sourceLocation) {
        for word in ["Fatal error", "Stack dump", "Swift runtime", "*** ", "Illegal instruction", " at /", ".swift:"] {
            #expect(!text.contains(word), "\(text)", sourceLocation: location)
        }
    }
}
