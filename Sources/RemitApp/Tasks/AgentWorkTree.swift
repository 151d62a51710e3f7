import RemitModel
import RemitReport

/// The clone in which an agent works, set up so that what it commits proves its delegation.
struct AgentWorkTree {
    let directory: String
    private let git: Git
    private let gitDirectory: String

    /// A clone with a configuration of its own.
    ///
    /// Looked at before anything is signed.
    ///
    /// - Parameter flag: the option by which the clone was named.
    init(at path: String, flag: String = "--worktree") throws(AppError) {
        git = Git(in: Files.absolute(path))
        let top = Files.isDirectory(Files.absolute(path)) ? try git.attempt(["rev-parse", "--show-toplevel"]) : nil
        guard let top, top.status == 0 else {
            throw AppError("'\(path)' is not a git work tree", hint: "give \(flag) the agent's clone")
        }
        directory = top.text
        gitDirectory = try git.run(["rev-parse", "--absolute-git-dir"]).text
        let common = try git.run(["rev-parse", "--path-format=absolute", "--git-common-dir"]).text
        // Linked work trees share one configuration: the task key would sign a person's commits too.
        guard gitDirectory == common else {
            throw AppError(
                "'\(path)' shares its configuration with the work trees of '\(common)'",
                hint: "give the agent a clone of its own: 'git clone \(common) DIR'")
        }
    }

    /// All that we write beside the configuration.
    private var ownDirectory: String { "\(gitDirectory)/remit" }
    /// The template with the trailer, for commits whose message is written in an editor.
    var templatePath: String { "\(ownDirectory)/commit-template" }
    private var hooksPath: String { "\(ownDirectory)/hooks" }

    private var kept: KeptConfiguration { KeptConfiguration(git: Git(in: directory), path: "\(ownDirectory)/before") }

    /// Where `remit show` and `remit check` find the delegation again, without an option.
    struct Source {
        let authority: String
        let root: RecordID
        let repository: String
    }

    /// Sets the signing key, the delegation, its source, the template and the hooks in this clone's own configuration.
    ///
    /// What was there before is kept, so that `restore` brings it back. Without a task key, certificates prove the
    /// delegation: which, is not known before one is issued.
    func prepare(for id: RecordID, key: TaskKey?, from source: Source) throws(AppError) {
        _ = try Files.makeDirectories(hooksPath)
        let settings = [
            ("gpg.format", "ssh"), ("commit.gpgsign", "true"), ("commit.template", templatePath),
            ("core.hookspath", hooksPath), ("remit.delegation", id.description),
            ("remit.authority", source.authority), ("remit.root", source.root.description),
            ("remit.repository", source.repository),
        ]
        let signing =
            key.map { [("user.signingkey", $0.path), ("remit.taskkey", $0.fingerprint.description)] } ?? []
        if !kept.isThere {
            try kept.keep(settings.map(\.0) + ["user.signingkey", "remit.taskkey"], hooks: formerHooks())
        }
        Files.remove(templatePath)
        try Files.create(Array("\n\n\(id.trailer)\n".utf8), at: templatePath)
        try WorkTreeHooks(former: kept.hooks(), trailer: id.trailer).write(in: hooksPath)
        for (name, value) in settings + signing { try git.run(["config", "--local", "--replace-all", name, value]) }
    }

    /// The directory of the hooks that run now.
    private func formerHooks() throws(AppError) -> String {
        let path = try Git(in: directory).run(["rev-parse", "--git-path", "hooks"]).text
        return path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }

    /// What a task was started with here.
    struct Task {
        let delegation: String
        /// `nil` where certificates prove the delegation.
        let key: (fingerprint: KeyFingerprint, path: String)?
    }

    /// The task that was started here.
    func task() throws(AppError) -> Task {
        guard kept.isThere, let delegation = try git.configuration("remit.delegation") else {
            throw AppError(
                "no task was started in '\(directory)'", hint: "name the agent's clone with --worktree",
                status: .usage)
        }
        guard let fingerprint = try git.configuration("remit.taskkey").flatMap({ KeyFingerprint($0) }),
            let path = try git.configuration("user.signingkey")
        else { return Task(delegation: delegation, key: nil) }
        return Task(delegation: delegation, key: (fingerprint, path))
    }

    /// Brings back the configuration that was there before the task.
    func restore() throws(AppError) {
        try kept.restore()
        Files.removeTree(ownDirectory)
    }

    /// Says how commits are made here.
    func tell(hasKey: Bool) {
        let signature = hasKey ? "are signed with the task key" : "want a certificate as user.signingkey"
        Console.standard.say(
            "commits in '\(directory)' \(signature), and name the delegation; pushes are checked first")
    }
}

extension RecordID {
    /// The line by which a commit names its delegation.
    var trailer: String { "Delegation: \(abbreviated)" }
}
