import RemitAttribution
import RemitAuthority
import RemitFormats
import RemitGate
import RemitGit
import RemitModel
import RemitReport

/// `remit check --message`: what can be said of a commit's message before the commit is made.
///
/// A help for whoever commits, not a gate: what cannot be looked up here is told, and let through.
struct MessageCheck {
    /// A longer message than this is nobody's.
    private static let maximumByteCount = 1 << 20

    private let git: Git
    private let message: [UInt8]
    private let commit: RawCommit
    private let bytes: [UInt8]

    /// Reads the file that git gives a `commit-msg` hook; `nil` for a message without a word, with which git gives up.
    init?(at path: String, _ git: Git) throws(AppError) {
        self.git = git
        let written = Self.uptoScissors(try Files.read(path, limit: Self.maximumByteCount))
        let stripped = try git.attempt(["stripspace", "--strip-comments"], .captured(input: written))
        guard stripped.status == 0 else {
            throw AppError("git stripspace failed: \(stripped.complaint)", status: .undecided)
        }
        message = stripped.stdout
        guard !message.isEmpty else { return nil }
        bytes = MessageJudgement.commit(
            message: message, author: try Self.identity("GIT_AUTHOR_IDENT", git),
            committer: try Self.identity("GIT_COMMITTER_IDENT", git))
        do throws(MalformedObject) {
            commit = try CommitParser.parse(bytes)
        } catch {
            throw AppError(
                "the commit would be malformed: \(error.reason)",
                hint:
                    "write the message anew; the server refuses such a commit as \(RuleCode.attributionMalformed.rawValue)"
            )
        }
    }

    /// Who git says it is; git itself complains where it does not know.
    private static func identity(_ variable: String, _ git: Git) throws(AppError) -> [UInt8] {
        let output = try git.attempt(["var", variable])
        guard output.status == 0 else { return Array("unknown <> 0 +0000".utf8) }
        return output.stdout.last == UInt8(ascii: "\n") ? output.stdout.dropLast() : output.stdout
    }

    /// Without the diff that `git commit --verbose` shows below the message.
    private static func uptoScissors(_ text: [UInt8]) -> [UInt8] {
        let scissors = Array("------------------------ >8 ------------------------".utf8)
        for line in MessageLines(text) where line.suffix(scissors.count).elementsEqual(scissors) {
            // The comment character is configurable, and stands before it with a blank.
            if line.count > scissors.count { return Array(text[..<line.startIndex]) }
        }
        return text
    }

    /// Says what is wrong, and what could not be looked at.
    func run(_ settings: CheckSettings, now: Instant, _ console: Console) throws -> ExitStatus {
        let lines = DelegationLines(in: commit.message)
        try requireTask(lines)
        do throws(AppError) {
            let decision = try decide(try settings.values(git), now: now)
            let text = TextReport(of: .message).text(of: decision)
            if !text.isEmpty { console.print(text) }
            return ExitStatus(decision)
        } catch {
            try judgeAlone(lines, because: error.message, console)
            return .allowed
        }
    }

    /// In a clone that was set up for a task, every commit names its delegation.
    private func requireTask(_ lines: DelegationLines) throws(AppError) {
        guard lines.named.isEmpty, let task = try git.configuration("remit.delegation") else { return }
        let line = RecordID(task).map(\.trailer) ?? "Delegation: \(task)"
        guard let malformed = lines.malformed.first else {
            throw AppError(
                "the message names no delegation, and this clone is set up for one", hint: "add the line '\(line)'")
        }
        throw AppError(
            "'Delegation: \(String(decoding: malformed.bytes, as: UTF8.self))' names no delegation",
            hint: "write '\(line)'")
    }

    private func decide(_ settings: CheckSettings.Values, now: Instant) throws(AppError) -> Decision {
        let authority: Authority
        do throws(AuthorityError) {
            authority = try Authority(
                GitRecordSource(at: settings.authority.path, ref: settings.authority.ref), pinned: settings.root,
                at: now)
        } catch {
            throw AppError("the authority could not be verified: \(error.statement)")
        }
        let reader: GitReader
        do throws(GitError) {
            reader = GitReader(try Repository(at: RepositoryLocation.discover(from: ".")))
        } catch {
            throw AppError("the repository could not be read: \(error.reason)")
        }
        return try judge(MessageJudgement(reader, authority: authority, repository: settings.repository, now: now))
    }

    private func judge(_ judgement: MessageJudgement) throws(AppError) -> Decision {
        do throws(GateError) {
            return try judgement.decide(bytes)
        } catch {
            throw AppError(error.finding.facts.reason ?? error.finding.rule.rawValue)
        }
    }

    /// What can be said without an authority: how the message names delegations, not what they are.
    private func judgeAlone(_ lines: DelegationLines, because reason: String, _ console: Console) throws(AppError) {
        if let (one, other) = Self.twoDelegations(lines) {
            throw AppError("the message names two delegations, \(one) and \(other)", hint: "name one")
        }
        // Without an authority nobody knows of the organisation's own marks.
        let marks = Attribution(evidence: Attributor().evidence(for: commit)).agents
        if lines.named.isEmpty, let mark = marks.first, let malformed = lines.malformed.first {
            throw AppError(
                "'Delegation: \(String(decoding: malformed.bytes, as: UTF8.self))' names no delegation",
                hint: "name the delegation of agent '\(mark)' by its id, in 12 to 64 hexadecimal digits")
        }
        if let name = lines.named.first {
            console.say(
                "warning: not checked here: what delegation \(String(decoding: name.bytes.prefix(12), as: UTF8.self)) "
                    + "is (\(reason))")
        } else if let mark = marks.first {
            console.say("warning: not checked here: whether agent '\(mark)' needs a delegation (\(reason))")
        }
    }

    /// Two that no one id can begin with.
    private static func twoDelegations(_ lines: DelegationLines) -> (String, String)? {
        for one in lines.named {
            for other in lines.named.drop(while: { $0 != one }).dropFirst()
            where !one.bytes.starts(with: other.bytes) && !other.bytes.starts(with: one.bytes) {
                return (
                    String(decoding: one.bytes.prefix(12), as: UTF8.self),
                    String(decoding: other.bytes.prefix(12), as: UTF8.self)
                )
            }
        }
        return nil
    }
}
