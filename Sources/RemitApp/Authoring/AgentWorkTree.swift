import RemitModel

/// The clone in which an agent works, set up so that what it commits proves its delegation.
struct AgentWorkTree {
    let directory: String
    private let git: Git
    private let gitDirectory: String

    /// A clone with a configuration of its own.
    ///
    /// Looked at before anything is signed.
    init(at path: String) throws(AppError) {
        git = Git(in: Files.absolute(path))
        let top = Files.isDirectory(Files.absolute(path)) ? try git.attempt(["rev-parse", "--show-toplevel"]) : nil
        guard let top, top.status == 0 else {
            throw AppError("'\(path)' is not a git work tree", hint: "give --worktree the agent's clone")
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

    /// The template with the trailer, for commits whose message is written in an editor.
    var templatePath: String { "\(gitDirectory)/remit/commit-template" }

    /// Where `remit show` and `remit check` find the delegation again, without an option.
    struct Source {
        let authority: String
        let root: RecordID
        let repository: String
    }

    /// Sets the signing key, the delegation, its source and the template in this clone's own configuration.
    ///
    /// Without a task key, certificates prove the delegation: which, is not known before one is issued.
    func prepare(for id: RecordID, key: TaskKey?, from source: Source) throws(AppError) {
        _ = try Files.makeDirectories(Files.parent(of: templatePath))
        Files.remove(templatePath)
        try Files.create(Array("\n\n\(id.trailer)\n".utf8), at: templatePath)
        let settings = [
            ("gpg.format", "ssh"), ("commit.gpgsign", "true"),
            ("commit.template", templatePath), ("remit.delegation", id.description),
            ("remit.authority", source.authority), ("remit.root", source.root.description),
            ("remit.repository", source.repository),
        ]
        let signing = key.map { [("user.signingkey", $0.path)] } ?? []
        for (name, value) in settings + signing { try git.run(["config", "--local", "--replace-all", name, value]) }
    }
}

extension RecordID {
    /// The line by which a commit names its delegation.
    var trailer: String { "Delegation: \(abbreviated)" }
}
