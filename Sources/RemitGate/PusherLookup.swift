import RemitAttribution
package import RemitAuthority
package import RemitModel
package import RemitRules

extension Authority {
    /// Whom the authority knows the pusher's account as.
    package func identity(of pusher: Pusher?) throws(AuthorityError) -> Circumstances.PusherIdentity {
        guard let pusher else { return .unknown }
        if let person = person(withLogin: pusher.login) { return .person(person.id) }
        if let login = String(validating: pusher.login.bytes, as: UTF8.self),
            let agent = try agent(identifiedBy: .login(login))
        {
            return .agent(agent)
        }
        let marks = Attribution(evidence: Attributor(catalogue: catalogue).evidence(forPusher: pusher.login)).agents
        if let mark = marks.first { return .agent(try agent(mark)) }
        return .stranger
    }

    /// The delegation that a push option `delegation=<id>` names, for acts that leave no commit behind.
    package func delegation(inOptions options: [ByteString]) throws(AuthorityError) -> DelegationLookup? {
        let prefix = "delegation="
        let names = options.filter { $0.starts(with: prefix) }.map { ByteString($0.bytes.dropFirst(prefix.utf8.count)) }
        // Two options would leave it open which one is meant.
        guard let name = names.first, Set(names).count == 1 else { return names.isEmpty ? nil : .unknown }
        return try delegation(named: name)
    }
}
