import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct RefReservedTests {
    static func facts(_ prefix: ByteString) -> Finding.Facts {
        Finding.Facts(ask: ["ada@example.org"], found: prefix)
    }

    @Test(arguments: [
        UpdateRow("a branch", update()),
        UpdateRow("a branch of a like name", update("refs/heads/refs/replace/x")),
        UpdateRow("notes", update("refs/notes/commits", .create)),
        UpdateRow("a replacement", update("refs/replace/abc", .create), facts("refs/replace/")),
        UpdateRow(
            "a replacement by a person", update("refs/replace/abc", .delete),
            in: circumstances(.person("dana@example.org")), facts("refs/replace/")),
        UpdateRow("Remit's own", update("refs/remit/state"), facts("refs/remit/")),
    ])
    func `refs that change what git shows, or are Remit's own`(row: UpdateRow) {
        row.check(RefReservedRule(), is: .refReserved)
    }
}
