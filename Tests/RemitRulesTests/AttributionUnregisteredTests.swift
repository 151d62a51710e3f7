import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionUnregisteredTests {
    static let devin = mark("devin", "Co-authored-by: Devin")
    static let stronger = mark("devin", "devin-bot", .transport)

    @Test(arguments: [
        CommitRow("registered", marked([inventoried()])),
        CommitRow("no agent", plain()),
        CommitRow(
            "not registered, with the strongest of its marks",
            marked([.unregistered("devin")], evidence: [devin, stronger, mark("x", "other", .cryptographic)]),
            Finding.Facts(agent: "devin", ask: ["ada@example.org"], found: "devin-bot")),
        CommitRow(
            "a record that is not believed", marked([.rejected("devin", reason: "it is not signed")]),
            Finding.Facts(agent: "devin", ask: ["ada@example.org"], reason: "it is not signed")),
        CommitRow(
            "beside a registered one", marked([inventoried(), .unregistered("devin")]),
            in: circumstances(.person("dana@example.org")),
            Finding.Facts(agent: "devin", ask: ["ada@example.org"])),
    ])
    func `an agent without an entry has nobody to answer for it`(row: CommitRow) {
        row.check(AttributionUnregisteredRule(), is: .attributionUnregistered)
    }
}
