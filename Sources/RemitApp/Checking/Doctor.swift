import RemitAuthority
import RemitGate
import RemitHosts
import RemitLedger
import RemitModel

/// Looks at one installation, from the repository to a real push.
struct Doctor {
    let repository: ServerRepository
    /// As whom the server runs git; `nil` for the repository's owner.
    let account: String?
    /// What the server calls the repository; for one that does not name itself.
    let name: String?
    let now: Instant

    static func examine(
        _ path: String, account: String? = nil, name: String? = nil, now: Instant
    ) -> DoctorReport {
        var report = DoctorReport()
        do throws(AppError) {
            let doctor = Doctor(
                repository: try ServerRepository(at: path), account: account, name: name, now: now)
            report.add(.ok(.repository, "'\(doctor.repository.gitDirectory)' can be read"))
            try doctor.examine(&report)
        } catch {
            report.add(.fail(.repository, error.message, error.hints.first ?? "mend it, then look again"))
        }
        return report
    }

    private func examine(_ report: inout DoctorReport) throws(AppError) {
        report.add(user())
        let site = try HookSite(of: repository)
        let (settings, fault) = settings(site)
        report.add(fault)
        let place = HookPlace(gitDirectory: repository.gitDirectory, host: site.host)
        report.add(try HostExamination(repository.gitDirectory, place.host).diagnosis())
        report.add(try HookExamination(repository, place).diagnoses())
        report.add(try HookConfigExamination(repository).diagnoses())
        report.add(WriterExamination(place, program: try PlannedHook.present(at: place)?.program).diagnoses())
        report.add(try EffectExamination(beside: place).diagnosis())
        if place.takesSafetyNet { report.add(try SafetyNetExamination(beside: place).diagnosis()) }
        report.add(try fsck())
        report.add(try pushOptions())
        report.add(try HistoryExamination(repository).diagnoses())
        report.add(try ways(settings))
        guard let settings else { return }
        report.add(try CertificateExamination(repository, settings).diagnosis())
        report.add(ledger(settings))
        report.add(PublicationExamination(ofLedgerAt: settings.ledger ?? "").diagnosis())
        do throws(AuthorityError) {
            let authority = try Authority(
                GitRecordSource(at: settings.authority, ref: settings.authorityRef), pinned: settings.root, at: now)
            report.add(
                .ok(
                    .authority,
                    "policy version \(authority.policy.version) of '\(authority.policy.organisation)' is verified "
                        + "at \(authority.commit.abbreviated)"))
            report.add(refs(settings, authority))
            let rule: RuleCode = isAuthority(settings) ? .authorityLayout : .attributionUnregistered
            report.add(Probe(repository, place, mode: settings.mode, rule: rule, named: name).diagnoses(authority))
        } catch {
            report.add(
                .fail(.authority, error.statement, "every push is refused until the authority can be verified"))
        }
    }

    /// Whether it guards itself; an authority that cannot be opened is told of elsewhere.
    private func isAuthority(_ settings: Settings) -> Bool {
        do throws(AppError) { return try repository.isAuthority(settings.authority) } catch { return false }
    }

    /// By which ways something else than a push that is judged can come.
    private func ways(_ settings: Settings?) throws(AppError) -> [Diagnosis] {
        var found = try TransportExamination(repository).anonymous()
        let user = account.map { AccountExamination.User.named($0) }
        let owner = Ownership.owner(of: repository.gitDirectory) ?? Ownership.user
        found += AccountExamination(accounts: "/etc/passwd").diagnoses(of: user ?? .id(owner))
        if let variable = settings?.host.pusherVariable {
            let variable = String(decoding: variable.bytes, as: UTF8.self)
            found += try SSHDaemonExamination(directory: "/etc/ssh", variable: variable).diagnoses()
        }
        return found
    }

    /// An authority protects its own ref, whatever a policy says.
    private func refs(_ settings: Settings, _ authority: Authority) -> [Diagnosis] {
        guard !isAuthority(settings) else { return [] }
        do throws(AppError) {
            return try RefExamination(repository, authority.policy.repository(named: settings.repository)).diagnoses()
        } catch {
            return [.fail(.refs, error.message, "mend it: a ref that cannot be read makes pushes undecided")]
        }
    }

    private func user() -> Diagnosis {
        guard let owner = Ownership.owner(of: repository.gitDirectory), owner != Ownership.user else {
            return .ok(.user, "this is the user who owns the repository")
        }
        return .warn(
            .user, "user \(Ownership.user) looks at a repository of user \(owner)",
            "look as the user as whom the server runs git, which may read and write less")
    }

    private func settings(_ site: HookSite) -> (Settings?, Diagnosis) {
        do throws(GateError) {
            let settings = try Settings(of: repository.reader, site: site.configuration.get()) { _ in name }
            guard settings.mode == .enforce else {
                return (
                    settings,
                    .warn(
                        .mode, "monitor: everything is judged and recorded, nothing refused",
                        "enforce with 'git config remit.mode enforce'")
                )
            }
            return (
                settings,
                .ok(
                    .settings,
                    "enforce for '\(settings.repository)', host \(settings.host.kind.rawValue)"
                        + (settings.site.map { ", with what '\($0.path)' sets" } ?? ""))
            )
        } catch {
            return (
                nil,
                .fail(
                    .settings, error.finding.facts.reason ?? "the settings cannot be read",
                    "set it with 'git config', or run 'remit install' again")
            )
        }
    }

    private func fsck() throws(AppError) -> Diagnosis {
        let own = try repository.effective("receive.fsckObjects", isBoolean: true)
        let general = try repository.effective("transfer.fsckObjects", isBoolean: true)
        let value = own ?? general
        guard value != "true" else { return .ok(.fsck, "git checks the form of what is pushed") }
        return .warn(
            .fsck, "git does not check the form of what is pushed",
            "let it, with 'git config receive.fsckObjects true'")
    }

    /// Without them nobody can ask for the checkpoint, nor name a delegation for an act that leaves no commit.
    private func pushOptions() throws(AppError) -> Diagnosis {
        guard try repository.effective("receive.advertisePushOptions", isBoolean: true) == "true" else {
            return .warn(
                .pushOptions, "git takes no push options, such as remit.checkpoint",
                "let it, with 'git config receive.advertisePushOptions true'")
        }
        return .ok(.pushOptions, "git takes push options")
    }

    /// Takes the lock that a decision takes, and writes nothing.
    private func ledger(_ settings: Settings) -> Diagnosis {
        do throws(LedgerError) {
            let deadline = ContinuousClock.now.advanced(by: .seconds(10))
            var ledger = try Ledger.open(at: ByteString(settings.ledger ?? ""), create: false, deadline: deadline)
            let count = try ledger.transaction { transaction throws(LedgerError) in try transaction.count() }
            return .ok(.ledger, "'\(settings.ledger ?? "")' can be written; it has \(count) entries")
        } catch {
            return .fail(
                .ledger, "'\(settings.ledger ?? "")' cannot be written: \(error.code.rawValue): \(error.reason)",
                "every push is refused until it can")
        }
    }
}
