import RemitAuthority
import RemitGate
import RemitGit
import RemitModel
import RemitRules

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
        return gate.judge([range.update]).decide()
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
                approvals: authority.policy.approvals(in: settings.repository),
                administrators: authority.administrators, catalogue: authority.recordedCatalogue())
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

    /// The protected branches as they were fetched last.
    private func landed(_ reader: GitReader, _ policy: RepositoryPolicy) throws(GateError) -> [LandedBranch] {
        let prefix = "refs/remotes/\(range.remote)/"
        do throws(GitError) {
            return try reader.repository.references(prefix: ByteString(prefix)).map { reference in
                let name = Array("refs/heads/".utf8) + reference.name.bytes.dropFirst(prefix.utf8.count)
                return LandedBranch(name: ByteString(name), id: reference.id)
            }.filter { policy.isProtected($0.name) }
        } catch {
            throw GateError(.undecidedRepository, error.reason)
        }
    }
}
