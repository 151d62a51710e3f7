import RemitAuthority
import RemitModel
import RemitReport

/// The requests of an authority, with what became of them.
struct OpenRequests {
    let authority: Authority
    let location: AuthorityLocation
    let now: Instant

    private var listing: AuthorityListing {
        AuthorityListing(authority: authority, location: location, spender: nil, now: now)
    }

    /// Those that nobody has answered, the oldest first; one that cannot be read is told by `skipped`.
    func sheets(skipped: (AppError) -> Void) throws(AppError) -> [RequestSheet] {
        let answers = try listing.answers()
        var sheets: [RequestSheet] = []
        for id in try AppError.asking({ () throws(AuthorityError) in try authority.requestIDs() }) {
            do throws(AppError) {
                guard let sheet = try sheet(of: id, answers) else { continue }
                if case .none = sheet.answer { sheets.append(sheet) }
            } catch {
                skipped(error)
            }
        }
        return sheets.sorted { ($0.request.issuedAt, $0.id) < ($1.request.issuedAt, $1.id) }
    }

    /// The request of that id, or of that beginning of an id.
    func sheet(named name: String) throws(AppError) -> RequestSheet {
        let digits = name.hasPrefix(RecordID.prefix) ? String(name.dropFirst(RecordID.prefix.count)) : name
        let ids = try AppError.asking { () throws(AuthorityError) in try authority.requestIDs() }
            .filter { digits.utf8.count >= Authority.shortestName && $0.hex.hasPrefix(digits) }
        guard ids.count == 1, let sheet = try sheet(of: ids[0], listing.answers()) else {
            throw AppError(
                "the authority does not hold exactly one request '\(name)'",
                hints: [
                    "name it by \(Authority.shortestName) or more digits of its id; 'remit review --requests' "
                        + "lists those that are open",
                    "the authority is '\(location.path)'; 'git -C \(location.path) pull' brings what is new",
                ])
        }
        return sheet
    }

    private func sheet(of id: RecordID, _ answers: [RecordID: RecordID]) throws(AppError) -> RequestSheet? {
        guard let request = try AppError.asking({ () throws(AuthorityError) in try authority.request(id) }) else {
            return nil
        }
        let agent = try AppError.asking { () throws(AuthorityError) in try authority.agent(request.agent) }
        let delegators = authority.policy.roles.map(\.person)
        return RequestSheet(
            id: id, request: request, base: try base(of: request), inventory: RemitSheet.Inventory(agent),
            judgements: Set(delegators).sorted().map { person in
                RequestSheet.Judgement(
                    person: person, excess: authority.excess(of: request.grants, life: request.life, by: person))
            },
            answer: try answer(to: id, answers), authority: authority.commit, now: now)
    }

    private func base(of request: DelegationRequest) throws(AppError) -> Delegation? {
        guard let id = request.replaces,
            case .verified(let verified) = try AppError.asking({ () throws(AuthorityError) in
                try authority.delegation(id)
            })
        else { return nil }
        return verified.delegation
    }

    private func answer(
        to id: RecordID, _ answers: [RecordID: RecordID]
    ) throws(AppError) -> RequestSheet.Answer {
        if let delegation = answers[id] { return .granted(delegation) }
        let decline = try AppError.asking { () throws(AuthorityError) in try authority.decline(of: id) }
        return decline.map { .declined($0) } ?? .none
    }
}
