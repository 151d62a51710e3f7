package import RemitModel
import Testing

/// A server and one delegation: what most pushes start from.
package struct Scene {
    package static let branch = "refs/heads/agent/PAY-42/work"

    package let authority: TestAuthority
    package let server: TestServer
    package let delegation: TestDelegation.Issued

    package var client: TestRepository { server.client }

    package init(
        _ authority: TestAuthority, settings: [String: String] = [:],
        _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws {
        self.authority = authority
        server = try TestServer(authority, settings: settings)
        delegation = try authority.delegate(change)
    }

    /// Commits edits as the agent: marked, delegated, signed.
    @discardableResult
    package func agent(_ edits: [String: FileEdit], on ref: String = branch) throws -> ObjectID {
        try server.commit(edits, under: delegation, on: ref)
    }

    /// Commits any tree on any parents as the agent, and points a ref at it.
    @discardableResult
    package func agent(tree: ObjectID, parents: [ObjectID], on ref: String = branch) throws -> ObjectID {
        let commit = try client.commitTree(
            tree, parents: parents, message: message, signedBy: delegation.taskKey)
        try client.setRef(ref, to: commit)
        return commit
    }

    /// The message of the agent's commits.
    package var message: String { "Retry with backoff\n\nDelegation: \(delegation.id)\n\(TestServer.mark)\n" }

    /// The tree of a commit with some paths changed.
    package func tree(of commit: ObjectID, _ edits: [String: FileEdit]) throws -> ObjectID {
        let scratch = "refs/scratch/tree"
        try client.commit(edits, on: scratch, parents: [commit])
        let tree = try client.resolve("\(scratch)^{tree}")
        try client.git("update-ref", "-d", scratch)
        return tree
    }

    /// Brings a person's commit to the server's `main`, by whatever way the server needs.
    @discardableResult
    package func advanceMain(_ edits: [String: FileEdit]) throws -> ObjectID {
        let commit = try server.commit(edits)
        let push = try server.push("refs/heads/main")
        #expect(push.status == 0, "\(push.errorText)")
        return commit
    }
}

extension Scene {
    /// A server that vouches for its pushers.
    package static let gitolite = ["remit.host": "gitolite"]
    package static func pusher(_ login: String) -> [String: String] { ["GL_USER": login] }
}

/// One push and what must become of it.
package struct Row: Sendable, CustomTestStringConvertible {
    package let name: String
    /// The rules that must refuse it; `nil` where it must be allowed.
    package let rules: [String]?
    package let settings: [String: String]
    package let grant: @Sendable (inout TestDelegation.Grant) -> Void
    package let push: @Sendable (Scene) throws -> Trial

    package init(
        _ name: String, _ rules: [String]?, settings: [String: String] = [:],
        grant: @escaping @Sendable (inout TestDelegation.Grant) -> Void = { _ in },
        _ push: @escaping @Sendable (Scene) throws -> Trial
    ) {
        self.name = name
        self.rules = rules
        self.settings = settings
        self.grant = grant
        self.push = push
    }

    package var testDescription: String { name }

    package func run(_ authority: TestAuthority) throws {
        let scene = try Scene(authority, settings: settings) { grant(&$0.grants[0]) }
        let trial = try push(scene)
        if let rules { expectRefused(trial, by: rules) } else { expectAllowed(trial) }
    }
}

/// The bytes of a commit with a signature over them, as `git commit -S` lays it out.
package func signed(_ commit: [UInt8], by key: SSHKey, namespace: String = "git") throws -> [UInt8] {
    let text = String(decoding: commit, as: UTF8.self)
    guard let end = text.firstRange(of: "\n\n") else { return commit }
    let signature = try signature(over: commit, by: key, namespace: namespace)
    return Array((text[..<end.lowerBound] + "\n" + signature + text[end.lowerBound...].dropFirst()).utf8)
}

/// A `gpgsig` header, its last line feed included.
package func signature(over commit: [UInt8], by key: SSHKey, namespace: String = "git") throws -> String {
    let armour = String(decoding: try key.sign(commit, namespace: namespace), as: UTF8.self)
    return "gpgsig " + armour.split(separator: "\n").joined(separator: "\n ") + "\n"
}
