/// How much a piece of evidence proves, weakest first.
///
/// DESIGN: declared < transport < cryptographic.
package enum Strength: Int, Hashable, Sendable, Comparable {
    /// Anyone can write it: an author line, a trailer, a footer.
    case declared
    /// The server's transport says so: the account that pushed, the name of the ref it pushed to.
    case transport
    /// A verified signature by a known key says so.
    case cryptographic

    package init?(name: String) {
        guard let strength = [Strength.declared, .transport, .cryptographic].first(where: { $0.name == name }) else {
            return nil
        }
        self = strength
    }

    package static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }

    package var name: String {
        switch self {
        case .declared: "declared"
        case .transport: "transport"
        case .cryptographic: "cryptographic"
        }
    }
}

/// How surely a mark means that the agent took part, weakest first.
package enum Confidence: Int, Hashable, Sendable, Comparable {
    /// A name or a mention. Reported by a scan; no rule acts on it.
    case weak
    /// The tool writes it, but people and other tools also do.
    case strong
    /// Only the tool, or its account, writes these bytes.
    case definite

    package init?(name: String) {
        guard let confidence = [Confidence.weak, .strong, .definite].first(where: { $0.name == name }) else {
            return nil
        }
        self = confidence
    }

    package static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue < right.rawValue }

    package var name: String {
        switch self {
        case .weak: "weak"
        case .strong: "strong"
        case .definite: "definite"
        }
    }
}

/// Where in a submission a mark was found.
package enum MarkPlace: String, Hashable, Sendable {
    case author
    case committer
    case trailer
    case message
    case signingKey = "signing-key"
    case ref
    case pusher
}

/// One mark of one agent.
package struct Evidence: Hashable, Sendable {
    /// The agent's id in the catalogue of marks, or in the authority's inventory.
    package let agent: String
    package let place: MarkPlace
    package let strength: Strength
    package let confidence: Confidence
    /// The bytes that matched, cut to 200.
    package let excerpt: ByteString

    package init(agent: String, place: MarkPlace, strength: Strength, confidence: Confidence, excerpt: ByteString) {
        self.agent = agent
        self.place = place
        self.strength = strength
        self.confidence = confidence
        self.excerpt = ByteString(excerpt.bytes.prefix(200))
    }
}

/// Who wrote a commit, as far as there is evidence.
///
/// No evidence is `no-evidence`, never "human".
package struct Attribution: Hashable, Sendable {
    package let evidence: [Evidence]

    package init(evidence: [Evidence]) {
        self.evidence = evidence
    }

    package static let none = Attribution(evidence: [])

    /// The agents that rules act on: at least one mark of each is `strong` or better.
    ///
    /// Sorted, each once.
    package var agents: [String] {
        Set(evidence.lazy.filter { $0.confidence >= .strong }.map(\.agent)).sorted()
    }
}
