import ArgumentParser
import RemitAuthority
import RemitGate
import RemitGit
import RemitHosts
import RemitModel
import RemitReport
import RemitRules

/// `remit check`: the server's judgement, before the push.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge commits as the server would judge a push of them.",
        discussion: """
            Reads the settings remit.authority, remit.root and remit.repository of the clone's git config. Without a \
            range it takes what a push of the present branch would bring: upstream..HEAD, or for a new branch all \
            that no protected branch of the remote has. What only a server knows is left out: who pushes (see \
            --as-person), and what its ledger has seen before.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit check origin/main..HEAD
            """)

    @Argument(help: "A..B, or one commit; default: what a push of the present branch would bring.")
    var range: String?

    @Option(help: "The ref that would be pushed to; default: the upstream's, else the branch's own name.")
    var ref: String?

    @OptionGroup var settings: CheckSettings

    @Option(help: ArgumentHelp("Judge as if this person's account pushed.", valueName: "login"))
    var asPerson: String?

    @Option(help: "text or json.")
    var format = ReportFormat.text

    func run() throws {
        let console = Console.standard
        let git = Git()
        let range = try CheckRange(range, ref: ref, git)
        let check = Check(range, asPerson: asPerson, now: Platform.now())
        let decision = try check.decide(settings.values(git))
        switch format {
        case .text:
            console.say("checking \(range.words)")
            let text = TextReport(of: .check).text(of: decision)
            if text.isEmpty { console.say("allowed, without a mark of an agent; commits judged: \(decision.commits)") }
            if !text.isEmpty { console.print(text) }
        case .json:
            console.print(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self))
        }
        let status = ExitStatus(decision)
        if status != .allowed { throw ExitCode(status.rawValue) }
    }
}

/// How a command writes what it found.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// One check before a push.
struct Check {
    private let range: CheckRange
    private let login: String?
    private let now: Instant

    /// Nobody waits with a lock on anything; this only ends a check of half a world's history.
    private static let deadlineSeconds = 3600

    init(_ range: CheckRange, asPerson login: String?, now: Instant) {
        self.range = range
        self.login = login
        self.now = now
    }

    /// What could not be read makes the decision undecided, in the words that the hook has for it.
    func decide(_ settings: CheckSettings.Values) throws(AppError) -> Decision {
        do throws(GateError) {
            return try judge(settings)
        } catch {
            return Decision(
                outcome: .undecided, mode: .enforce, repository: settings.repository, pusher: nil, decidedAt: now,
                updates: [range.update], commits: 0, findings: [error.finding], findingCount: 1, agents: [],
                delegations: [], authority: nil, policyVersion: nil)
        }
    }

    private func judge(_ settings: CheckSettings.Values) throws(GateError) -> Decision {
        let reader = try open()
        let (authority, circumstances) = try judges(settings)
        let gate = Gate(
            reader, authority: authority, circumstances: circumstances, seen: NothingSeen(),
            deadline: .now.advanced(by: .seconds(Self.deadlineSeconds)),
            landed: try landed(reader, circumstances.repository))
        return gate.judge([range.update]).decision
    }

    private func judges(_ settings: CheckSettings.Values) throws(GateError) -> (Authority, Circumstances) {
        do throws(AuthorityError) {
            let authority = try Authority(
                GitRecordSource(at: settings.authority.path, ref: settings.authority.ref), pinned: settings.root,
                at: now)
            let pusher = login.map { Pusher(login: ByteString($0), vouchedBy: "--as-person") }
            let circumstances = Circumstances(
                now: now, repository: authority.policy.repository(named: settings.repository), mode: .enforce,
                pusher: pusher, pusherIdentity: try authority.identity(of: pusher),
                protectedPaths: ProtectedPaths(adding: authority.policy.protectedPaths),
                administrators: authority.administrators)
            return (authority, circumstances)
        } catch {
            throw GateError(.undecidedAuthority, error.statement)
        }
    }

    private func open() throws(GateError) -> GitReader {
        do throws(GitError) {
            return GitReader(try Repository(at: RepositoryLocation.discover(from: ".")))
        } catch {
            throw GateError(.undecidedRepository, error.reason)
        }
    }

    /// The tips of the protected branches as they were fetched last.
    private func landed(_ reader: GitReader, _ policy: RepositoryPolicy) throws(GateError) -> [ObjectID] {
        let prefix = "refs/remotes/\(range.remote)/"
        do throws(GitError) {
            return try reader.repository.references(prefix: ByteString(prefix)).filter { reference in
                let name = Array("refs/heads/".utf8) + reference.name.bytes.dropFirst(prefix.utf8.count)
                return policy.isProtected(ByteString(name))
            }.map(\.id)
        } catch {
            throw GateError(.undecidedRepository, error.reason)
        }
    }
}
