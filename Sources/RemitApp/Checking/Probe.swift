import RemitAuthority
import RemitHosts
import RemitModel

/// A real push that must be refused: the only proof that a gate stands.
struct Probe {
    private let repository: ServerRepository
    private let place: HookPlace
    private let answer: ProbeAnswer
    /// What the server would call the repository; `nil` where its settings name it.
    private let name: String?

    /// - Parameter rule: the rule that must refuse it: an authority refuses every ref but its own, a repository the agent.
    init(_ repository: ServerRepository, _ place: HookPlace, mode: Mode, rule: RuleCode, named name: String?) {
        self.repository = repository
        self.place = place
        self.name = name
        answer = ProbeAnswer(mode: mode, rule: rule)
    }

    func diagnoses(_ authority: Authority) -> [Diagnosis] {
        do throws(AppError) {
            guard let mark = try ProbeCommit.mark(unknownTo: authority) else {
                return [.warn(.push, "not tried: every agent that could be used is registered", "try it by hand")]
            }
            switch place.host {
            case .plain, .ssh, .http, .gitolite, .gitea, .forgejo, .softServe:
                return try leftovers() + push(as: mark) + others()
            case .gitlab:
                return try GitalyProbe(place, answer, named: name).diagnoses(mark)
            case .ghes, .bitbucket, .gerrit:
                return [unproved(mark)]
            }
        } catch {
            return [.fail(.push, "could not be tried: \(error.message)", "mend it, then look again")]
        }
    }

    private func unproved(_ mark: ProbeCommit.Mark) -> Diagnosis {
        .warn(
            .push, "not tried: host \(place.host.rawValue) runs hooks itself, so a local push proves nothing",
            "push a commit with the line '\(mark.trailer)' through the server by hand")
    }

    // MARK: Pushing

    /// What receives the push: git as the server has it, but keeping objects apart, so that they can be taken back.
    ///
    /// Gitea's own hook wants the server's environment and refuses without it; as for the server's own pushes it is told
    /// to stand aside, so that the answer is Remit's.
    private var receiver: String {
        var variables = place.host.variables(naming: name)
        if [.gitea, .forgejo].contains(place.host) { variables.append("GITEA_INTERNAL_PUSH=true") }
        return (variables + ["git -c receive.unpackLimit=1000000 receive-pack"]).joined(separator: " ")
    }

    private func push(as mark: ProbeCommit.Mark) throws(AppError) -> [Diagnosis] {
        let probe = try ProbeCommit(by: mark)
        let brought = [probe.commit, probe.tree].filter { !Files.exists(file(of: $0)) }
        let push = try Git(in: probe.directory).attempt([
            "push", "--no-signed", "--no-verify", "--receive-pack=\(receiver)", repository.gitDirectory,
            "\(probe.commit.hex):\(probe.ref)",
        ])
        let said = String(decoding: push.stderr, as: UTF8.self)
        guard push.status == 0 else { return [answer.refused(mark.agent, said)] }
        return [answer.accepted(mark.agent, said, "it is taken back")]
            + (try takeBack(probe.ref, probe.commit, brought))
    }

    /// Where an object lies that is not packed.
    private func file(of object: ObjectID) -> String {
        "\(repository.gitDirectory)/objects/\(object.hex.prefix(2))/\(object.hex.dropFirst(2))"
    }

    private func takeBack(_ ref: String, _ commit: ObjectID, _ objects: [ObjectID]) throws(AppError) -> [Diagnosis] {
        let deletion = try repository.git(["update-ref", "-d", ref, commit.hex])
        guard deletion.status == 0 else {
            return [
                .fail(
                    .push, "the probe's ref '\(ref)' could not be taken away: \(deletion.complaint)",
                    "delete it with 'git update-ref -d \(ref)'")
            ]
        }
        for file in objects.map(file) {
            Files.remove(file)
            Files.removeDirectory(Files.parent(of: file))
        }
        return []
    }

    /// What a probe that was killed has left.
    private func leftovers() throws(AppError) -> [Diagnosis] {
        let refs = try repository.git(["for-each-ref", "--count=5", "--format=%(refname)", ProbeCommit.refs]).text
        return refs.split(separator: "\n").map { ref in
            .warn(.push, "an earlier probe has left '\(ref)'", "delete it with 'git update-ref -d \(ref)'")
        }
    }

    /// The dispatchers of these servers run every file of the directory, whatever the others answered.
    private func others() throws(AppError) -> [Diagnosis] {
        guard place.dispatcher != nil else { return [] }
        let names = try Files.names(in: place.directory).filter {
            !["remit", "gitea", "soft-serve"].contains($0) && !$0.hasPrefix(".")
        }
        guard !names.isEmpty else { return [] }
        let list = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        return [.ok(.push, "the probe was shown to the other hooks of '\(place.directory)' too: \(list)")]
    }
}
