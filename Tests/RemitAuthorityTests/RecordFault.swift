import RemitModel
import RemitTestSupport
import Testing

/// One record with one fault, and what is said of it.
struct RecordFault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What must be said; `<dana>` stands for the fingerprint of the key of that name.
    private let said: String
    /// Spoils an authority, and asks it about the record.
    private let ask: @Sendable (inout MemoryAuthority) throws -> String?

    init(_ name: String, _ said: String, _ ask: @escaping @Sendable (inout MemoryAuthority) throws -> String?) {
        testDescription = name
        self.said = said
        self.ask = ask
    }

    func check() throws {
        var world = try MemoryAuthority()
        let found = try ask(&world)
        var expected = said
        let cast = world.cast
        for (name, key) in [("dana", cast.dana), ("task", cast.task), ("eve", cast.eve)] {
            expected = expected.replacing("<\(name)>", with: try key.print().description)
        }
        #expect(found == expected)
    }
}

extension MemoryAuthority {
    /// Takes a key back, by Ben.
    mutating func revoke(_ key: SSHKey, cause: String = "compromised", issued: Instant = now) throws {
        let print = try key.print()
        try revoke(
            "key = \"\(print)\"", at: "revocations/key-\(print.hex).toml", cause: cause, issuer: "ben@example.org",
            issued: issued, signedBy: [cast.ben])
    }
}
