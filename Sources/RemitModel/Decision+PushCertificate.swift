extension Decision {
    /// The certificate with which a push came, and what it is worth.
    package struct PushCertificate: Hashable, Sendable {
        /// The SHA-256 of its exact bytes, under which they are archived.
        package let digest: RecordID
        /// The key whose signature over it is good; `nil` where none is.
        package let key: KeyFingerprint?
        package let standing: Standing

        /// Whom it makes known.
        package enum Standing: Hashable, Sendable {
            case person(String)
            case agent(String)
            /// It is good, and the key is of nobody whom the authority knows.
            case stranger
            /// It does not hold, as a finding says.
            case refused
            /// Nothing was found out about it.
            case unchecked
        }

        package init(digest: RecordID, key: KeyFingerprint? = nil, standing: Standing = .unchecked) {
            self.digest = digest
            self.key = key
            self.standing = standing
        }
    }
}

extension Decision.PushCertificate.Standing {
    package var word: String {
        switch self {
        case .person: "person"
        case .agent: "agent"
        case .stranger: "stranger"
        case .refused: "refused"
        case .unchecked: "unchecked"
        }
    }

    /// The person's or agent's id.
    package var holder: String? {
        switch self {
        case .person(let id), .agent(let id): id
        case .stranger, .refused, .unchecked: nil
        }
    }

    package init?(word: String, holder: String?) {
        switch (word, holder) {
        case ("person", let id?): self = .person(id)
        case ("agent", let id?): self = .agent(id)
        case ("stranger", nil): self = .stranger
        case ("refused", nil): self = .refused
        case ("unchecked", nil): self = .unchecked
        default: return nil
        }
    }
}
