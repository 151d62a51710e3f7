/// Who wrote one commit of a submission, by which evidence, and under what: what is asked after an incident.
package struct Authorship: Hashable, Sendable {
    package let commit: ObjectID
    /// The ref on which it was judged.
    package let ref: ByteString
    /// The agents that rules acted on, by their ids.
    package let agents: [String]
    /// Every mark that was found, those too that no rule acts on.
    package let evidence: [Evidence]
    package let signer: Signer
    /// The key for which the signature is good.
    package let key: KeyFingerprint?
    /// The delegation that the commit claims and that was verified.
    package let delegation: RecordID?
    package let standing: Standing?

    /// What the signature says of who signed.
    package enum Signer: Hashable, Sendable {
        case unsigned
        case person(String)
        /// A task key, and the delegation that lists it.
        case delegation(RecordID)
        case agent(String)
        /// A good signature of a key that the authority does not know.
        case unknown
        /// A signature that is wrong, and why.
        case bad(String)
        /// A signature that could not be checked, and why.
        case unchecked(String)
    }

    /// How the claimed delegation stood to where the commit was to go.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case acting
        case landing
        case deploying
        /// No grant of it covers the place.
        case outside
        /// No grant of it is for the repository.
        case elsewhere
    }

    package init(
        commit: ObjectID, ref: ByteString, agents: [String] = [], evidence: [Evidence] = [],
        signer: Signer = .unsigned, key: KeyFingerprint? = nil, delegation: RecordID? = nil, standing: Standing? = nil
    ) {
        self.commit = commit
        self.ref = ref
        self.agents = agents
        self.evidence = evidence
        self.signer = signer
        self.key = key
        self.delegation = delegation
        self.standing = standing
    }

    /// How strong the strongest mark of an agent or known key is, in a word; without one, what else is known.
    package var attribution: String {
        switch signer {
        case .person, .delegation, .agent: return Strength.cryptographic.name
        case .unsigned, .unknown, .bad, .unchecked: break
        }
        let marks = evidence.filter { $0.kind == .agent && $0.confidence >= .strong }
        if let strongest = marks.map(\.strength).max() { return strongest.name }
        return Attribution(evidence: evidence).word.rawValue
    }
}
