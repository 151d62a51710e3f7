import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Whatever a command writes, the guard of the authority takes.
@Suite struct GuardedCommandTests {
    /// A command that changes the authority, run in a clone of one that guards itself.
    struct Change: Sendable, CustomTestStringConvertible {
        /// The command's words, and what of it the row is about.
        let testDescription: String
        /// Does what must come before, and gives the arguments.
        let arguments: @Sendable (SharedWorkplace) throws -> [String]

        init(_ name: String, _ arguments: @escaping @Sendable (SharedWorkplace) throws -> [String]) {
            testDescription = name
            self.arguments = arguments
        }

        init(_ name: String, _ arguments: [String]) {
            self.init(name) { _ in arguments }
        }
    }

    private static let key = ["--key", "id"]
    private static let who = ["--reason", "x"] + key

    /// Runs a command that must succeed and reach the server.
    @discardableResult
    private static func run(_ arguments: [String], _ shared: SharedWorkplace) throws -> Output {
        let output = try shared.remit(arguments, in: shared.place.authority)
        guard output.status == 0, output.errorText.contains("servers know it: pushed to 'origin'\n") else {
            throw CommandFailure(command: arguments, status: output.status, stderr: output.errorText)
        }
        return output
    }

    private static func grant(_ shared: SharedWorkplace, _ more: [String] = []) throws -> String {
        try run(["grant"] + Workplace.scope + key + ["--new-task-key", "task"] + more, shared).lines[0]
    }

    private static func request(_ shared: SharedWorkplace, _ more: [String] = []) throws -> String {
        try run(["request"] + Workplace.scope + more, shared).lines[0]
    }

    private static func propose(_ shared: SharedWorkplace) throws {
        _ = try SSHKey(named: "sam", in: shared.place.directory)
        try run(rotation + ["--threshold", "2"] + key, shared)
    }

    private static let rotation = ["root", "rotate", "--add-administrator", "sam@example.org=sam.pub"]

