import RemitEvidence
import RemitGate
import RemitGit
import RemitModel
import RemitReport

/// A repository of this server, as its administrator sees it.
struct ServerRepository {
    /// Longest hook that is read: a script, or a compiled hook of someone else.
    static let hookByteCount = 64 << 20

    let reader: GitReader
    let gitDirectory: String
    private let git: Git

    init(at path: String) throws(AppError) {
        do throws(GitError) {
            let location = try RepositoryLocation.discover(from: ByteString(Files.absolute(path)))
            reader = GitReader(try Repository(at: location))
            guard let directory = String(validating: location.gitDirectory.bytes, as: UTF8.self) else {
                throw GitError(.corrupt, "ServerRepository", "the path '\(location.gitDirectory)' is not UTF-8")
            }
            gitDirectory = directory
        } catch {
            throw AppError("cannot open the repository '\(path)': \(error.reason)", status: .undecided)
        }
        git = Git(in: gitDirectory)
    }

    /// Whether it is the authority that its settings name: then it guards itself.
    func isAuthority(_ authority: String) throws(AppError) -> Bool {
        do throws(GitError) {
            return try reader.isRepository(at: authority)
        } catch {
            throw AppError("cannot open the authority '\(authority)': \(error.reason)", status: .undecided)
        }
    }

    /// Runs git on this repository.
    ///
    /// It is named outright, which git trusts whoever owns it.
    func git(_ arguments: [String], _ streams: ChildProcess.Streams = .captured()) throws(AppError) -> ChildOutput {
        try git.attempt(["--git-dir=\(gitDirectory)"] + arguments, streams)
    }

    /// How its gate stands, by the settings as the hook reads them.
    func standing() throws(AppError) -> GateStanding {
        do throws(GateError) {
            return try Settings(of: reader).standing(in: gitDirectory)
        } catch {
            throw AppError(error.finding.facts.reason ?? "the settings cannot be read", status: .undecided)
        }
    }

    /// Every ref and what it names, a line for each: `<id> <name>`.
    func refList() throws(AppError) -> [UInt8] {
        do throws(GitError) {
            return try reader.repository.references().flatMap { Array("\($0.id.hex) ".utf8) + $0.name.bytes + [0x0A] }
        } catch {
            throw AppError("cannot read the refs of '\(gitDirectory)': \(error.reason)", status: .undecided)
        }
    }

    /// Sets a key in the repository's own `config`, or takes it away.
    func set(_ key: String, to value: String?) throws(AppError) {
        let file = ["config", "--file", "\(gitDirectory)/config"]
        guard let value else {
            // Status 5: there was none.
            _ = try git(file + ["--unset-all", key])
            return
        }
        let output = try git(file + ["--replace-all", key, value])
        guard output.status == 0 else {
            throw AppError("cannot set \(key): \(output.complaint)", status: .undecided)
        }
    }

    /// The directory in which git looks for hooks, where that is not the repository's own.
    func hooksElsewhere() throws(AppError) -> String? {
        let output = try git(["rev-parse", "--path-format=absolute", "--git-path", "hooks"])
        guard output.status == 0 else {
            throw AppError("cannot ask git for its hooks: \(output.complaint)", status: .undecided)
        }
        let (own, used) = ("\(gitDirectory)/hooks", output.text)
        return (RealPath.of(used) ?? used) == (RealPath.of(own) ?? own) ? nil : used
    }

    /// The value that git itself sees, whatever file it is from.
    func effective(_ key: String, isBoolean: Bool = false) throws(AppError) -> String? {
        let output = try git(["config"] + (isBoolean ? ["--type=bool"] : []) + ["--get", key])
        return output.status == 0 && !output.text.isEmpty ? output.text : nil
    }
}
