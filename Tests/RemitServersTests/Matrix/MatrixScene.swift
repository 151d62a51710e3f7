import Foundation
import RemitModel
import RemitTestSupport

/// What a push of the matrix does to a ref.
enum Act: String, CaseIterable, Sendable {
    case create, forward, rewind, delete, tag
    case treeTag = "tag of a tree"
    case notes, replace

    /// Whether it brings commits that are not on the server.
    var bringsCommits: Bool { [.create, .forward, .rewind, .tag].contains(self) }
    /// Whether it brings any object.
    var bringsObjects: Bool { self != .delete && self != .replace }
}

/// How git keeps the objects of a push until it accepts them.
enum Keeping: String, CaseIterable, Sendable {
    case loose, packed

    var unpackLimit: String { self == .packed ? "1" : "100000" }
}

/// A server, a clone of it, and one push that is ready to be made.
struct MatrixScene {
    /// Who may do everything that the matrix does, and who may not.
    struct Agents {
        let authority: TestAuthority
        let wide: TestDelegation.Issued
        let narrow: TestDelegation.Issued

        init() throws {
            authority = try TestAuthority()
            wide = try authority.delegate {
                $0.grants[0].refs.append("refs/tags/agent/**")
                $0.grants[0].operations += ["ref.rewind", "tag.create"]
            }
            narrow = try authority.delegate()
        }
    }

    static let branch = Scene.branch

    let server: TestServer
    let act: Act
    let agents: Agents
    /// Within what is allowed, or outside of it.
    let isWithin: Bool
    /// Hides a commit of the clone that the server does not have below each new one, as a shallow clone does.
    let isShallow: Bool

    private var client: TestRepository { server.client }
    private var delegation: TestDelegation.Issued { isWithin || act == .notes ? agents.wide : agents.narrow }

    /// Puts an earlier commit of the agent's on the server, and makes what is to be pushed; gives back the refspec.
    func prepare() throws -> String {
        try commit(onto: "main", "Sources/Old.swift", on: "refs/heads/old")
        try server.repository.git("fetch", "-q", client.path, "refs/heads/old:\(Self.branch)")
        let path = isWithin ? "Sources/New.swift" : "Deploy/run.sh"
        switch act {
        case .create:
            try commit(onto: "main", path, on: "refs/heads/new")
            return "refs/heads/new:\(Self.branch)-new"
        case .forward:
            try commit(onto: "old", path, on: "refs/heads/new", isHiding: isShallow)
            return "+refs/heads/new:\(Self.branch)"
        case .rewind:
            try commit(onto: "main", "Sources/New.swift", on: "refs/heads/new", isHiding: isShallow)
            return "+refs/heads/new:\(Self.branch)"
        case .delete:
            return ":\(isWithin ? Self.branch : "refs/heads/main")"
        case .tag:
            try commit(onto: "main", "Sources/New.swift", on: "refs/heads/new")
            try client.git([
                "-c", "gpg.format=ssh", "-c", "user.signingKey=\(delegation.taskKey.privatePath)", "tag", "-s", "-m",
                message, "agent/v1", "refs/heads/new",
            ])
            return "refs/tags/agent/v1"
        case .treeTag:
            try client.git("tag", "-a", "-m", "a tree", "tree", "main^{tree}")
            return "refs/tags/tree"
        case .notes:
            let note = isWithin ? "Read it.\n" : message
            try client.git(["notes", "add", "-F", "-", "main"], input: Array(note.utf8))
            if !isWithin { try sign(onto: nil, "refs/notes/commits") }
            return "refs/notes/commits"
        case .replace:
            let replaced = try client.git("rev-parse", isWithin ? "old" : "main").text
            return "\(isWithin ? "refs/heads/main" : "refs/heads/old"):refs/replace/\(replaced)"
        }
    }

    /// Who pushes: a person where nobody else may do it.
    var environment: [String: String] {
        isWithin && (act == .treeTag || act == .replace) ? Scene.pusher("dana") : [:]
    }

    private var message: String { "Retry\n\nDelegation: \(delegation.id)\n\(TestServer.mark)\n" }

    /// Commits one file as the agent; object ids are not looked at, so that they may be of any format.
    private func commit(onto parent: String, _ path: String, on ref: String, isHiding: Bool? = nil) throws {
        var parent = parent
        let isHiding = isHiding ?? (isShallow && ref == "refs/heads/new")
        if isHiding {
            try write("Sources/Hidden.swift", onto: parent, on: "refs/heads/hidden")
            try sign(onto: parent, "refs/heads/hidden")
            parent = "refs/heads/hidden"
        }
        try write(path, onto: parent, on: ref)
        try sign(onto: parent, ref)
        if isHiding {
            let tip = try client.git("rev-parse", ref).text
            try writeFile(Array("\(tip)\n".utf8), to: "\(client.gitDirectory)/shallow")
        }
    }

    private func write(_ path: String, onto parent: String, on ref: String) throws {
        let parent = try client.git("rev-parse", parent).text
        let who = "Dana Example <dana@example.org> \(HermeticGit.epoch) +0000"
        let stream =
            "commit \(ref)\ncommitter \(who)\ndata 2\nx\n\nfrom \(parent)\nM 100644 inline \(path)\ndata 2\n1\n\n"
        try client.fastImport(Array(stream.utf8))
    }

    /// Puts the agent's commit, signed, in the place of a ref's.
    private func sign(onto parent: String?, _ ref: String) throws {
        let parents = try parent.map { ["-p", try client.git("rev-parse", $0).text] } ?? []
        let signed = try client.git(
            [
                "-c", "gpg.format=ssh", "-c", "user.signingKey=\(delegation.taskKey.privatePath)", "commit-tree", "-S",
                "\(ref)^{tree}",
            ] + parents, input: Array(message.utf8)
        ).text
        try client.git("update-ref", ref, signed)
    }

    // MARK: What must come of it

    /// The rules that must refuse it; `nil` where it must be allowed.
    var rules: [String]? {
        switch act {
        case .replace: isWithin ? ["ref.reserved"] : ["ref.reserved", "ref.scope"]
        case _ where isWithin: nil
        case .create, .forward: ["scope.path"]
        case .rewind, .delete, .treeTag: ["ref.operation"]
        case .tag, .notes: ["ref.scope"]
        }
    }

    /// What git says the push brings: the commits of the new value that neither the old one nor `main` reaches, and
    /// a tag as one more.
    func commitCount(of refspec: String) throws -> Int {
        let parts = refspec.drop { $0 == "+" }.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard !parts[0].isEmpty, act != .treeTag else { return act == .treeTag ? 1 : 0 }
        let old = try server.repository.attempt(["rev-parse", "-q", "--verify", parts[parts.count - 1]]).text
        let known = try server.repository.git("rev-parse", "main").text
        let count = try client.git(["rev-list", "--count", parts[0], "--not", known] + (old.isEmpty ? [] : [old])).text
        return (Int(count) ?? -1) + (act == .tag ? 1 : 0)
    }
}
