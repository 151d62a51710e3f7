import RemitHosts
import RemitModel

/// A probe of a repository of GitLab's, where no local push goes through the hook.
///
/// The file is called as Gitaly calls it, with objects in a directory that is not the repository's. That Gitaly calls it
/// at all, only a push through GitLab proves.
struct GitalyProbe {
    private let place: HookPlace
    private let answer: ProbeAnswer
    private let name: String?

    init(_ place: HookPlace, _ answer: ProbeAnswer, named name: String?) {
        self.name = name
        self.place = place
        self.answer = answer
    }

    func diagnoses(_ mark: ProbeCommit.Mark) throws(AppError) -> [Diagnosis] {
        let unproved = Diagnosis.warn(
            .push, "that GitLab runs it is not proved: a local push goes past Gitaly",
            "push a commit with the line '\(mark.trailer)' through GitLab by hand")
        guard case .file(_, isExecutable: true) = FileState(of: place.path) else {
            return [
                .fail(
                    .push, "not tried: '\(place.path)' cannot be run, so Gitaly passes over it", "run 'remit install'")
            ]
        }
        let probe = try ProbeCommit(by: mark)
        let zero = String(repeating: "0", count: probe.commit.hex.utf8.count)
        let line = "\(zero) \(probe.commit.hex) \(probe.ref)\n"
        let output = try ChildProcess.run(
            ["sh", "-c", #"cd "$0" && exec env -i "$@""#, place.gitDirectory] + variables(probe.directory) + [
                place.path
            ],
            .captured(input: Array(line.utf8)))
        let said = String(decoding: output.stderr + output.stdout, as: UTF8.self)
        let found =
            output.status == 0
            ? answer.accepted(mark.agent, said, "nothing of it was in the repository")
            : answer.refused(mark.agent, said)
        return [found, unproved]
    }

    /// What Gitaly gives to a hook, and nothing else: an absolute repository, no quarantine path, and an account.
    private func variables(_ objects: String) -> [String] {
        let inherited = ["HOME", "PATH", "LD_LIBRARY_PATH", "TZ"].compactMap { name in
            Files.variable(name).map { "\(name)=\($0)" }
        }
        return inherited + place.host.variables(naming: name) + [
            "GIT_DIR=\(place.gitDirectory)", "GIT_OBJECT_DIRECTORY=\(objects)/objects",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES=\(place.gitDirectory)/objects", "GL_REPOSITORY=project-0", "GL_ID=user-0",
            "GL_USERNAME=remit-doctor", "GL_PROTOCOL=ssh",
        ]
    }
}
