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

    /// Sets keys in the repository's own `config`, or takes them away: all of them in one step, or none.
    func set(_ values: [(key: String, value: String?)]) throws(AppError) {
        try ConfigurationChange(of: "\(gitDirectory)/config").make(values, with: git)
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

    /// The value of one of Remit's keys in the repository's own `config`, where it stands once.
    func own(_ key: String) throws(AppError) -> String? {
        do throws(GitError) {
            let values = try reader.repository.configuration(key)
            return values.count == 1 ? values[0] : nil
        } catch {
            throw AppError("cannot read the configuration of '\(gitDirectory)': \(error.reason)", status: .undecided)
        }
    }

    /// What git sees of the keys that a pattern names, from every file that it reads, in its order.
    ///
    /// Names of sections and variables are in lower case; a key without a value is a true one.
    func configuration(matching pattern: String) throws(AppError) -> [(key: String, value: String)] {
        let output = try git(["config", "-z", "--get-regexp", pattern])
        // Status 1: there is none.
        guard output.status <= 1 else {
            throw AppError("cannot read the configuration: \(output.complaint)", status: .undecided)
        }
        return output.stdout.split(separator: 0).map { entry in
            let parts = entry.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            return (
                String(decoding: parts[0], as: UTF8.self),
                parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true"
            )
        }
    }

    /// The file in which that value stands; `nil` where it stands in none.
    func file(of key: String) throws(AppError) -> String? {
        let output = try git(["config", "--null", "--show-origin", "--get", key])
        let origin = output.text.prefix { $0 != "\0" }
        guard output.status == 0, origin.hasPrefix("file:") else { return nil }
        let path = String(origin.dropFirst("file:".count))
        return path.hasPrefix("/") ? path : Files.absolute(path)
    }
}
