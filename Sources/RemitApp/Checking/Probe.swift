import RemitAuthority
import RemitHosts
import RemitModel

/// A real push that must be refused: the only proof that a gate stands.
struct Probe {
    private let repository: ServerRepository
    private let place: HookPlace
    private let mode: Mode
    /// The rule that must refuse it: an authority refuses every ref but its own, a repository the agent.
    private let rule: RuleCode

    init(_ repository: ServerRepository, _ place: HookPlace, mode: Mode, rule: RuleCode) {
        self.repository = repository
        self.place = place
        self.mode = mode
        self.rule = rule
    }

    /// Agents that the catalogue knows for certain by a trailer; one of them will not be in the inventory.
    private static let marks = [
        (agent: "openhands", trailer: "Co-authored-by: openhands <openhands@all-hands.dev>"),
        (agent: "aider", trailer: "Co-authored-by: aider (gpt-4o) <aider@aider.chat>"),
        (
            agent: "devin",
            trailer: "Co-authored-by: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>"
        ),
    ]

    func diagnoses(_ authority: Authority) -> [Diagnosis] {
        guard place.isRunByGit else {
            return [
                .warn(
                    .push, "not tried: host \(place.host.rawValue) runs hooks itself, so a local push proves nothing",
                    "push a commit with the line '\(Self.marks[0].trailer)' through the server by hand")
            ]
        }
        do throws(AppError) {
            guard let mark = try Self.mark(unknownTo: authority) else {
                return [.warn(.push, "not tried: every agent that could be used is registered", "try it by hand")]
            }
            return try push(as: mark)
        } catch {
            return [.fail(.push, "could not be tried: \(error.message)", "mend it, then look again")]
        }
    }

    private static func mark(unknownTo authority: Authority) throws(AppError) -> (agent: String, trailer: String)? {
        for mark in marks {
            let standing = try AppError.asking { () throws(AuthorityError) in try authority.agent(mark.agent) }
            if case .unregistered = standing { return mark }
        }
        return nil
    }

    private func push(as mark: (agent: String, trailer: String)) throws(AppError) -> [Diagnosis] {
        let directory = try Files.temporaryDirectory()
        defer { Self.removeAll(directory) }
        let git = Git(in: directory)
        try git.run(["init", "-q", "--bare", "--template=", directory])
        let tree = try git.run(["mktree"]).text
        let message = "remit doctor: this must be refused\n\n\(mark.trailer)\n"
        let identity = ["-c", "user.name=remit doctor", "-c", "user.email=doctor@remit.invalid"]
        let made = try git.attempt(identity + ["commit-tree", tree, "-m", message])
        guard made.status == 0 else { throw AppError("git commit-tree failed: \(made.complaint)") }
        let commit = made.text
        let ref = "refs/heads/remit/doctor/\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let push = try git.attempt(["push", "--no-signed", "--no-verify", repository.gitDirectory, "\(commit):\(ref)"])
        let said = String(decoding: push.stderr, as: UTF8.self)
        var found = [push.status == 0 ? accepted(mark.agent, said) : refused(mark.agent, said)]
        if push.status == 0 {
            let deletion = try repository.git(["update-ref", "-d", ref, commit])
            if deletion.status != 0 {
                found.append(
                    .fail(
                        .push, "the probe's ref '\(ref)' could not be taken away: \(deletion.complaint)",
                        "delete it with 'git update-ref -d \(ref)'"))
            }
        }
        return found
    }

    private func accepted(_ agent: String, _ said: String) -> Diagnosis {
        if mode == .monitor, said.contains("remit: monitor: would have refused this push") {
            return .ok(.push, "a probe by the unregistered agent '\(agent)' would have been refused; it is taken back")
        }
        return .fail(
            .push,
            "A PROBE BY THE UNREGISTERED AGENT '\(agent)' WAS ACCEPTED: nothing guards this repository; it is taken back",
            "mend what failed above, then look again")
    }

    private func refused(_ agent: String, _ said: String) -> Diagnosis {
        if said.contains("remit: refused: nothing of this push was accepted"),
            said.contains(rule.rawValue)
        {
            return .ok(.push, "a probe by the unregistered agent '\(agent)' was refused by Remit")
        }
        let lines = said.split(separator: "\n").map { $0.hasPrefix("remote: ") ? $0.dropFirst(8) : $0 }
        if let line = lines.first(where: { $0.hasPrefix("remit: error: ") }) {
            return .fail(
                .push, "a probe was refused for another reason: \(line.dropFirst(14).trimmed)",
                "mend that: until then every push is refused")
        }
        let line = lines.first.map { $0.trimmed } ?? "no reason was given"
        return .fail(
            .push, "a probe was refused, but not by Remit: \(line)", "mend that, then look again")
    }

    private static func removeAll(_ directory: String) {
        do throws(AppError) {
            _ = try ChildProcess.run(["rm", "-rf", "--", directory])
        } catch {
            // A directory of a few kilobytes stays in TMPDIR; nothing else depends on it.
        }
    }
}

extension Substring {
    /// Without the blanks with which git fills up what a server said.
    fileprivate var trimmed: String {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
