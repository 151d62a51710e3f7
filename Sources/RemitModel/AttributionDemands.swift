/// What follows from a finding, where the policy has a choice.
package enum Reaction: String, Hashable, Sendable, CaseIterable {
    /// The submission is refused.
    case refuse
    /// It is told and recorded, and stops nobody.
    case monitor
}

/// What is demanded of the evidence of who wrote what.
package struct AttributionDemands: Hashable, Sendable {
    /// How strong the evidence must be.
    package let attribution: Policy.Demand
    /// What follows from a mark of an agent that the inventory does not know.
    package let unregistered: Reaction
    /// What follows from marks, keys and pushers that do not fit together.
    package let inconsistent: Reaction

    package init(
        attribution: Policy.Demand = .declared, unregistered: Reaction = .refuse, inconsistent: Reaction = .monitor
    ) {
        self.attribution = attribution
        self.unregistered = unregistered
        self.inconsistent = inconsistent
    }

    /// Whether whatever satisfies these demands satisfies others too.
    package func covers(_ other: AttributionDemands) -> Bool {
        func covers(_ own: Reaction, _ other: Reaction) -> Bool { own == .refuse || other == .monitor }
        return attribution.strictness >= other.attribution.strictness && covers(unregistered, other.unregistered)
            && covers(inconsistent, other.inconsistent)
    }

    /// The strictest of each key.
    package static func strictest(of demands: [AttributionDemands]) -> AttributionDemands? {
        guard let first = demands.first else { return nil }
        return AttributionTerms.strictest(
            of: demands.map {
                AttributionTerms(
                    attribution: $0.attribution, unregistered: $0.unregistered, inconsistent: $0.inconsistent)
            }
        ).demands(within: first)
    }

    /// What every one of several demands at least.
    static func laxest(of demands: [AttributionDemands]) -> AttributionDemands {
        func least(_ reactions: [Reaction]) -> Reaction { reactions.contains(.monitor) ? .monitor : .refuse }
        return AttributionDemands(
            attribution: demands.map(\.attribution).min { $0.strictness < $1.strictness } ?? .declared,
            unregistered: least(demands.map(\.unregistered)), inconsistent: least(demands.map(\.inconsistent)))
    }
}

/// What one entry of the policy says of attribution; `nil` where it leaves that to a wider one.
package struct AttributionTerms: Hashable, Sendable {
    package let attribution: Policy.Demand?
    package let unregistered: Reaction?
    package let inconsistent: Reaction?

    package init(
        attribution: Policy.Demand? = nil, unregistered: Reaction? = nil, inconsistent: Reaction? = nil
    ) {
        self.attribution = attribution
        self.unregistered = unregistered
        self.inconsistent = inconsistent
    }

    package var isEmpty: Bool { self == AttributionTerms() }

    /// What holds, with what a wider entry demands where this one says nothing.
    package func demands(within wider: AttributionDemands) -> AttributionDemands {
        AttributionDemands(
            attribution: attribution ?? wider.attribution, unregistered: unregistered ?? wider.unregistered,
            inconsistent: inconsistent ?? wider.inconsistent)
    }

    /// Of several entries that hold alike, the strictest word on each key.
    ///
    /// Never the first: whoever adds an entry must not have to look for the one that hides it.
    package static func strictest(of entries: some Sequence<AttributionTerms>) -> AttributionTerms {
        var (attribution, unregistered, inconsistent): (Policy.Demand?, Reaction?, Reaction?)
        for entry in entries {
            attribution = [attribution, entry.attribution].compactMap(\.self).max { $0.strictness < $1.strictness }
            unregistered = stricter(unregistered, entry.unregistered)
            inconsistent = stricter(inconsistent, entry.inconsistent)
        }
        return AttributionTerms(attribution: attribution, unregistered: unregistered, inconsistent: inconsistent)
    }

    private static func stricter(_ one: Reaction?, _ other: Reaction?) -> Reaction? {
        one == .refuse || other == .refuse ? .refuse : one ?? other
    }
}

extension Policy.Demand {
    fileprivate var strictness: Int {
        switch self {
        case .declared: 0
        case .authenticated: 1
        case .signed: 2
        }
    }
}
