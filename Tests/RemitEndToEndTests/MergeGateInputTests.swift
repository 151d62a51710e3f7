import RemitModel
import RemitTestSupport
import Testing

/// What a job can name that is no merge.
@MergeGates @Suite struct MergeGateInputTests {
    private static func scene() throws -> Scene {
        let scene = try Scene(try MergeGateTests.authority.get(), settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        try scene.approve()
        return scene
    }

    private static func undecided(_ cause: String, _ rule: String, _ hint: String) -> String {
        """
        undecided: this merge could not be checked, it must not happen
        error: \(cause)
          rule     \(rule)
          ref      refs/heads/main
        hint: \(hint)
        """
    }

    private static let look = "name the commits that it is about, and look with 'git log --graph <base> <head>'"

    @Test func `a base that the clone lacks`() throws {
        expectRefused(
            try Self.scene().gate(onto: String(repeating: "1", count: 40)), by: ["undecided.repository"],
            saying: Self.undecided(
                "the repository could not be read: base <id> is not in this clone", "undecided.repository",
                "clone with full history in this job, and if it stays so look with 'git fsck'"), status: 2)
    }

    @Test func `a name that means nothing, and a target that is no branch`() throws {
        let scene = try Self.scene()
        #expect(try scene.gate(onto: "nothing").status == 64)
        let tag = try scene.gate(target: "refs/tags/v1")
        #expect(tag.status == 64)
        #expect(tag.said.hasPrefix("error: --target 'refs/tags/v1' is not a branch"), "\(tag.said)")
        let stars = try scene.gate(options: "--sources", "refs/*/*/head")
        #expect(stars.status == 64)
        #expect(stars.said.hasPrefix("error: --sources 'refs/*/*/head' has more than one '*'"), "\(stars.said)")
    }

    @Test func `histories without a commit in common`() throws {
        let scene = try Self.scene()
        try scene.client.commit(["A": "1\n"], on: "refs/heads/island", parents: [])
        expectRefused(
            try scene.gate("refs/heads/island"), by: ["undecided.input"],
            saying: Self.undecided(
                "what this job named cannot be judged: base <id> and head <id> have no commit in common",
                "undecided.input", Self.look), status: 2)
    }

    @Test func `a head or a base that has moved since the result was made`() throws {
        let scene = try Self.scene()
        let (base, head) = (try scene.client.resolve("main"), try scene.client.resolve(Scene.branch))
        let result = try scene.host(head.hex, on: [base, head])
        try scene.agent(["Sources/More.swift": "1\n"])
        let moved = Self.undecided(
            "what this job named cannot be judged: the result is not of base <id> and head <id> , "
                + "the head has moved or the base has", "undecided.input", Self.look)
        expectRefused(try scene.gate(result: result), by: ["undecided.input"], saying: moved, status: 2)
        let newer = try scene.advanceMain(["README.md": "2\n"])
        expectRefused(
            try scene.gate(head.hex, onto: newer.hex, result: result), by: ["undecided.input"], saying: moved,
            status: 2)
        // A commit on top of the head is more than the head.
        let more = try scene.host(head.hex, on: [head])
        expectRefused(
            try scene.gate(head.hex, onto: base.hex, result: more), by: ["undecided.input"], saying: moved, status: 2)
    }

    @Test func `a base that is a tag is what the tag is of`() throws {
        let scene = try Self.scene()
        try scene.client.git("tag", "-a", "-m", "v1", "v1", "main")
        expectAllowed(try scene.gate(onto: try scene.client.resolve("refs/tags/v1").hex))
        let blob = try scene.client.resolve("main:README.md")
        let refused = try scene.gate(onto: blob.hex)
        expectRefused(refused, by: ["undecided.input"], status: 2)
        #expect(refused.said.contains("base <id> is a blob, not a commit"), "\(refused.said)")
    }

    @Test func `a head that the base has already`() throws {
        let scene = try Self.scene()
        let gated = try scene.gate("refs/heads/main", onto: Scene.branch)
        expectAllowed(gated)
        #expect(gated.output.text == "remit: allowed, without a mark of an agent; commits judged: 0")
    }
}
