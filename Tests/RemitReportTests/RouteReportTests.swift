import RemitModel
import RemitReport
import Testing

/// By which way a change came, as a decision tells it.
@Suite struct RouteReportTests {
    private func decision(_ outcome: Outcome, _ route: Route, remarks: [String] = []) -> Decision {
        Decision(
            outcome: outcome, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Samples.at, updates: [],
            commits: 0, findings: [], findingCount: 0, agents: [], delegations: [], authority: nil, policyVersion: nil,
            remarks: remarks, route: route)
    }

    private func json(_ route: Route) -> String {
        String(decoding: JSONReport.bytes(of: decision(.allowed, route)), as: UTF8.self)
    }

    @Test func `a plain push says nothing of its way`() {
        #expect(json(.plain).hasSuffix(#""job":null,"authorship":[],"rules":[]}"#))
        #expect(
            TextReport().text(of: decision(.refused, .plain)) == "remit: refused: nothing of this push was accepted\n")
    }

    @Test func `JSON tells what the server says, and no more`() {
        #expect(json(Route(via: Via(.merge))).hasSuffix(#""rules":[],"via":{"kind":"merge"}}"#))
        #expect(
            json(Route(via: Via(.api, word: "tag create api"), repository: "shop/payments")).hasSuffix(
                #""rules":[],"via":{"kind":"api","word":"tag create api","repository":"shop/payments"}}"#))
        #expect(
            json(Route(via: .push, repository: "shop/payments")).hasSuffix(
                #""via":{"kind":"push","repository":"shop/payments"}}"#))
    }

    @Test(
        arguments: [
            (Via(.web, word: "web"), "web"), (Via(.merge), "merge"),
            (Via(.web, word: "blob#save"), "web, which the server calls 'blob#save'"),
            (Via(.push, word: "actions"), "push, which the server calls 'actions'"),
            (Via(.web, word: "a\u{1B}[2J"), #"web, which the server calls 'a\x1b[2J'"#),
        ] as [(Via, String)])
    func `a refusal tells the way in one line`(via: Via, words: String) {
        #expect(
            TextReport().text(of: decision(.refused, Route(via: via)))
                == "remit: refused: nothing of this push was accepted\nremit: via \(words)\n")
        // Who hears nothing of a push hears nothing of its way.
        #expect(TextReport().text(of: decision(.allowed, Route(via: via))).isEmpty)
    }

    @Test func `a remark is told though there is nothing else to tell`() {
        #expect(
            TextReport().text(of: decision(.allowed, .plain, remarks: ["a dry run"])) == "remit: note: a dry run\n")
    }
}
