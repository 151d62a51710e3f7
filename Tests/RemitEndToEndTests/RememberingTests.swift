import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What was deployed is remembered where a key of the policy vouches for it, and nowhere else.
@Suite struct RememberingTests {
    static let ref = "refs/remit/deployed/production"

    @Test func `a deployment is remembered, and the next one in its place`() throws {
        let deploying = try Deploying()
        let first = try deploying.advance("1\n")
        let one = try deploying.deployed(deploying.state("1"))
        #expect(one.status == 0, "\(one.errorText)")
        #expect(try deploying.server.tip(of: Self.ref)?.hex == one.text)
        #expect(try deploying.server.tip(of: "\(Self.ref)^{commit}") == first)
        let second = try deploying.advance("2\n")
        let two = try deploying.deployed(deploying.state("2"))
        #expect(two.status == 0, "\(two.errorText)")
        #expect(try deploying.server.tip(of: "\(Self.ref)^{commit}") == second)
        #expect(try deploying.server.tip(of: Self.ref)?.hex == two.text)
        let message = try deploying.server.repository.git("cat-file", "tag", Self.ref)
        #expect(message.lines[1...2] == ["type commit", "tag deployed/production"])
    }

    @Test func `the next deployment is judged from what is remembered`() throws {
        let deploying = try Deploying()
        try deploying.advance("1\n")
        try #require(try deploying.deployed(deploying.state("1")).status == 0)
        try deploying.client.git("fetch", "-q", "origin", "+refs/remit/deployed/*:refs/remit/deployed/*")
        let second = try deploying.advance("2\n")
        let judged = try deploying.deploy(["--format", "json"])
        #expect(judged.status == 0, "\(judged.text)\(judged.errorText)")
        let first = try deploying.client.resolve("\(second.hex)^")
        #expect(judged.text.contains(#""old":"\#(first.hex)","new":"\#(second.hex)""#))
        #expect(judged.text.contains(#""commits":1,"#))
    }

    @Test func `a rollback is remembered by its new statement, and its old one does not come back`() throws {
        let deploying = try Deploying()
        let first = try deploying.advance("1\n")
        let old = try deploying.state("1")
        try #require(try deploying.deployed(old).status == 0)
        try deploying.advance("2\n")
        Thread.sleep(forTimeInterval: 1.1)
        try #require(try deploying.deployed(deploying.state("2")).status == 0)
        let replayed = try deploying.deployed(old)
        #expect(replayed.status == 2)
        #expect(replayed.errorText.contains(", older than that of "))
        try deploying.client.git("fetch", "-q", "origin", "+refs/remit/deployed/*:refs/remit/deployed/*")
        let back = try deploying.state("3", for: "production", ["--commit", first.hex, "--rollback"])
        #expect(try deploying.deployed(back).status == 0)
        #expect(try deploying.server.tip(of: "\(Self.ref)^{commit}") == first)
    }

    /// A push to the place of a deployment, and why it is refused.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: String
        let ref: String
        let push: @Sendable (Deploying) throws -> String

