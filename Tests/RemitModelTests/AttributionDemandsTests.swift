import RemitModel
import Testing

@Suite struct AttributionDemandsTests {
    static func refs(_ text: String, _ terms: AttributionTerms) -> RefTerms {
        do throws(PathPattern.Fault) { return RefTerms(refs: [try PathPattern(ref: text)], terms: terms) } catch {
            preconditionFailure(error.rawValue)
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var terms = AttributionTerms()
        var refs: [RefTerms] = []
        let expected: AttributionDemands
    }

    static let strict = AttributionTerms(attribution: .signed, unregistered: .refuse, inconsistent: .refuse)
    static let lax = AttributionTerms(attribution: .declared, unregistered: .monitor, inconsistent: .monitor)

    @Test(arguments: [
        Row(
            testDescription: "the organisation alone",
            expected: AttributionDemands(attribution: .authenticated, unregistered: .monitor, inconsistent: .refuse)),
        Row(
            testDescription: "the repository says one key",
            terms: AttributionTerms(attribution: .signed),
            expected: AttributionDemands(attribution: .signed, unregistered: .monitor, inconsistent: .refuse)),
        Row(
            testDescription: "an entry for another ref says nothing here", refs: [refs("refs/heads/x", strict)],
            expected: AttributionDemands(attribution: .authenticated, unregistered: .monitor, inconsistent: .refuse)),
        Row(
            testDescription: "an entry of the ref may be laxer than the repository", terms: strict,
            refs: [refs("refs/heads/main", lax)],
            expected: AttributionDemands(attribution: .declared, unregistered: .monitor, inconsistent: .monitor)),
        Row(
            testDescription: "a key that no entry gives is the repository's, then the organisation's",
            terms: AttributionTerms(unregistered: .refuse),
            refs: [refs("refs/heads/main", AttributionTerms(attribution: .declared))],
            expected: AttributionDemands(attribution: .declared, unregistered: .refuse, inconsistent: .refuse)),
        Row(
            testDescription: "of several entries the strictest of each key, the lax one first",
            refs: [refs("refs/heads/main", lax), refs("refs/heads/**", strict)],
            expected: AttributionDemands(attribution: .signed, unregistered: .refuse, inconsistent: .refuse)),
        Row(
            testDescription: "of several entries the strictest of each key, the lax one last",
            refs: [refs("refs/heads/**", strict), refs("refs/heads/main", lax)],
            expected: AttributionDemands(attribution: .signed, unregistered: .refuse, inconsistent: .refuse)),
        Row(
            testDescription: "each key by itself",
            refs: [
                refs("refs/heads/**", AttributionTerms(attribution: .signed, unregistered: .monitor)),
                refs("refs/heads/main", AttributionTerms(attribution: .authenticated, inconsistent: .monitor)),
                refs("refs/heads/main", AttributionTerms(unregistered: .refuse)),
            ], expected: AttributionDemands(attribution: .signed, unregistered: .refuse, inconsistent: .monitor)),
    ])
    func `what holds for a ref is the strictest of what names it`(row: Row) {
        let policy = RepositoryPolicy(
            name: "payments", protectedRefs: [], terms: row.terms, refs: row.refs,
            within: AttributionDemands(attribution: .authenticated, unregistered: .monitor, inconsistent: .refuse))
        #expect(policy.demands(on: "refs/heads/main") == row.expected)
    }

    @Test func `wherever it goes, no more is demanded than on the laxest ref`() {
        let policy = RepositoryPolicy(
            name: "payments", protectedRefs: [], terms: Self.strict,
            refs: [
                Self.refs("refs/heads/a", AttributionTerms(attribution: .authenticated)),
                Self.refs("refs/heads/b", AttributionTerms(unregistered: .monitor)),
            ], within: AttributionDemands())
        #expect(
            policy.wherever.demands(on: "refs/heads/any")
                == AttributionDemands(attribution: .authenticated, unregistered: .monitor, inconsistent: .refuse))
    }
}
