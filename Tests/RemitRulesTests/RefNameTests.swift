import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct RefNameTests {
    @Test(arguments: [
        UpdateRow("a good name", update()),
        UpdateRow(
            "a bad one", update("refs/heads/a..b", nameFault: "it holds '..'"), Finding.Facts(reason: "it holds '..'")),
        UpdateRow(
            "deleted by a person", update("refs/heads/a..b", .delete, nameFault: "it holds '..'"),
            in: circumstances(.person("dana@example.org")), Finding.Facts(reason: "it holds '..'")),
    ])
    func `a name that git would not accept is refused for everybody`(row: UpdateRow) {
        row.check(RefNameRule(), is: .refName)
    }
}