        init(
            _ name: String, _ reason: String, to ref: String = RememberingTests.ref,
            _ push: @escaping @Sendable (Deploying) throws -> String
        ) {
            testDescription = name
            self.reason = reason
            self.ref = ref
            self.push = push
        }
    }

    /// Makes a tag of a commit with any message.
    static func tag(_ commit: String, _ message: [UInt8], _ deploying: Deploying, kind: String = "commit") throws
        -> String
    {
        let header = "object \(commit)\ntype \(kind)\ntag x\ntagger A <a@example.org> 1795165200 +0000\n\n"
        return try deploying.client.git(["mktag"], input: Array(header.utf8) + message).text
    }

    /// The line of the decision in a file of statements.
    static func decision(_ file: String) throws -> [UInt8] {
        Array(try readFile(file).split(separator: UInt8(ascii: "\n"))[1]) + [UInt8(ascii: "\n")]
    }

    static let rows: [Row] = [
        Row("a plain commit", "it is not an annotated tag with a gate's statement") { _ in "refs/heads/main" },
        Row(
            "a tag without a statement",
            "the message of its tag is no signed statement: it holds something other than a string, a whole number or a word, at byte 0"
        ) {
            try tag($0.client.resolve("HEAD").hex, Array("deployed\n".utf8), $0)
        },
        Row("a tag of a tree", "it is a tag of something other than a commit") {
            try tag($0.client.resolve("HEAD^{tree}").hex, decision($0.state("1")), $0, kind: "tree")
        },
        Row(
            "the summary in place of the decision",
            "the message of its tag holds a statement of something other than a decision of Remit's"
        ) {
            let lines = try readFile($0.state("1")).split(separator: UInt8(ascii: "\n"))
            return try tag($0.client.resolve("HEAD").hex, Array(lines[0]) + [UInt8(ascii: "\n")], $0)
        },
        Row(
            "a statement by another key",
            "its statement is signed by none of the policy's 'statement_keys' of 'production'"
        ) { (deploying) throws in
            let other = "\(deploying.directory.path)/other.pem"
            _ = try deploying.remit(["gate", "key", "--new", other])
            let file = "\(deploying.directory.path)/1"
            let judged = try deploying.deploy(["--statement", file, "--sign-key", other])
            #expect(judged.status == 0)
            return try tag(deploying.client.resolve("HEAD").hex, decision(file), deploying)
        },
        Row(
            "a statement of another environment", "its statement is of environment 'staging', not 'production'"
        ) { try tag($0.client.resolve("HEAD").hex, decision($0.state("1", for: "staging")), $0) },
        Row("a statement of another commit", "its statement is about commit <id>, and its tag of <id>") {
            let file = try $0.state("1")
            return try tag($0.advance("1\n").hex, decision(file), $0)
        },
        Row(
            "no environment of the policy", "the policy has no such environment for 'payments'",
            to: "refs/remit/deployed/qa"
        ) {
            try tag($0.client.resolve("HEAD").hex, decision($0.state("1")), $0)
        },
        Row("its end", "what is deployed is not forgotten") { (deploying) throws in
            #expect(try deploying.deployed(deploying.state("1")).status == 0)
            return ""
        },
        Row("an older statement", "its statement is of <time>, older than that of <time> in its place") {
            (deploying) throws in
            let old = try deploying.state("1")
            let commit = try deploying.client.resolve("HEAD").hex
            // A decision is dated to the second.
            Thread.sleep(forTimeInterval: 1.1)
            #expect(try deploying.deployed(deploying.state("2")).status == 0)
            return try tag(commit, decision(old), deploying)
        },
    ]

    @Test(arguments: rows)
    func `everything else stays refused`(row: Row) throws {
        let deploying = try Deploying()
        try deploying.advance("0\n")
        let object = try row.push(deploying)
        let trial = try deploying.server.trial("+\(object):\(row.ref)")
        // Nobody signs for a tree: that is its own fault, beside.
        #expect(Set(trial.rules).subtracting(["ref.operation"]) == ["ref.reserved"], "\(trial.terminal)")
        #expect(trial.status != 0 && trial.isUntouched)
        let line = trial.said.split(separator: "\n").first { $0.contains("is reserved") }
        #expect(line == "error: ref '\(row.ref)' is reserved and cannot be pushed: \(row.reason)")
    }

    @Test func `the statement of another repository is refused`() throws {
        let deploying = try Deploying()
        let file = "\(deploying.directory.path)/1"
        try deploying.authority.publish { policy in
            for place in policy.environments.indices {
                policy.environments[place].repositories = ["payments", "billing"]
            }
        }
        try deploying.authority.baseline([try deploying.client.resolve("HEAD")], of: "billing")
        let judged = try deploying.remit([
            "gate", "deploy", "--environment", "production", "--authority", deploying.authority.path, "--root",
            deploying.authority.root.description, "--repository", "billing", "--statement", file, "--sign-key",
            deploying.key,
        ])
        #expect(judged.status == 0, "\(judged.text)\(judged.errorText)")
        let tag = try Self.tag(deploying.client.resolve("HEAD").hex, Self.decision(file), deploying)
        let trial = try deploying.server.trial("\(tag):\(Self.ref)")
        #expect(trial.rules == ["ref.reserved"])
        #expect(trial.said.contains("its statement is of repository 'billing', not 'payments'"))
    }

    @Test func `what is on no ref of the environment is not remembered`() throws {
        let deploying = try Deploying()
        let file = try deploying.state("1")
        // The same commit, but main on the server is taken back behind it.
        let commit = try deploying.advance("1\n")
        let other = try deploying.state("2")
        try deploying.server.repository.git("update-ref", "refs/heads/main", "\(commit.hex)^")
        let refused = try deploying.deployed(other)
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("commit \(commit.hex) is on no ref from which 'production' is deployed"))
        #expect(try deploying.deployed(file).status == 0)
    }

    @Test func `the command tells what is wrong with its file`() throws {
        let deploying = try Deploying()
        let file = try deploying.state("1", for: "staging")
        let other = try deploying.deployed(file)
        #expect(other.status == 1)
        #expect(other.errorText == "remit: error: '\(file)' is of environment 'staging', not 'production'\n")
        let empty = try deploying.directory.write([], to: "empty")
        let none = try deploying.deployed(empty)
        #expect(none.status == 64)
        #expect(
            none.errorText == """
                remit: error: '\(empty)' is empty
                remit: hint: give the file that 'remit gate deploy --statement' wrote

                """)
    }
}
