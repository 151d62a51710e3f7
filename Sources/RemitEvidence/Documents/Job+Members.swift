import RemitFormats
package import RemitModel

extension Job {
    init(_ member: Members) throws(EvidenceError) {
        self.init(system: try member.word("system", as: CISystem.self))
        repository = try member.optionalText("repository")
        repositoryID = try member.optionalText("repository_id")
        ref = try member.optionalBytes("ref")
        commit = try member.optionalObjectID("commit")
        event = try member.optionalText("event").map(Event.init(word:))
        target = try member.optionalBytes("target")
        base = try member.optionalObjectID("base")
        head = try member.optionalObjectID("head")
        result = try member.optionalObjectID("result")
        actor = try member.optionalText("actor")
        environment = try member.optionalText("environment")
        run = try member.optionalText("run")
        attempt = try member.optionalNumber("attempt")
        url = try member.optionalText("url")
        if let proof = try member.optionalObject("proof") { self.proof = try Proof(proof) }
        tokenFault = try member.optionalText("token_fault")
    }
}

extension Job.Event {
    package init(word: String) {
        let known: [Job.Event] = [.push, .tag, .mergeRequest, .mergeQueue, .schedule, .manual, .deployment]
        self = known.first { $0.word == word } ?? .other(word)
    }
}

extension Job.Proof {
    package init(_ member: Members) throws(EvidenceError) {
        guard case .object(let values)? = member["claims"] else { throw member.fault("'claims' is not an object") }
        var claims: [Job.Claim] = []
        for (name, value) in values {
            guard case .text(let text) = value else { throw member.fault("'claims' has '\(name)' that is no string") }
            claims.append(Job.Claim(name: name, value: text))
        }
        self.init(
            issuer: try member.text("issuer"), key: try member.text("key"), claims: claims,
            issuedAt: try member.instant("issued_at"), expiresAt: try member.instant("expires_at"))
    }
}
