/// What one repository demands.
package struct RepositoryPolicy: Hashable, Sendable {
    package let name: String
    /// Refs whose every commit has been judged for them, and whose loss matters.
    package let protectedRefs: [PathPattern]
    /// What the repository itself says of attribution.
    package let terms: AttributionTerms
    /// What it says of some of its refs.
    package let refs: [RefTerms]
    /// What the organisation demands where the repository says nothing.
    package let organisation: AttributionDemands

    /// Protected where the policy does not say: the usual names of the main line, and every release branch and tag.
    package static let defaultProtectedRefs: [PathPattern] = [
        "refs/heads/main", "refs/heads/master", "refs/heads/release/**", "refs/tags/**",
    ].compactMap { text in
        do { return try PathPattern(ref: text) } catch { return nil }
    }

    package init(
        name: String, protectedRefs: [PathPattern], terms: AttributionTerms = AttributionTerms(),
        refs: [RefTerms] = [], within organisation: AttributionDemands
    ) {
        self.name = name
        self.protectedRefs = protectedRefs
        self.terms = terms
        self.refs = refs
        self.organisation = organisation
    }

    package func isProtected(_ ref: ByteString) -> Bool {
        protectedRefs.contains { $0.matches(ref) }
    }

    /// What holds for a ref: what the entries that name it say, and where none says, the repository, then the
    /// organisation.
    package func demands(on ref: ByteString) -> AttributionDemands {
        let whole = terms.demands(within: organisation)
        let naming = refs.lazy.filter { entry in entry.refs.contains { $0.matches(ref) } }.map(\.terms)
        return AttributionTerms.strictest(of: naming).demands(within: whole)
    }

    /// The same with each key as the least strict of its entries has it, for every ref alike.
    ///
    /// What is refused under it is refused wherever it goes.
    package var wherever: RepositoryPolicy {
        let whole = terms.demands(within: organisation)
        return RepositoryPolicy(
            name: name, protectedRefs: protectedRefs,
            within: AttributionDemands.laxest(of: [whole] + refs.map { $0.terms.demands(within: whole) }))
    }
}

/// What a repository says of attribution on some of its refs.
package struct RefTerms: Hashable, Sendable {
    package let refs: [PathPattern]
    package let terms: AttributionTerms

    package init(refs: [PathPattern], terms: AttributionTerms) {
        self.refs = refs
        self.terms = terms
    }
}
