import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@Suite struct EffectTests {
    private static let id = "1111111111111111111111111111111111111111"
    private static let at = Instant(seconds: 1_800_000_000)

    @Test func `an effect is read back as it was written`() throws {
        let new = try #require(ObjectID(hex: Self.id))
        let effect = Effect(
            repository: "payments", pusher: Pusher(login: "dana", vouchedBy: "GL_USER of gitolite"), at: Self.at,
            landed: [
                .init(RefUpdate(ref: "refs/heads/a", old: .zero, new: new), by: 3),
                .init(RefUpdate(ref: ByteString([0x72, 0xFF]), old: new, new: .zero), by: nil),
            ])
        #expect(
            String(decoding: effect.bytes, as: UTF8.self) == """
                {"schema":"effect/v1","repository":"payments","pusher":{"login":"dana","vouched_by":"GL_USER of \
                gitolite"},"at":"\(Self.at)","updates":[{"ref":"refs/heads/a","old":"\(ObjectID.zero)","new":\
                "\(Self.id)","decision":3},{"ref":{"base64":"cv8="},"old":"\(Self.id)","new":"\(ObjectID.zero)",\
                "decision":null}]}
                """)
        #expect(try Effect(effect.bytes, of: "it") == effect)
        #expect(effect.undecided == [effect.landed[1].update])
    }

    static let faults: [(text: String, statement: String)] = [
        (#"{"schema":"decision/v1"}"#, "it: it is no effect"),
        (#"{"schema":"effect/v1"}"#, "it: 'repository' is missing"),
        (
            #"{"schema":"effect/v1","repository":"a","at":"2026-01-01T00:00:00Z","updates":[{"ref":"r","old":"0"}]}"#,
            "it, 'updates' 1: 'old' is not the id of an object"
        ),
    ]

    @Test(arguments: faults)
    func `what is no effect says so`(text: String, statement: String) {
        #expect(throws: EvidenceError(statement)) { try Effect(Array(text.utf8), of: "it") }
    }

    private static func ledger(_ directory: TemporaryDirectory) throws -> Ledger {
        try Ledger.open(
            at: ByteString("\(directory.path)/ledger.db"), create: true, deadline: .now.advanced(by: .seconds(10)))
    }

    @Test func `a newer program and another setting are told, each in an entry`() throws {
        let directory = try TemporaryDirectory()
        var ledger = try Self.ledger(directory)
        func gate(_ version: String, _ mode: String) -> GateStanding {
            GateStanding(
                repository: "payments", gitDirectory: "/srv/git/payments.git", version: version,
                settings: [.init("remit.mode", mode)])
        }
        let template = Lifecycle(
            .configChanged, at: Self.at, repository: "payments", gitDirectory: "/srv/git/payments.git")
        func note(_ standing: GateStanding) throws -> Int64? {
            try ledger.transaction { transaction throws(LedgerError) in
                try transaction.recordChanges(to: standing, as: template, by: "remit-hook 2")
            }
        }
        #expect(try note(gate("1", "enforce")) == nil)
        #expect(try note(gate("1", "enforce")) == nil)
        #expect(try note(gate("2", "monitor")) == 2)
        #expect(try note(gate("2", "monitor")) == nil)
        let upgrade = try #require(try ledger.recorded(1))
        #expect(upgrade.leaf.summary == .lifecycle(event: "upgraded"))
        #expect(String(decoding: upgrade.document, as: UTF8.self).hasSuffix(#""changes":[],"from":"1","to":"2"}"#))
        let change = try #require(try ledger.recorded(2))
        #expect(change.leaf.summary == .lifecycle(event: "config-changed"))
        #expect(
            String(decoding: change.document, as: UTF8.self).hasSuffix(
                #""changes":[{"key":"remit.mode","old":"enforce","new":"monitor"}],"from":null,"to":null}"#))
    }
}
