import RemitAuthority
import RemitEvidence
import RemitGate
import RemitGit
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport

/// An installation of which everything has been looked at and nothing been written yet.
struct InstallationPlan {
    struct Request {
        var authority: String
        let authorityRef: String
        let root: String
        let name: String
        var ledger: String
        let mode: Mode
        let host: HostKind?
        let insistsOnHost: Bool
        var pusherVariable: String?
        let logName: String?
    }

    let repository: ServerRepository
    let settings: Request
    let host: HostKind
    /// Why it is this host, where nobody said so.
    let hostReason: String?
    /// The hook that judges, the one that records what landed, and the safety net where one is wanted.
    let hooks: [PlannedHook]
    let log: PlannedLog
    private let program: String
    private let authority: Authority
    private let now: Instant
    /// Whether the repository is the authority itself, which then guards itself.
    private let isAuthority: Bool

    init(
        repository path: String, settings given: Request, program: String?, chain: Bool, safetyNet: Bool, now: Instant
    ) throws(AppError) {
        var settings = given
        settings.authority = Files.absolute(given.authority)
        settings.ledger = Files.absolute(given.ledger)
        repository = try ServerRepository(at: path)
        authority = try Self.authority(settings, now)
        let traces = try ServerTraces(of: repository.gitDirectory)
        let before = try repository.own("remit.host").flatMap { HostKind(rawValue: $0) }
        (host, hostReason) = try traces.choose(given.host, before: before, insists: given.insistsOnHost)
        if given.host == nil, given.pusherVariable == nil, host == before {
            settings.pusherVariable = try repository.own("remit.pusherVariable")
        }
        self.settings = settings
        self.now = now
        isAuthority = try repository.isAuthority(settings.authority)
        let place = HookPlace(gitDirectory: repository.gitDirectory, host: host)
        try Self.check(settings, place, repository)
        log = try PlannedLog(ofLedgerAt: settings.ledger, named: settings.logName)
        let path = try Self.program(program)
        self.program = path
        var hooks = [
            try PlannedHook(at: place, program: path, chain: chain),
            try PlannedHook(at: place.of(.postReceive), program: path, chain: chain),
        ]
        let net = place.of(.referenceTransaction)
        guard !safetyNet || place.takesSafetyNet else {
            throw AppError(
                "--safety-net: host \(host.rawValue) lets git run no reference-transaction of the repository's",
                hint: "leave --safety-net away", status: .usage)
        }
        // One that is there is renewed with the rest: an old one would not understand a new program.
        let isThere = try PlannedHook.present(at: net) != nil
        if safetyNet || isThere {
            hooks.append(try PlannedHook(at: net, program: path, chain: chain))
        }
        self.hooks = hooks
    }

    // MARK: Looking

    private static func authority(_ settings: Request, _ now: Instant) throws(AppError) -> Authority {
        guard settings.root.hasPrefix(RecordID.prefix), let root = RecordID(settings.root) else {
            throw AppError(
                "--root '\(settings.root)' is not the digest of a root",
                hint: "write 'sha256:' and 64 lower-case hexadecimal digits, such as 'sha256sum roots/1.toml' prints",
                status: .usage)
        }
        do throws(AuthorityError) {
            return try Authority(
                GitRecordSource(at: settings.authority, ref: settings.authorityRef), pinned: root, at: now)
        } catch {
            throw AppError(error.statement, hint: "nothing was installed", status: .undecided)
        }
    }

    /// Where a server takes its hooks from that looks for none in a repository.
    private static func elsewhere(_ host: HostKind) -> (name: String, place: String)? {
        switch host {
        case .ghes: ("GitHub Enterprise Server", "a repository")
        case .bitbucket: ("Bitbucket Data Center", "its own settings")
        case .gerrit: ("Gerrit", "its site's directory")
        case .plain, .ssh, .http, .gitolite, .gitlab, .gitea, .forgejo, .softServe: nil
        }
    }

