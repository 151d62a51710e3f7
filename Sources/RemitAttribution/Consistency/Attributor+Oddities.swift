import RemitFormats
package import RemitModel

extension Attributor {
    /// What in a commit's own bytes does not fit together.
    ///
    /// - Parameters:
    ///   - people: `PersonLine.all(in:)` of its message.
    ///   - isActing: whether its good signature is by a key that the authority knows as an agent's.
    ///   - isPerson: whether an address is a registered person's; asked only where a name claims a listed app's account.
    package func oddities(
        in commit: RawCommit, people: [PersonLine], signature: SignatureStatus, isActing: Bool,
        isPerson: (ArraySlice<UInt8>) -> Bool
    ) -> [Oddity] {
        var found: [Oddity] = []
        func look(_ name: ArraySlice<UInt8>, _ email: ArraySlice<UInt8>, _ excerpt: @autoclosure () -> ByteString) {
            guard let claim = AccountClaim(name: name, email: email),
                let oddity = catalogue.oddity(in: claim, excerpt(), isPerson: isPerson),
                !found.contains(where: { ($0.kind, $0.found) == (oddity.kind, oddity.found) })
            else { return }
            found.append(oddity)
        }
        for identity in [commit.author, commit.committer] {
            look(identity.name.bytes[...], identity.email.bytes[...], identity.excerpt)
        }
        for line in people {
            look(line.name, line.email, line.excerpt)
            if line.isSignOff, let agent = catalogue.agent(in: line, extra: extra) {
                found.append(.signOff(by: agent, line))
            }
        }
        if !isActing, let missing = HostSigning.oddity(in: commit, signature) { found.append(missing) }
        return found
    }

    /// Who makes a tool, to know tools of one maker by; empty where the catalogue does not list it.
    package func makers(of tool: String) -> Set<String> { catalogue.makers(of: tool) }
}

extension Oddity {
    package static func signOff(by agent: String, _ line: PersonLine) -> Oddity {
        Oddity(.signOff, agent: agent, found: line.excerpt, reason: "")
    }
}

extension Identity {
    /// Name and address as a commit writes them.
    package var excerpt: ByteString {
        ByteString(name.bytes + Array(" <".utf8) + email.bytes + Array(">".utf8))
    }
}

extension MarkCatalogue {
    /// The agent whom a line names; assistants and bots are none.
    fileprivate func agent(in line: PersonLine, extra: ExtraMarks) -> String? {
        scan(
            name: line.name, email: line.email, line: .coAuthor, place: .trailer, excerpt: line.excerpt, extra: extra
        ).agents.first { $0.confidence >= .strong }?.agent
    }

    /// Two makers of one tool are two: `GitHub and Anthropic`.
    fileprivate func makers(of id: String) -> Set<String> {
        guard let vendor = tools(named: id).first?.vendor else { return [] }
        return Set(vendor.split(separator: " and ").map(String.init))
    }
}
