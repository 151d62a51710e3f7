import Dispatch
import RemitLedger
import RemitModel
import Testing

/// Files of an older version, brought up when they are opened.
@Suite struct MigrationTests {
    static let one = SpendingTests.delegation(1)
    static let two = SpendingTests.delegation(2)

    /// A file as the first version made it, with or without decisions in it.
    static func older(with content: Bool = true) throws -> LedgerFixture {
        let fixture = try LedgerFixture()
        #expect(try fixture.shell(FirstVersion.schema).text == "wal")
        guard content else { return fixture }
        let values = FirstVersion.content.replacing("FROM one", with: "FROM (SELECT x'\(one.hex)' d)")
            .replacing("FROM two", with: "FROM (SELECT x'\(two.hex)' d)")
        let filled = try fixture.shell(values)
        #expect(filled.status == 0, "\(filled.text)")
        return fixture
    }

    @Test func `an older file keeps all it has and says what was spent as far as it knows`() throws {
        let fixture = try Self.older()
        let before = try fixture.shell(".dump entry seen input state").text
        var ledger = try fixture.open(create: false)
        #expect(try fixture.shell(".dump entry seen input state").text == before)
        #expect(try ledger.spent(Self.one) == SpendingTests.spent(commits: 3, pushes: 2))
        #expect(try ledger.spent(Self.two) == SpendingTests.spent(commits: 1, pushes: 1))
        #expect(try SpendingTests.debit(Self.one, SpendingTests.spent(commits: 1, pushes: 1), in: &ledger) == 4)
        #expect(try ledger.spent(Self.one) == SpendingTests.spent(commits: 4, pushes: 3))
    }

    @Test func `an older file and a new one have the same tables`() throws {
        let (older, new) = (try Self.older(with: false), try LedgerFixture())
        _ = try older.open(create: false)
        _ = try new.open()
        let schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY name; PRAGMA user_version"
        let text = try new.shell(schema).text
        #expect(text.hasSuffix("\n3"))
        #expect(try older.shell(schema).text == text)
    }

    @Test func `many that open it at once bring it up once`() throws {
        let fixture = try Self.older()
        let path = fixture.path
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            do {
                let ledger = try Ledger.open(at: path, create: false, deadline: .now + .seconds(30))
                #expect(try ledger.spent(Self.one).commits == 3)
            } catch {
                Issue.record(error)
            }
        }
    }

    @Test func `a file that cannot be brought up is left as it was`() throws {
        let fixture = try Self.older()
        // An id that no release wrote.
        #expect(try fixture.shell("INSERT INTO seen VALUES (x'C9', x'01', x'61', x'61', 0, 1)").status == 0)
        let before = try fixture.shell(".dump; PRAGMA user_version").text
        #expect(fixture.fault(create: false) == .constraint)
        #expect(try fixture.shell(".dump; PRAGMA user_version").text == before)
    }
}
