import RemitAuthority
import RemitFormats
import RemitGit
import RemitHosts
import RemitModel
import RemitReport

/// `reference-transaction`: what moves a protected ref past `pre-receive` is stopped, such as a fetch on the server.
///
/// It judges nothing and records nothing: a protected ref moves as a decision in the ledger let it, or not at all.
struct SafetyNet {
    private let world: World
    private let options: HookOptions

    init(_ world: World, _ options: HookOptions) {
        self.world = world
        self.options = options
    }

    /// The one state in which git asks; before it the values are not known, after it nothing can be stopped.
    private static let asking = "prepared"

    func run(in state: String) -> ExitStatus {
        guard state == Self.asking else { return .allowed }
        var mode = Mode.enforce
        do throws(GateError) {
            return try check(&mode)
        } catch {
            world.say(
                SafetyNetReport(mode: mode).text(
                    unchecked: error.finding.facts.reason ?? error.finding.rule.rawValue))
            return mode == .monitor ? .allowed : .undecided
        }
    }

    private func check(_ mode: inout Mode) throws(GateError) -> ExitStatus {
        let lines = try lines()
        guard !lines.isEmpty else { return .allowed }
        let directory = try invocation(on: .plain()).gitDirectory
        let files = try GateError.reading { () throws(GitError) in try ReferenceFiles(of: lines, in: directory) }
        let moving = lines.filter { !files.isUnchanged(by: $0) }
        guard !moving.isEmpty else { return .allowed }

        let settings = try Settings(
            site: options.site(), from: { key throws(GitError) in try files.configuration(key) },
            named: { host throws(GateError) in try invocation(on: host).nameInRecords() })
        mode = settings.mode
        let ledger = try LedgerMemory(
            at: settings.ledger ?? "", within: TimeLimit(of: settings.host, since: world.started))
        let uncovered = try uncovered(of: moving, files, settings, ledger)
        guard !uncovered.isEmpty else { return .allowed }

        let isProtected = try protection(files, settings, ledger)
        let refused = uncovered.filter { isProtected($0.ref) }
        guard !refused.isEmpty else { return .allowed }
        world.say(
            SafetyNetReport(mode: mode, otherStorage: files.otherStorage).text(
                of: refused.map { (ref: $0.ref, old: Self.old(of: $0, files), new: $0.new) }))
        return mode == .monitor ? .allowed : .refused
    }

    /// What the transaction does below `refs/`: `HEAD` and its like are not what a policy protects.
    private func lines() throws(GateError) -> [ReferenceTransactionInput.Line] {
        let bytes = try world.hookInput()
        do throws(HookInputError) {
            return try ReferenceTransactionInput(parsing: bytes).lines.filter { $0.ref.starts(with: "refs/") }
        } catch {
            throw GateError(.undecidedInput, "standard input line \(error.line): \(error.reason)")
        }
    }

    /// Where git runs in the top directory of a work tree it names no repository.
    private func invocation(on host: HostConfiguration) throws(GateError) -> Invocation {
        let environment = world.environment.assuming("GIT_DIR", ".git")
        do throws(InvocationError) {
            return try Invocation(of: .referenceTransaction, on: host, in: environment)
        } catch {
            throw GateError(
                .undecidedInput, "\(String(decoding: error.variable.bytes, as: UTF8.self)): \(error.reason)")
        }
    }

    /// The old value that counts: what the ref is, whatever the transaction says, which can leave it open.
    private static func old(
        of line: ReferenceTransactionInput.Line, _ files: ReferenceFiles
    ) -> RefValue {
        if case .object(let id) = files.value(of: line.ref) { .object(id) } else { line.old }
    }

    private func uncovered(
        of lines: [ReferenceTransactionInput.Line], _ files: ReferenceFiles, _ settings: Settings,
        _ ledger: LedgerMemory
    ) throws(GateError) -> [ReferenceTransactionInput.Line] {
        func id(_ value: RefValue) -> ObjectID? { value == .none ? .zero : value.id }
        let updates = lines.map { line -> RefUpdate? in
            guard let old = id(Self.old(of: line, files)), let new = id(line.new), old != new else { return nil }
            return RefUpdate(ref: line.ref, old: old, new: new)
        }
        let undecided = try ledger.undecided(
            of: updates.compactMap(\.self), in: settings.repository, monitored: settings.mode == .monitor)
        return zip(lines, updates).filter { $0.1.map(undecided.contains) ?? true }.map(\.0)
    }

    /// Which refs may not move without a decision.
    private func protection(
        _ files: ReferenceFiles, _ settings: Settings, _ ledger: LedgerMemory
    ) throws(GateError) -> (ByteString) -> Bool {
        let own = try GateError.reading { () throws(GitError) in
            try RepositoryLocation.discover(from: ByteString(settings.authority)).commonDirectory
        }
        // The authority guards itself, and has one ref.
        guard own != files.commonDirectory else {
            let ref = ByteString(settings.authorityRef)
            return { $0 == ref || ReservedRefs.directory(of: $0) != nil }
        }
        let authority = try GateError.asking { () throws(AuthorityError) in
            try Authority(
                GitRecordSource(at: settings.authority, ref: settings.authorityRef), pinned: settings.root,
                at: world.now)
        }
        if let reason = try ledger.rollback(to: AuthorityState(authority)) {
            throw GateError(AuthorityError(.rollback, reason))
        }
        let policy = authority.policy.repository(named: settings.repository)
        return { policy.isProtected($0) || ReservedRefs.directory(of: $0) != nil }
    }
}
