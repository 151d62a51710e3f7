import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit show`: what a delegation allows, in words.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell in words what a delegation allows, and whether it holds.",
        discussion: """
            Reads the committed state of the authority: who delegated what to which agent, where it may push, what it \
            may change and never may, its limits, until when, and whether it was revoked. The status is 0 when a server \
            would believe the record, whether or not it has expired; 1 when it would not; 2 when that cannot be told.

            Example: remit show 1f2e3d4c5b6a
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(
        help: """
            The delegation: its id, or the first 12 or more digits of it; default: git config remit.delegation, which \
            'remit grant --worktree' sets in an agent's clone.
            """)
    var delegation: String?

    @Option(help: "How to tell it.")
    var format: Format = .text

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let now = Platform.now()
        let location = try authority.located()
        let standing = try location.authority(at: now)
        let sheet = try sheet(of: named(), in: standing, location, at: now)
        Console.standard.print(
            format == .text ? sheet.text : String(decoding: sheet.json, as: UTF8.self))
        if sheet.state == .invalid { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func named() throws(AppError) -> String {
        guard
            let name = try delegation.orAsk({ () throws(AppError) in try Git().configuration("remit.delegation") })
        else {
            throw AppError(
                "no delegation is named", hint: "give its id: 'remit show 1f2e3d4c5b6a'", status: .usage)
        }
        return name
    }

    private func sheet(
        of name: String, in authority: Authority, _ location: AuthorityLocation, at now: Instant
    ) throws -> RemitSheet {
        let found = try AppError.asking { () throws(AuthorityError) in
            try authority.delegation(named: ByteString(name))
        }
        switch found {
        case .unknown: throw unknown(name, location)
        case .verified(let verified):
            return RemitSheet(
                id: verified.id, delegation: verified.delegation, fault: nil,
                inventory: RemitSheet.Inventory(verified.agent), revocation: verified.revocation,
                protectedPaths: authority.policy.protectedPaths, authority: authority.commit, now: now)
        case .rejected(let id, let rule, let reason):
            let fault = RemitSheet.Fault(rule: rule, reason: reason)
            let record = try record(of: id, fault, location)
            let agent = try AppError.asking { () throws(AuthorityError) in try authority.agent(record.agent) }
            return RemitSheet(
                id: id, delegation: record, fault: fault, inventory: RemitSheet.Inventory(agent), revocation: nil,
                protectedPaths: authority.policy.protectedPaths, authority: authority.commit, now: now)
        }
    }

    /// What a record says that a server would not believe; where it cannot be read at all, the fault is the answer.
    private func record(of id: RecordID, _ fault: RemitSheet.Fault, _ location: AuthorityLocation) throws -> Delegation
    {
        let path = AuthorityLayout.delegation(id)
        let records = try location.records()
        let bytes = try AppError.asking { () throws(AuthorityError) in
            try records.bytes(at: path, limit: RecordText.maximumByteCount)
        }
        do throws(RecordError) {
            return try Delegation(record: bytes ?? [], file: path)
        } catch {
            throw AppError("\(fault.rule.rawValue): delegation \(id.abbreviated): \(fault.reason)")
        }
    }

    private func unknown(_ name: String, _ location: AuthorityLocation) -> AppError {
        AppError(
            "the authority does not hold exactly one delegation '\(name)'",
            hints: [
                "name it by \(Authority.shortestName) or more digits of its id",
                "the authority is '\(location.path)'; 'git -C \(location.path) pull' brings what is new",
            ])
    }
}

extension RemitSheet.Inventory {
    init(_ standing: AgentStanding) {
        self =
            switch standing {
            case .registered(let verified): .registered(verified.agent, suspension: verified.suspension)
            case .unregistered: .absent(reason: "the inventory does not know it")
            case .rejected(_, let reason): .absent(reason: reason)
            }
    }
}
