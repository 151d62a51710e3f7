import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Merges { static let shared = Merges() }

/// Merges by agents: what they take over is their parents', what they decide is their own.
@Merges @Suite struct MergeTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let branch = Scene.branch

    /// `main` has moved on in a file outside the grant, and the agent has work of its own.
    private nonisolated static func fork(_ scene: Scene) throws -> (old: ObjectID, main: ObjectID, work: ObjectID) {
        let old = try scene.client.resolve("main")
        let work = try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        _ = try scene.server.trial(branch)
        let main = try scene.advanceMain(["README.md": "payments, with limits\n", "Deploy/limit": "100\n"])
        return (old, main, work)
    }

    private nonisolated static let rows = [
        Row("the agent merges main into its branch", nil) {
            let (_, main, work) = try fork($0)
            let tree = try $0.tree(of: main, ["Sources/Retry.swift": "let retries = 3\n"])
            try $0.agent(tree: tree, parents: [work, main])
            return try $0.server.trial(branch)
        },
        Row("the agent takes its own side", ["scope.path"]) {
            let (_, main, work) = try fork($0)
            try $0.agent(tree: try $0.client.resolve("\(work.hex)^{tree}"), parents: [work, main])
            return try $0.server.trial(branch)
        },
        Row("the agent takes its own side as the second parent", ["scope.path"]) {
            let (_, main, work) = try fork($0)
            try $0.agent(tree: try $0.client.resolve("\(work.hex)^{tree}"), parents: [main, work])
            return try $0.server.trial("\(branch):refs/heads/agent/PAY-42/other")
        },
        Row("the tree of an old commit", ["scope.path"]) {
            let (old, main, _) = try fork($0)
            try $0.agent(tree: try $0.client.resolve("\(old.hex)^{tree}"), parents: [main, old], on: branch + "2")
            return try $0.server.trial(branch + "2")
        },
        Row("an evil merge", ["scope.path"]) {
            let (_, main, work) = try fork($0)
            let edits: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n", "Deploy/evil": "rm -r /\n"]
            try $0.agent(tree: try $0.tree(of: main, edits), parents: [work, main])
            return try $0.server.trial(branch)
        },
        Row("an evil merge within the grant", nil) {
            let (_, main, work) = try fork($0)
            try $0.agent(
                tree: try $0.tree(of: main, ["Sources/Retry.swift": "let retries = 4\n"]), parents: [work, main])
            return try $0.server.trial(branch)
        },
        Row("an octopus that takes everything over", nil) {
            let (_, main, work) = try fork($0)
            let third = try $0.agent(["Sources/Third.swift": "3\n"], on: "refs/heads/agent/PAY-42/third")
            let edits: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n", "Sources/Third.swift": "3\n"]
            try $0.agent(tree: try $0.tree(of: main, edits), parents: [work, main, third])
            return try $0.server.trial(branch)
        },
        Row("an octopus that drops a change of main", ["scope.path"]) {
            let (old, main, work) = try fork($0)
            let third = try $0.agent(["Sources/Third.swift": "3\n"], on: "refs/heads/agent/PAY-42/third")
            let edits: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n", "Sources/Third.swift": "3\n"]
            try $0.agent(tree: try $0.tree(of: old, edits), parents: [work, main, third])
            return try $0.server.trial(branch)
        },
        Row("the same parent twice", ["scope.path"]) {
            let (old, main, _) = try fork($0)
            let tree = try $0.client.resolve("\(old.hex)^{tree}")
            let bytes = Array(
                """
                tree \(tree.hex)
                parent \(main.hex)
                parent \(main.hex)
                author A <a@example.org> 1795165200 +0000
                committer A <a@example.org> 1795165200 +0000

                \($0.message)
                """.utf8)
            try $0.client.setRef(branch + "2", to: try sign(bytes, $0))
            return try $0.server.trial(branch + "2")
        },
        Row("an unrelated root as a bridge to old contents", ["scope.path"]) {
            let (old, main, _) = try fork($0)
            let empty = try $0.client.writeTree([])
            let root = try $0.agent(tree: empty, parents: [], on: branch + "3")
            let oldTree = try $0.client.resolve("\(old.hex)^{tree}")
            let bridge = try $0.agent(tree: oldTree, parents: [root, old], on: branch + "3")
            try $0.agent(tree: oldTree, parents: [main, bridge], on: branch + "3")
            return try $0.server.trial(branch + "3")
        },
    ]

    /// Signs the bytes of a commit with the task key.
    private nonisolated static func sign(_ bytes: [UInt8], _ scene: Scene) throws -> ObjectID {
        try scene.client.write("commit", signed(bytes, by: scene.delegation.taskKey))
    }

    @Test(arguments: rows)
    func `what a merge decides is judged`(_ row: Row) throws { try row.run(Self.authority.get()) }
}
