import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite struct AllowedSignersTests {
    static let key = SSHPublicKeyTests.ed25519
    static let options = #"namespaces="git""#

    private static func read(_ text: String) throws(AllowedSignersError) -> AllowedSigners {
        try AllowedSigners(Array(text.utf8))
    }

    @Test func `reads lines with options, comments and empty lines`() throws {
        let file = try Self.read(
            """
            # people

              \t
            dana@example.org namespaces="git,remit-*" \(Self.key) Dana's laptop
            \tsam@example.org,s?m@example.net \
            NAMESPACES="remit-approval",Valid-After="20260101Z",valid-before="202612312359Z" \(Self.key)
            """)
        try #require(file.signers.count == 2)
        let (dana, sam) = (file.signers[0], file.signers[1])
        #expect(dana.line == 4 && sam.line == 5)
        #expect(dana.validAfter == nil && dana.validBefore == nil)
        #expect(sam.validAfter == Instant("2026-01-01T00:00:00Z"))
        #expect(sam.validBefore == Instant("2026-12-31T23:59:00Z"))
        #expect(sam.principals.names == ["sam@example.org"])
        #expect(try file.signers(with: SSHPublicKey(line: Self.key)) == [dana, sam])
    }

    @Test func `an empty file names nobody`() throws {
        #expect(try Self.read("").signers.isEmpty)
        #expect(try Self.read("# nobody\n").signers.isEmpty)
    }

    static let refused: [(line: String, code: AllowedSignersError.Code)] = [
        ("dana@example.org \(key)", .noNamespaces),
        ("dana@example.org valid-after=\"20260101Z\" \(key)", .noNamespaces),
        ("dana@example.org", .noKey),
        ("dana@example.org \(options)", .noKey),
        ("dana@example.org cert-authority,\(options) \(key)", .certificateAuthority),
        ("dana@example.org \(options),CERT-AUTHORITY \(key)", .certificateAuthority),
        ("dana@example.org no-touch-required,\(options) \(key)", .unknownOption),
        ("dana@example.org \(options), \(key)", .unknownOption),
        ("dana@example.org \(options),\(options) \(key)", .repeatedOption),
        ("dana@example.org \(options) \(options) \(key)", .key(.keyType)),
        ("dana@example.org namespaces=git \(key)", .optionValue),
        ("dana@example.org namespaces=\"git \(key)", .optionValue),
        ("dana@example.org namespaces=\"git\"x \(key)", .optionValue),
        ("dana@example.org namespaces=\"g\\\"it\" \(key)", .optionValue),
        ("dana@example.org namespaces \(key)", .optionValue),
        ("dana@example.org namespaces=\"\" \(key)", .namespaces),
        ("dana@example.org namespaces=\"git,,x\" \(key)", .namespaces),
        ("dana@example.org namespaces=\"!\" \(key)", .namespaces),
        (",dana@example.org \(options) \(key)", .principals),
        ("\"dana\" \(options) \(key)", .principals),
        ("dana@example.org \(options),valid-after=\"20260101\" \(key)", .timeNotUTC),
        ("dana@example.org \(options),valid-before=\"202601010000z\" \(key)", .timeNotUTC),
        ("dana@example.org \(options),valid-before=\"\" \(key)", .timeNotUTC),
        ("dana@example.org \(options),valid-before=\"2026010Z\" \(key)", .time),
        ("dana@example.org \(options),valid-before=\"20260230Z\" \(key)", .time),
        ("dana@example.org \(options),valid-before=\"2026-01-01Z\" \(key)", .time),
        ("dana@example.org \(options),valid-before=\"19700101Z\" \(key)", .time),
        ("dana@example.org \(options),valid-after=\"20260102Z\",valid-before=\"20260102Z\" \(key)", .emptyPeriod),
        ("dana@example.org \(options) ssh-ed25519 AAAA", .key(.truncated)),
        ("dana@example.org \(options) ssh-dss AAAA", .key(.dsa)),
        ("dana@example.org ssh-dss AAAA", .noNamespaces),
        ("dana@example.org \(options) \(key)\r", .controlCharacter),
        ("dana@example.org \(options) \(key) nul\0", .controlCharacter),
        ("# comment\u{7F}", .controlCharacter),
        ("dana@example.org \(options) \(key) " + String(repeating: "x", count: 16_384), .lineTooLong),
    ]

    @Test(arguments: refused.indices)
    func `one bad line refuses the whole file, with its number`(index: Int) {
        let row = Self.refused[index]
        let text = "# people\ndana@example.org \(Self.options) \(Self.key)\n\(row.line)\n"
        #expect(throws: AllowedSignersError(line: 3, code: row.code)) { try Self.read(text) }
    }

    @Test(arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]])
    func `what is not UTF-8 is refused`(bytes: [UInt8]) {
        let text = Array("dana@example.org \(Self.options) \(Self.key) ".utf8) + bytes
        #expect(throws: AllowedSignersError(line: 1, code: .notUTF8)) { try AllowedSigners(text) }
    }

    @Test func `the file as a whole has bounds`() {
        #expect(throws: AllowedSignersError(line: nil, code: .fileTooLong)) {
            try Self.read(String(repeating: "#", count: 1 << 20 | 1))
        }
        #expect(throws: AllowedSignersError(line: nil, code: .tooManyLines)) {
            try Self.read(String(repeating: "\n", count: 16_384))
        }
        #expect(throws: AllowedSignersError(line: 1, code: .byteOrderMark)) { try Self.read("\u{FEFF}# people\n") }
    }

    @Test(arguments: [
        ("dana@example.org", "git", "2026-01-01T00:00:00Z", true),
        ("dana@example.org", "git", "2025-12-31T23:59:59Z", false),
        ("dana@example.org", "git", "2026-06-30T12:00:00Z", true),
        ("dana@example.org", "git", "2026-06-30T12:00:01Z", false),
        ("dana@example.org", "remit-approval", "2026-03-01T00:00:00Z", true),
        ("dana@example.org", "remit-root", "2026-03-01T00:00:00Z", false),
        ("dana@example.org", "GIT", "2026-03-01T00:00:00Z", false),
        ("Dana@example.org", "git", "2026-03-01T00:00:00Z", false),
        ("sam@example.org", "git", "2026-03-01T00:00:00Z", false),
    ])
    func `who signs, for what, when`(principal: String, namespace: String, moment: String, answer: Bool) throws {
        let options = #"namespaces="git,remit-*,!remit-root",valid-after="20260101Z",valid-before="20260630120000Z""#
        let signer = try #require(try Self.read("dana@example.org \(options) \(Self.key)").signers.first)
        let moment = try #require(Instant(moment))
        #expect(signer.signs(as: principal, namespace: namespace, at: moment) == answer)
    }

    @Test func `damaged files are read or refused, never more`() throws {
        let text = Array(
            "dana@example.org,!x* namespaces=\"git,remit-*\",valid-after=\"20260101Z\" \(Self.key) laptop\n".utf8)
        var refused = 0
        var random = SplitMix64(seed: 0x414C_4C4F_5745_4421)
        for round in 0..<3000 {
            var damaged = text + text
            for _ in 0...random.below(3) {
                damaged[random.below(damaged.count)] = UInt8(truncatingIfNeeded: random.next() & 0x7F)
            }
            do {
                for signer in try AllowedSigners(damaged).signers {
                    #expect(try SSHPublicKey(line: signer.key.line) == signer.key, "round \(round)")
                }
            } catch {
                refused += 1
            }
        }
        #expect((1..<3000).contains(refused))
    }
}
