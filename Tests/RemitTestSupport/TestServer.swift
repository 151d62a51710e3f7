package import RemitEvidence
package import RemitLedger
package import RemitModel

/// A git server of one test: a bare repository with the built `remit-hook` as its hook, and a clone that pushes to it.
///
/// Git runs the hook, the hook finds everything in the repository's own configuration: nothing stands in for anything.
package final class TestServer {
    package let authority: TestAuthority
    package let repository: TestRepository
    package let client: TestRepository
    package let ledgerPath: String
    package let name: String
    package let directory: TemporaryDirectory

    /// Makes a server whose `main` holds one commit of Dana's, and a clone of it.
    package init(
        _ authority: TestAuthority, name: String = "payments", directoryName: String? = nil,
        settings: [String: String] = [:], hook: Bool = true
    ) throws {
        self.authority = authority
        self.name = name
        directory = try TemporaryDirectory()
        ledgerPath = "\(directory.path)/ledger.db"
        let scenery = try Self.scenery.get()
        repository = try TestRepository(copyOf: scenery.server, name: directoryName ?? "\(name).git")
        client = try TestRepository(copyOf: scenery.client, name: name)
        try client.git("config", "remote.origin.url", repository.path)
        if hook { try install(settings) }
    }

    /// Puts the hook into a repository that was made otherwise, such as one of another format.
    package init(
        _ authority: TestAuthority, guarding repository: TestRepository, client: TestRepository,
        settings: [String: String] = [:]
    ) throws {
        self.authority = authority
        name = "payments"
        directory = try TemporaryDirectory()
        ledgerPath = "\(directory.path)/ledger.db"
        (self.repository, self.client) = (repository, client)
        try install(settings)
    }

    /// Makes an authority guard itself: its own repository with the hook, and a clone in which its records are written.
    package init(guarding authority: TestAuthority, settings: [String: String] = [:]) throws {
        self.authority = authority
        name = "authority"
        directory = try TemporaryDirectory()
        ledgerPath = "\(directory.path)/ledger.db"
        repository = authority.repository
        client = try TestRepository(bare: false, name: name)
        try client.git("remote", "add", "origin", repository.path)
        try client.git("fetch", "-q", "origin")
        try client.git("checkout", "-q", "-b", "main", "--track", "origin/main")
        authority.clone = client
        try install(settings)
    }

    private func install(_ settings: [String: String]) throws {
        _ = try Ledger.open(at: ByteString(ledgerPath), create: true, deadline: .now.advanced(by: .seconds(10)))
        let keys = [
            "remit.authority": authority.path, "remit.root": authority.root.description, "remit.repository": name,
            "remit.ledger": ledgerPath,
        ]
        var config = try readFile("\(repository.gitDirectory)/config")
        for (key, value) in keys.merging(settings, uniquingKeysWith: { $1 }) {
            let section = key.prefix { $0 != "." }
            let text = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            config += Array("[\(section)]\n\t\(key.dropFirst(section.count + 1)) = \"\(text)\"\n".utf8)
        }
        try writeFile(config, to: "\(repository.gitDirectory)/config")
        try repository.installHook("pre-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' pre-receive\n")
    }

    /// What every server and its clone begin with; made once and copied.
    private static let scenery = Result {
        let server = try TestRepository()
        let client = try TestRepository(bare: false)
        try server.commit(["README.md": "payments\n", "Sources/Pay.swift": "let pay = 1\n"], message: "begin\n")
        try client.git("remote", "add", "origin", server.path)
        try client.git("fetch", "-q", "origin")
        try client.git("checkout", "-q", "-b", "main", "--track", "origin/main")
        return (server: server, client: client)
    }

    /// Makes the log's key, so that what lands is published.
    @discardableResult
    package func makeLogKey() throws -> NoteKey {
        let signer = try NoteSigner(name: "git.example.org/decisions")
        try byChild(["sh", "-c", "umask 077 && cat >\"$0\"", ledgerPath + ".key"], input: signer.file)
        return signer.publicKey
    }

    package func configure(_ key: String, _ value: String) throws {
        try repository.git("config", "--replace-all", key, value)
    }

    /// What the ledger holds, oldest first.
    package func entries() throws -> [LedgerEntry] {
        let ledger = try Ledger.open(
            at: ByteString(ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        return try ledger.entries(from: 1, limit: Ledger.maximumPageCount)
    }

    /// The documents of the ledger's entries, oldest first.
    package func documents() throws -> [[UInt8]] { try recorded().map(\.document) }

    /// The ledger's entries with what they rest on, oldest first.
    package func recorded() throws -> [RecordedEntry] {
        let ledger = try Ledger.open(
            at: ByteString(ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        return try ledger.entries(from: 1, limit: Ledger.maximumPageCount).compactMap {
            try ledger.recorded($0.sequence)
        }
    }

    /// Commits in the clone as a person; a new branch begins at `main`.
    @discardableResult
    package func commit(
        _ edits: [String: FileEdit], on ref: String = "refs/heads/main", message: String = "change\n",
        author: TestIdentity = .dana, signedBy key: SSHKey? = nil
    ) throws -> ObjectID {
        let tip = try client.attempt(["rev-parse", "-q", "--verify", ref])
        let parent = tip.status == 0 ? try client.id(tip) : try client.resolve("refs/heads/main")
        let draft = try client.commit(edits, on: ref, message: message, parents: [parent], author: author)
        guard let key else { return draft }
        let signed = try client.commitTree(
            try client.resolve("\(draft.hex)^{tree}"), parents: [parent], message: message, signedBy: key,
            author: author)
        try client.setRef(ref, to: signed)
        return signed
    }

    /// Commits as the agent of a delegation: its mark, the delegation's name, and the task key's signature.
    @discardableResult
    package func commit(
        _ edits: [String: FileEdit], under delegation: TestDelegation.Issued,
        on ref: String = "refs/heads/agent/PAY-42/work", subject: String = "Retry with backoff",
        mark: String? = TestServer.mark, isNamed: Bool = true, signedBy key: SSHKey? = nil, isSigned: Bool = true
    ) throws -> ObjectID {
        let trailers = [isNamed ? "Delegation: \(delegation.id)" : nil, mark].compactMap(\.self)
        let message = ([subject, ""] + trailers).joined(separator: "\n") + "\n"
        return try commit(
            edits, on: ref, message: message, author: .dana, signedBy: isSigned ? key ?? delegation.taskKey : nil)
    }

    /// What Claude Code leaves in a message.
    package static let mark = "Co-Authored-By: Claude <noreply@anthropic.com>"

    /// Pushes from the clone; the hook's words are in `errorText`, each line behind `remote: `.
    package func push(
        _ refspecs: String..., options: [String] = [], environment: [String: String] = [:]
    ) throws -> Output {
        try client.attempt(["push"] + options + ["origin"] + refspecs, environment: environment)
    }

    /// The object that a ref of the server names; `nil` when there is none.
    package func tip(of ref: String) throws -> ObjectID? {
        ObjectID(hex: try repository.attempt(["rev-parse", "-q", "--verify", ref]).text)
    }
}
