import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What `remit gate` told a CI job.
struct Gated {
    let status: Int32
    /// Its words, with ids, keys and times made equal.
    let said: String
    let output: Output

    /// The rules that a refusal names, each once.
    var rules: [String] {
        Set(said.split(separator: "\n").filter { $0.hasPrefix("  rule ") }.map { String($0.dropFirst(11)) }).sorted()
    }
}

extension Scene {
    /// Runs `remit gate merge` in the clone as a CI job would.
    func gate(
        _ head: String = Scene.branch, onto base: String = "refs/heads/main", result: ObjectID? = nil,
        target: String = "main", options more: String..., environment: [String: String] = [:]
    ) throws -> Gated {
        var arguments = ["gate", "merge", "--target", target, "--base", base, "--head", head]
        if let result { arguments += ["--result", result.hex] }
        arguments += ["--authority", authority.path, "--root", authority.root.description, "--repository", "payments"]
        let hermetic = HermeticGit.environment(home: client.directory.path)
        let output = try runRemit(
            arguments + more,
            environment: hermetic.merging(environment) { $1 }, directory: client.path)
        return Gated(
            status: output.status, said: TestServer.words(of: output.text + "\n" + output.errorText), output: output)
    }

    /// A person approves a commit.
    func approve(
        _ revision: String = Scene.branch, by person: String = "sam@example.org", with key: SSHKey? = nil,
        _ change: (inout TestApproval) -> Void = { _ in }
    ) throws {
        var approval = TestApproval(
            of: try client.resolve(revision), tree: try client.resolve("\(revision)^{tree}"), by: person,
            at: authority.now)
        change(&approval)
        try authority.approve(approval, signedBy: key ?? authority.sam)
    }

    /// Makes a commit as a host does: its own words, nobody's signature, no ref.
    func host(
        _ tree: String, on parents: [ObjectID], message: String = "Merge pull request #42\n",
        signedBy key: SSHKey? = nil
    ) throws -> ObjectID {
        try client.commitTree(
            try client.resolve("\(tree)^{tree}"), parents: parents, message: message, signedBy: key)
    }

    /// The tree that git itself makes of a merge, by its id.
    func merged(_ one: ObjectID, _ two: ObjectID) throws -> String {
        try client.git("merge-tree", "--write-tree", one.hex, two.hex).text
    }
}

func expectAllowed(_ gated: Gated, saying text: String? = nil, at location: SourceLocation = #_sourceLocation) {
    #expect(gated.status == 0, "\(gated.said)", sourceLocation: location)
    #expect(gated.rules.isEmpty, sourceLocation: location)
    if let text { #expect(gated.said == text, sourceLocation: location) }
}

func expectRefused(
    _ gated: Gated, by rules: [String], saying text: String? = nil, status: Int32 = 1,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(gated.status == status, "\(gated.said)", sourceLocation: location)
    #expect(gated.rules == rules.sorted(), "\(gated.said)", sourceLocation: location)
    if let text { #expect(gated.said == text, sourceLocation: location) }
}