    private static func check(
        _ settings: Request, _ place: HookPlace, _ repository: ServerRepository
    ) throws(AppError) {
        do throws(InvocationError) {
            _ = try HostConfiguration(
                kind: place.host, pusherVariable: settings.pusherVariable.map { ByteString($0) })
        } catch {
            throw AppError("--pusher-variable: \(error.reason)", status: .usage)
        }
        if let (name, place) = elsewhere(place.host) {
            throw AppError(
                "\(name) takes its hooks from \(place), not from here",
                hint: "see hooks/README.md, '\(name)'", status: .usage)
        }
        guard Files.isDirectory(place.directory) || place.isRunByGit else {
            throw AppError(
                "'\(place.directory)' is not a directory",
                hint: "host \(place.host.rawValue) runs the hooks in it; make it as the server's manual says, or "
                    + "name another --host")
        }
        guard !settings.ledger.hasPrefix(repository.gitDirectory + "/") else {
            throw AppError(
                "--ledger '\(settings.ledger)' lies inside the repository",
                hint: "name a file outside every repository, such as /var/lib/remit/ledger.sqlite", status: .usage)
        }
        if place.isReachedByGit, let elsewhere = try repository.hooksElsewhere() {
            throw AppError(
                "git looks for hooks in '\(elsewhere)': core.hooksPath is set",
                hint: "take it away with 'git config --unset core.hooksPath' in the scope that "
                    + "'git config --show-origin core.hooksPath' names, then install again")
        }
    }

    private static func program(_ given: String?) throws(AppError) -> String {
        let path =
            given.map(Files.absolute) ?? RealPath.ownDirectory.map { "\($0)/remit-hook" } ?? HookShim.defaultProgram
        guard HookShim.canHold(path) else {
            throw AppError(
                "the path '\(path)' cannot stand in a shell script", hint: "name another with --hook-binary",
                status: .usage)
        }
        if let fault = ProgramCheck.fault(of: path) {
            throw AppError("'\(path)' \(fault)", hint: "name the remit-hook program with --hook-binary")
        }
        return path
    }

    // MARK: Doing

    /// Writes everything, the hooks last but one; gives the ledger's entry.
    func carryOut() throws(AppError) -> Int64 {
        var ledger = try LifecycleLedger(at: settings.ledger, create: true, repository: repository)
        try log.make()
        let keys: [(key: String, value: String?)] = [
            ("remit.authority", settings.authority), ("remit.authorityRef", settings.authorityRef),
            ("remit.root", settings.root), ("remit.repository", settings.name), ("remit.ledger", settings.ledger),
            ("remit.mode", settings.mode.rawValue), ("remit.host", host.rawValue),
            ("remit.pusherVariable", settings.pusherVariable),
        ]
        try repository.set(keys)
        for hook in hooks { try hook.install() }
        // Read back as the hook reads them; and refs only now that every push is judged.
        let installed = try ServerRepository(at: repository.gitDirectory)
        var event = Lifecycle(
            .installed, at: now, repository: settings.name, gitDirectory: repository.gitDirectory)
        event.mode = settings.mode
        event.authority = authority.commit
        event.policyVersion = authority.policy.version
        event.program = program
        event.chained = hooks.first { $0.shim.isChained }?.place.chainedPath
        return try ledger.install(event, try installed.standing(), refs: try installed.refList())
    }

    /// What an administrator should sign when there is history already; `nil` when there is none, or it is signed.
    func proposal() throws(AppError) -> BaselineProposal? {
        // An authority is judged from its first state on; nothing of it lies before.
        guard !isAuthority else { return nil }
        let signed: [ObjectID]
        do throws(AuthorityError) {
            signed = try authority.baseline(of: settings.name)
        } catch {
            throw AppError(error.statement, status: .undecided)
        }
        guard signed.isEmpty else { return nil }
        return try BaselineProposal(
            of: repository, named: settings.name, organisation: authority.policy.organisation,
            issuer: authority.administrators.first ?? "", at: now)
    }
}
