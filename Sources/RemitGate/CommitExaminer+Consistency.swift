import RemitAttribution
import RemitAuthority
import RemitFormats
import RemitModel
import RemitRules

extension CommitExaminer {
    /// What in a commit's own bytes does not fit together, with what the inventory and the people's names add to it.
    func oddities(
        in commit: RawCommit, _ signature: SignatureStatus, holder: KeyHolder?
    ) throws(GateError) -> [Oddity] {
        let people = PersonLine.all(in: commit.message)
        var isActing = false
        switch holder {
        case .delegation, .agent: isActing = true
        case .person, .unknown, nil: break
        }
        var found = attributor.oddities(in: commit, people: people, signature: signature, isActing: isActing) { email in
            let address = email.map(\.foldedASCII)
            return authority.policy.persons.contains { $0.id.utf8.lazy.map(\.foldedASCII).elementsEqual(address) }
        }
        // Nearly every sign-off is the author's or the committer's, whose addresses were looked up already.
        for line in people where line.isSignOff && !found.contains(where: { $0.found == line.excerpt }) {
            if let standing = try agent(withAddress: ByteString(line.email)) {
                found.append(.signOff(by: standing.id, line))
            }
        }
        return found
    }

    /// Who makes each tool that is named, by the catalogue: an entry of the inventory is of those who make the tools that
    /// it lists as its marks.
    func makers(
        in attribution: Attribution, agents: [AgentStanding], delegated: String?
    ) -> [String: Set<String>] {
        let named = Set(attribution.evidence.map(\.agent) + [delegated].compactMap(\.self))
        guard named.count > 1 else { return [:] }
        var makers: [String: Set<String>] = [:]
        for tool in named {
            let listed = agents.lazy.compactMap(\.registered?.agent).first { $0.id == tool }?.marks ?? []
            makers[tool] = Set(([tool] + listed).flatMap(attributor.makers))
        }
        return makers
    }
}