    static let changes: [Change] = [
        Change("agent add", ["agent", "add", "codex", "--vendor", "v", "--owner", Workplace.person] + key),
        Change("agent add, with every identity") { shared in
            let print = try shared.place.otherKey().fingerprint()
            return [
                "agent", "add", "codex", "--vendor", "v", "--owner", Workplace.person, "--identity",
                "email:bot@example.org", "--identity", "login:bot", "--identity", "key:\(print)",
            ] + key
        },
        Change("agent update", ["agent", "update", "claude-code", "--add-tool", "bash"] + key),
        Change("agent update, an identity for another") { shared in
            try run(["agent", "update", "claude-code", "--add-identity", "login:bot"] + key, shared)
            return [
                "agent", "update", "claude-code", "--remove-identity", "login:bot", "--add-identity", "login:robot",
            ] + key
        },
        Change("agent update, back to what it was") { shared in
            try run(["agent", "update", "claude-code", "--add-tool", "bash"] + key, shared)
            try run(["agent", "update", "claude-code", "--remove-tool", "bash"] + key, shared)
            try run(["agent", "update", "claude-code", "--add-tool", "bash"] + key, shared)
            return ["agent", "update", "claude-code", "--remove-tool", "bash"] + key
        },
        Change("agent review", ["agent", "review", "claude-code"] + key),
        Change("agent review, after a suspension") { shared in
            try run(["suspend", "claude-code"] + who, shared)
            return ["agent", "review", "claude-code"] + key
        },
        Change("agent suspend", ["agent", "suspend", "claude-code"] + key),
        Change("agent retire", ["agent", "retire", "claude-code"] + key),
        Change("agent marks") { shared in
            try shared.place.directory.write(TwoAdministratorsTests.marks, to: "own.toml")
            return ["agent", "marks", "--from", "own.toml"] + key
        },
        Change("agent marks, taken away") { shared in
            try shared.place.directory.write(TwoAdministratorsTests.marks, to: "own.toml")
            try run(["agent", "marks", "--from", "own.toml"] + key, shared)
            return ["agent", "marks", "--remove"] + key
        },
        Change("authority propose") { shared in
            let policy = try readFile("\(shared.place.authority)/authority.toml")
            let edited = String(decoding: policy, as: UTF8.self)
                .replacingOccurrences(of: "version = 1\n", with: "version = 1\nprotected_paths = [\"Deploy/**\"]\n")
            try shared.place.directory.write(edited, to: "edited.toml")
            return ["authority", "propose", "--policy", "edited.toml"] + key
        },
        Change("authority propose, everybody resumed") { shared in
            try run(["suspend", "--all"] + who, shared)
            return ["authority", "propose", "--resume"] + key
        },
        Change("authority add-person") { shared in
            _ = try SSHKey(named: "sam", in: shared.place.directory)
            return [
                "authority", "add-person", "sam@example.org", "--public-key", "sam.pub", "--login", "sam", "--role-of",
                Workplace.person, "--operator",
            ] + key
        },
        Change("authority remove-person") { shared in
            _ = try SSHKey(named: "sam", in: shared.place.directory)
            try run(["authority", "add-person", "sam@example.org", "--public-key", "sam.pub"] + key, shared)
            return ["authority", "remove-person", "sam@example.org"] + key
        },
        Change("authority sign") { shared in
            try propose(shared)
            return ["authority", "sign", "--key", "sam"]
        },
        Change("authority withdraw") { shared in
            try propose(shared)
            return ["authority", "withdraw"]
        },
        Change("root rotate") { shared in
            _ = try SSHKey(named: "sam", in: shared.place.directory)
            return rotation + key
        },
        Change("root sign") { shared in
            try propose(shared)
            return ["root", "sign", "--key", "sam"]
        },
        Change("grant", ["grant"] + Workplace.scope + key + ["--new-task-key", "task"]),
        Change("grant, with certificates") { shared in
            _ = try SSHKey(named: "ca", in: shared.place.directory)
            return ["grant"] + Workplace.scope + key + ["--certificate-authority", "ca.pub"]
        },
        Change("grant, handed on") { shared in
            let parent = try grant(shared, ["--hops", "1"])
            return ["grant"] + Workplace.scope + [
                "--parent", parent, "--key", "task", "--new-task-key", "child", "--expires", "1h",
            ]
        },
        Change("revoke") { shared in ["revoke", try grant(shared), "--cause", "ended"] + who },
        Change("revoke, after it was ended") { shared in
            let id = try grant(shared)
            try run(["revoke", id, "--cause", "ended"] + who, shared)
            return ["revoke", id, "--cause", "compromised"] + who
        },
        Change("revoke, before the delegation came") { _ in
            ["revoke", "sha256:" + String(repeating: "ab", count: 32), "--cause", "ended"] + who
        },
        Change("revoke, a task key") { shared in
            _ = try grant(shared)
            return ["revoke", "--of-key", "task.pub", "--cause", "compromised"] + who
        },
        Change("revoke, a person's key by itself", ["revoke", "--of-key", "id.pub", "--cause", "ended"] + who),
        Change("revoke, an agent's key") { shared in
            let print = try shared.place.otherKey().fingerprint()
            try run(["agent", "update", "claude-code", "--add-identity", "key:\(print)"] + key, shared)
            return ["revoke", "--of-key", print, "--cause", "ended"] + who
        },
        Change("revoke, an agent's key by an owner of the agent") { shared in
            let print = try shared.place.otherKey().fingerprint()
            _ = try SSHKey(named: "kim", in: shared.place.directory)
            try run(["authority", "add-person", "kim@example.org", "--public-key", "kim.pub"] + key, shared)
            let update = ["agent", "update", "claude-code", "--add-owner", "kim@example.org"]
            try run(update + ["--add-identity", "key:\(print)"] + key, shared)
            return ["revoke", "--of-key", print, "--cause", "ended", "--reason", "x", "--key", "kim"]
        },
        Change("revoke, with the task key") { shared in
            ["revoke", try grant(shared), "--cause", "ended", "--reason", "x", "--key", "task"]
        },
        Change("suspend", ["suspend", "claude-code"] + who),
        Change("suspend, a graver word") { shared in
            try run(["suspend", "claude-code"] + who, shared)
            return ["suspend", "claude-code", "--cause", "compromised"] + who
        },
        Change("suspend, every agent", ["suspend", "--all"] + who),
        Change("request", ["request"] + Workplace.scope + ["--new-task-key", "task"]),
        Change("review, granted") { shared in
            ["review", try request(shared, ["--new-task-key", "task"]), "--grant"] + key
        },
        Change("review, granted in place of another") { shared in
            let old = try grant(shared)
            let asked = try request(shared, ["--replaces", old, "--new-task-key", "next"])
            return ["review", asked, "--grant", "--supersede"] + key
        },
        Change("review, declined") { shared in ["review", try request(shared), "--decline"] + who },
        Change("authority timestamp", ["authority", "timestamp"] + key),
        Change("authority timestamp, in place of the last") { shared in
            try run(["authority", "timestamp"] + key, shared)
            return ["authority", "timestamp"] + key
        },
        Change("task end") { shared in
            let clone = try shared.place.history().path
            _ = try grant(shared, ["--worktree", clone])
            return ["task", "end", "--worktree", clone]
        },
        Change("approve") { shared in
            // Commands run in the person's home, so that is where the commit is.
            ["approve", try shared.place.history(at: ".").commit, "--repository", "payments"] + who
        },
        Change("exception") { _ in
            [
                "exception", "--repository", "payments", "--ref", "refs/heads/main", "--commit",
                String(repeating: "a", count: 40), "--rule", "scope.path", "--expires", "1h",
            ] + who
        },
        Change("baseline") { shared in ["baseline", try shared.place.history().path, "--name", "payments"] + key },
    ]

    @Test(arguments: changes)
    func `the guard takes what the command writes`(change: Change) throws {
        let shared = try SharedWorkplace()
        let arguments = try change.arguments(shared)
        let before = try shared.subjects().count
        try Self.run(arguments, shared)
        #expect(try shared.subjects().count == before + 1)
    }

    /// A command as `--experimental-dump-help` tells it.
    private struct Command: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable { let name: String }
            let names: [Name]?
        }
        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?

        /// The commands below it that can keep a change from being pushed: those that push one.
        func pushing(_ path: [String] = []) -> [String] {
            let isPushing = arguments?.contains { $0.names?.contains { $0.name == "no-push" } == true } == true
            return (isPushing ? [path.joined(separator: " ")] : [])
                + (subcommands ?? []).flatMap { $0.pushing(path + [$0.commandName]) }
        }
    }

    @Test func `every command that writes has a row`() throws {
        struct Help: Decodable { let command: Command }
        let output = try Workplace.run(["--experimental-dump-help"], in: TemporaryDirectory())
        let commands = try JSONDecoder().decode(Help.self, from: Data(output.stdout)).command.pushing()
        #expect(commands.count > 15, "\(commands)")
        let tested = Set(Self.changes.map { String($0.testDescription.prefix { $0 != "," }) })
        #expect(Set(commands) == tested)
    }
}
