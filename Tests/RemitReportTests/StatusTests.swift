import RemitModel
import RemitReport
import Testing

@Suite struct StatusTests {
    @Test func `numbers are promised to scripts`() {
        #expect(RemitReport.ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 64])
    }

    @Test(arguments: [
        (Outcome.allowed, Mode.enforce, RemitReport.ExitStatus.allowed), (.refused, .enforce, .refused),
        (.undecided, .enforce, .undecided), (.allowed, .monitor, .allowed), (.refused, .monitor, .allowed),
        (.undecided, .monitor, .allowed),
    ])
    func `follows the decision, and lets all through in monitor mode`(
        outcome: Outcome, mode: Mode, status: RemitReport.ExitStatus
    ) {
        #expect(RemitReport.ExitStatus(Samples.decision(outcome, mode: mode)) == status)
    }
}

@Suite struct RuleDocumentationTests {
    @Test func `has one page for each rule, in their order`() {
        #expect(RuleDocumentation.all.map(\.rule) == RuleCode.allCases)
    }

    @Test(arguments: RuleDocumentation.all)
    func `says what, why and what to do in whole sentences`(page: RuleDocumentation) {
        for part in [page.checks, page.why, page.remedy] {
            #expect(part.hasSuffix(".") && part.first?.isUppercase == true && !part.contains("\n"))
        }
        #expect(RuleDocumentation.page(of: page.rule) == page)
        #expect(page.markdown.hasPrefix("**`\(page.rule.rawValue)`** "))
    }
}
