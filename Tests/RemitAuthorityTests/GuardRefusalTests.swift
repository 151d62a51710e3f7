import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// A commit that the guard refuses, and in which words.
struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (inout MemoryAuthority) throws -> Void
    let change: @Sendable (inout GuardTrial) throws -> Void
    /// `rule path: reason`, with `<key>`, `<id>` and `<file>` for fingerprints, digests and the names made of them.
    let said: [String]

    init(
        _ name: String, _ said: String...,
        after prepare: @escaping @Sendable (inout MemoryAuthority) throws -> Void = { _ in },
        _ change: @escaping @Sendable (inout GuardTrial) throws -> Void
    ) {
        testDescription = name
        self.said = said
        self.prepare = prepare
        self.change = change
    }
}

/// Every kind of file, and what can be wrong with it.
@Suite struct GuardRefusalTests {
    @Test(
        arguments: layout + foundation + agents + shelves + delegations + statements + revocations + requests
            + proposals + timestamps)
    func `refuses`(row: Refused) throws {
        var trial = try GuardTrial(row.prepare)
        try row.change(&trial)
        let said = try trial.said().map(Self.words)
        #expect(said == row.said)
        for finding in try trial.findings() {
            #expect(finding.ref == GuardTrial.ref && finding.commit != nil && finding.path != nil)
            #expect(!finding.facts.ask.isEmpty)
        }
    }

    static func words(_ text: String) -> String {
        text.replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: "<key>")
            .replacing(/sha256:[0-9a-f]{64}/, with: "<id>")
            .replacing(/(\b[0-9a-f]{2}\/)?\b(key-)?[0-9a-f]{64}/, with: "<file>")
            .replacing(/(\b[0-9a-f]{2}\/)?\b[0-9a-f]{40}/, with: "<commit>")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>")
    }
}
