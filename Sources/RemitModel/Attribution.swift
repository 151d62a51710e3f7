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

/// What kind of tool leaves a mark.
///
/// Only an agent makes a commit an agent's.
package enum MarkKind: String, Sendable, Hashable, CaseIterable {
    /// Changes code by itself and commits it.
    case agent
    /// Suggests or reviews; a person took what it offered. Also declarations that name no known agent.
    case assistant
    /// A fixed program: updates dependencies, formats, releases.
    case bot
}

/// Where in a submission a mark was found.
package enum MarkPlace: String, Hashable, Sendable, CaseIterable {
    case author
    case committer
    case trailer
    case message
    case signingKey = "signing-key"
    case ref
    case pusher
    /// An option of the push: `git push -o agent=ID`.
    case pushOption = "push-option"
    /// A git note on the commit: an authorship log under `refs/notes/ai`.
    case note
    /// A record of the tool that speaks of the commit: Agent Trace.
    case record
}

/// One mark of one agent.
package struct Evidence: Hashable, Sendable {
    /// The agent's id in the catalogue of marks, or in the authority's inventory.
    package let agent: String
    /// What the one is that is named as `agent`: rules act on agents alone.
    package let kind: MarkKind
    package let place: MarkPlace
    package let strength: Strength
    package let confidence: Confidence
    /// Why the mark is not as its tool writes it; `nil` where it is.
    package let malformation: Malformation?
    /// The bytes that matched, cut to 200.
    package let excerpt: ByteString

    /// How a mark was mangled on its way into the message.
    package enum Malformation: String, Hashable, Sendable, CaseIterable {
        /// `\n` written as two characters: the tool passed `-m "…\n…"`.
        case escapedLineBreaks = "escaped-line-breaks"
        /// Lines joined to one: the mark stands behind other text.
        case joinedLines = "joined-lines"
        /// A frame, a quotation or an indentation stands before it, as pasted from a terminal.
        case pasted
        /// Curly quotation marks, typographic dashes, look-alike letters, invisible characters.
        case lookalike
        /// A misspelt key, a missing colon, an address without brackets or with one left open.
        case misspelt
        /// A record beside the commit that does not have its form, or is too large to be read.
        case unreadable
    }

    package init(
        agent: String, kind: MarkKind = .agent, place: MarkPlace, strength: Strength, confidence: Confidence,
        malformation: Malformation? = nil, excerpt: ByteString
    ) {
        self.agent = agent
        self.kind = kind
        self.malformation = malformation
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
    package var agents: [String] { named(.agent) }

    /// Those of one kind of which at least one mark is `strong` or better; sorted, each once.
    package func named(_ kind: MarkKind) -> [String] {
        Set(evidence.lazy.filter { $0.kind == kind && $0.confidence >= .strong }.map(\.agent)).sorted()
    }

    /// What the evidence comes to, in one word.
    ///
    /// There is no word for a person: that nothing was found says nothing of who wrote it.
    package enum Word: String, Hashable, Sendable, CaseIterable {
        /// An agent took part.
        case agent
        /// An assistant's offer was taken, or a tool is declared that is no known agent.
        case assisted
        /// A fixed program is the author.
        case bot
        case noEvidence = "no-evidence"
    }

    /// The overall word, by the evidence that is `strong` or better.
    ///
    /// A bot that is a co-author or committer carried somebody's commit, or had a hand in it; only as author or pusher
    /// did it make one.
    package var word: Word {
        let believed = evidence.filter { $0.confidence >= .strong && $0.malformation != .unreadable }
        if believed.contains(where: { $0.kind == .agent }) { return .agent }
        if believed.contains(where: { $0.kind == .assistant }) { return .assisted }
        return believed.contains { $0.kind == .bot && ($0.place == .author || $0.place == .pusher) }
            ? .bot : .noEvidence
    }
}
