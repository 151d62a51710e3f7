import RemitModel

extension Authorship {
    init(_ member: Members) throws(EvidenceError) {
        var key: KeyFingerprint?
        if let text = try member.optionalText("key") {
            key = KeyFingerprint(text)
            guard key != nil else { throw member.fault("'key' is not a key's fingerprint") }
        }
        self.init(
            commit: try member.objectID("commit"), ref: try member.bytes("ref"), agents: try member.texts("agents"),
            evidence: try member.all("evidence", Evidence.init), signer: try Signer(member.object("signer")),
            key: key, delegation: try member.optionalRecord("delegation"),
            standing: member["standing"] == nil ? nil : try member.word("standing", as: Standing.self))
        // It follows from the rest: a document in which it does not is not one of ours.
        guard try member.text("attribution") == attribution else {
            throw member.fault("'attribution' is not '\(attribution)'")
        }
    }
}

extension Authorship.Signer {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        switch try member.text("kind") {
        case "unsigned": self = .unsigned
        case "person": self = .person(try member.text("id"))
        case "delegation": self = .delegation(try member.record("id"))
        case "agent": self = .agent(try member.text("id"))
        case "unknown": self = .unknown
        case "bad": self = .bad(try member.text("reason"))
        case "unchecked": self = .unchecked(try member.text("reason"))
        case let kind: throw member.fault("'kind' is '\(kind)', which is not known")
        }
    }
}

extension Evidence {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        let text = try member.text("confidence")
        guard let confidence = Confidence(name: text) else {
            throw member.fault("'confidence' is '\(text)', which is not known")
        }
        self.init(
            agent: try member.text("agent"),
            kind: member["kind"] == nil ? .agent : try member.word("kind", as: MarkKind.self),
            place: try member.word("place", as: MarkPlace.self),
            strength: try member.strength("strength"), confidence: confidence,
            malformation: member["malformed"] == nil
                ? nil : try member.word("malformed", as: Evidence.Malformation.self),
            excerpt: try member.bytes("mark"))
    }
}
