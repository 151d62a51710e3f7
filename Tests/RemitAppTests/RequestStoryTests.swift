import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A task from the refused push to its end, with nothing but the programs that people run.
@Suite struct RequestStoryTests {
    @Test func `refused, asked for, reviewed, granted, pushed, ended, refused again`() throws {
        let place = try Workplace()
        let home = place.directory.path
        let server = try TestRepository(name: "payments.git")
        try server.commit(["Sources/a.swift": "1\n", "Deploy/run.sh": "1\n"])
        try place.serve()
        try place.install(in: server.path, as: "payments")
        let clone = "\(home)/clone"
        #expect(try HermeticGit.run(["clone", "--quiet", server.path, clone], in: home).status == 0)

        func publish() throws { #expect(try place.git("push", "--quiet", "origin", "main").status == 0) }
        func git(_ arguments: String...) throws -> Output { try HermeticGit.run(arguments, in: clone) }
        func remit(_ arguments: [String]) throws -> Output {
            try spawn(
                [BuiltProducts.remit] + arguments, environment: HermeticGit.environment(home: home), directory: clone)
        }
        func commit() throws {
            _ = try git("checkout", "--quiet", "-B", "agent/PAY-42/deploy", "origin/main")
            try writeFile(Array("2\n".utf8), to: "\(clone)/Deploy/run.sh")
            #expect(try git("commit", "--quiet", "-a", "-m", "Retry").status == 0)
        }
        let push = ["push", "--quiet", "origin", "HEAD:refs/heads/agent/PAY-42/deploy"]

        let first = try #require(
            RecordID(try place.grant(["--worktree", clone, "--commits", "5", "--pushes", "1"]).lines[0]))
        try publish()
        try commit()
        // The hook of the clone refuses it first; the server would, too.
        let checked = try HermeticGit.run(push, in: clone)
        #expect(checked.status == 1)
        #expect(checked.errorText.contains("scope.path"), "\(checked.errorText)")
        #expect(!checked.errorText.contains("remote:"))
        let refused = try HermeticGit.run(push + ["--no-verify"], in: clone)
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("remote: remit: decision 2 recorded"), "\(refused.errorText)")

        // The agent asks for what it lacked, from what its own check says.
        let decision = try remit(["check", "--ref", "agent/PAY-42/deploy", "--format", "json"])
        #expect(decision.status == 1)
        try place.directory.write(decision.text, to: "decision.json")
        let asked = try remit(["request", "--from", "\(home)/decision.json", "--new-task-key", "\(home)/next"])
        #expect(asked.status == 0, "\(asked.errorText)")
        #expect(asked.errorText.contains("remit: + may also change 'Deploy/run.sh'\n"), "\(asked.errorText)")
        let request = try #require(RecordID(asked.lines[0]))
        // The person who runs the server's ledger can ask the same from there.
        let same = try place.remit(["request", "--from", "2", "--ledger", "\(home)/ledger.db"])
        #expect(same.status == 0, "\(same.errorText)")
        let numbered = try readFile("\(place.authority)/requests/\(try #require(RecordID(same.lines[0])).hex).toml")
        #expect(String(decoding: numbered, as: UTF8.self).contains("\ndecision = 2\n"))

        // A delegator looks, and grants it.
        let told = try place.remit(["review", request.abbreviated]).lines
        let heading = try #require(
            told.firstIndex(of: "asked, compared with delegation \(first.abbreviated) which it would replace:"))
        #expect(
            Array(told[(heading + 1)...]) == [
                "in repository payments, on refs/heads/agent/PAY-42/deploy:", "+ may also change 'Deploy/run.sh'",
                "+ may also do file.create, file.modify", "dana@example.org may grant it",
            ])
        let granted = try place.remit([
            "review", request.abbreviated, "--grant", "--supersede", "--key", place.key.privatePath,
        ])
        #expect(granted.status == 0, "\(granted.errorText)")
        try publish()
        #expect(try place.remit(["show", first.description]).lines[1].contains(" as superseded: delegation "))

        // The agent goes on under the new delegation.
        #expect(try remit(["task", "start", "--key", "\(home)/next"]).status == 0)
        try commit()
        let allowed = try HermeticGit.run(push, in: clone)
        #expect(allowed.status == 0, "\(allowed.errorText)\(allowed.text)")
        let ledger = ["--ledger", "\(home)/ledger.db"]
        let used = try remit(["show"] + ledger).lines
        #expect(used.contains("limits: at most 5 commits (1 used), 1 pushes (1 used)"), "\(used)")
        #expect(try place.remit(["list", "--state", "spent"] + ledger).lines.count == 2)
        #expect(try place.remit(["list", "--state", "spent"]).stdout.isEmpty)

        // It ends the task; a copy of the key is worth nothing from then on.
        for name in ["next", "next.pub"] {
            try FileManager.default.copyItem(atPath: "\(home)/\(name)", toPath: "\(home)/stolen-\(name)")
        }
        let trailer = try git("log", "-1", "--format=%(trailers:key=Delegation)").text
        let ended = try remit(["task", "end"])
        #expect(ended.status == 0, "\(ended.errorText)")
        try publish()
        let late = try HermeticGit.run(
            [
                "-c", "gpg.format=ssh", "-c", "user.signingkey=\(home)/stolen-next", "commit", "--quiet",
                "--allow-empty",
                "-S", "-m", "Late\n\n\(trailer)",
            ], in: clone)
        #expect(late.status == 0, "\(late.errorText)")
        let last = try HermeticGit.run(push, in: clone)
        #expect(last.status == 1)
        #expect(last.errorText.contains("delegation.revoked"), "\(last.errorText)")
        #expect(last.errorText.contains("ended: the task is done"), "\(last.errorText)")
    }
}
