import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A repository and the built `remit scan` over it.
struct ScanScene {
    let repository: TestRepository

    static let claude = TestIdentity("Claude", "noreply@anthropic.com")
    static let cursor = "Co-authored-by: Cursor <cursoragent@cursor.com>"
    static let day: Int64 = 86_400

    init(bare: Bool = true) throws {
        repository = try TestRepository(bare: bare)
    }

    /// Two agents, an assistant, a bot, a person, a malformed commit; a merge, and a branch with a telling name.
    static func story() throws -> ScanScene {
        let scene = try ScanScene()
        let test = scene.repository
        func at(_ days: Int64) -> Int64 { HermeticGit.epoch + days * day }
        let base = try test.commit(["README.md": "1\n"], at: at(0))
        try test.commit(
            ["Sources/A.swift": "1\n", "Tests/A.swift": "1\n"], author: claude, committer: .dana, at: at(1))
        let side = try test.commit(
            ["Sources/B.swift": "1\n"], on: "refs/heads/side", message: "B\n\n\(cursor)\n", parents: [base], at: at(2))
        let main = try test.commit(
            ["Sources/A.swift": "2\n"], message: "A\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n", author: .sam,
            at: at(40))
        try test.commit(
            ["Sources/B.swift": "1\n"], message: "Merge side\n\n\(cursor)\n", parents: [main, side], at: at(41))
        try test.commit(
            ["go.mod": "1\n"],
            author: TestIdentity("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            committer: .dana, at: at(42))
        try test.commit(["b": "1\n"], on: "refs/heads/codex/b", parents: [test.resolve("refs/heads/main")], at: at(43))
        let malformed = try test.write(
            "commit",
            Array(
                """
                tree \(test.resolve("refs/heads/main^{tree}"))
                parent \(main)
                author A <a@example.org> 1 +0000
                author B <b@example.org> 1 +0000
                committer A <a@example.org> 1 +0000

                two authors

                """.utf8))
        try test.setRef("refs/tags/odd", to: malformed)
        return scene
    }

    func attempt(
        _ options: [String] = [], environment: [String: String] = [:], path: String? = nil
    ) throws -> Output {
        try spawn(
            [BuiltProducts.remit, "scan", path ?? repository.path] + options,
            environment: HermeticGit.environment(home: repository.directory.path).merging(environment) { $1 },
            directory: repository.directory.path)
    }

    /// The table, with the repository's place made equal, without its closing words.
    func table(_ options: [String] = [], environment: [String: String] = [:]) throws -> String {
        let output = try attempt(options, environment: environment)
        #expect(output.status == 0 && output.errorText.isEmpty, "\(output.errorText)")
        return output.text.replacing(repository.gitDirectory, with: "REPOSITORY")
            .components(separatedBy: "\nMarks are claims")[0]
    }

    func json(_ options: [String] = [], environment: [String: String] = [:]) throws -> Scanned {
        let output = try attempt(options + ["--format", "json"], environment: environment)
        #expect(output.status == 0, "\(output.errorText)")
        return try JSONDecoder().decode(Scanned.self, from: Data(output.stdout))
    }
}

/// What `remit scan --format json` says, read by a parser that is not ours.
struct Scanned: Decodable {
    struct End: Decodable, Equatable {
        let at: String
        let commit: String
    }

    struct Commits: Decodable {
        let total, agents, assisted, bots, weak, malformed, several_agents, merges: Int
        let incomparable, undated: Int
        let noEvidence: Int
        let first, last: End?

        enum CodingKeys: String, CodingKey {
            case total, agents, assisted, bots, weak, malformed, several_agents, merges, incomparable, undated, first
            case last
            case noEvidence = "no-evidence"
        }
    }

    struct Count: Decodable, Equatable {
        let count: Int
        let complete: Bool
    }

    struct Standing: Decodable {
        let state: String
        let entry: String?
    }

    struct Place: Decodable {
        let path: String
        let commits: Int
    }

    struct Tool: Decodable {
        let id, kind: String
        let vendor: String?
        let inventory: Standing?
        let commits, definite, strong, weak: Int
        let places: [String: Int]
        let first, last: End
        let files: Count?
        let authors: Count
        let directories: [Place]
    }

    struct Month: Decodable {
        let month: String
        let commits: Int
        let agents: [String: Int]
    }

    let schema: String
    let shallow_commits: Int
    let commits: Commits
    let tools: [Tool]
    let months: [Month]

    func tool(_ id: String) -> Tool? { tools.first { $0.id == id } }
}
