import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite struct SSHPublicKeyTests {
    static let ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"

    /// A blob of a type and its fields.
    static func blob(_ type: String, _ fields: [UInt8]...) -> [UInt8] {
        var writer = SSHWriter()
        writer.append(string: type.utf8)
        for field in fields { writer.append(string: field) }
        return writer.bytes
    }

    @Test(
        arguments: [
            ("ed25519", nil, .ed25519), ("ecdsa", 256, .ecdsaP256), ("ecdsa", 384, .ecdsaP384),
            ("ecdsa", 521, .ecdsaP521), ("rsa", 2048, .rsa), ("rsa", 4096, .rsa),
        ] as [(String, Int?, SSHKeyType)])
    func `reads what ssh-keygen makes and writes it back`(type: String, bits: Int?, expected: SSHKeyType) throws {
        let key = try SSHKey(named: "key", type: type, bits: bits, in: TemporaryDirectory())
        let parsed = try SSHPublicKey(line: key.publicLine + "\n")
        #expect(parsed.type == expected)
        #expect(parsed.line + " key" == key.publicLine)
        #expect(try SSHPublicKey(blob: parsed.blob) == parsed)
    }

    @Test(arguments: [
        ed25519 + " dana@example.org, with  any comment", ed25519 + "\t", "ssh-ed25519\t" + ed25519.dropFirst(12),
    ])
    func `the comment means nothing`(line: String) throws {
        #expect(try SSHPublicKey(line: line).line == Self.ed25519)
    }

    @Test(
        arguments: [
            ("", .keyLine), ("ssh-ed25519", .keyLine), ("ssh-ed25519 ", .keyLine), (" " + ed25519, .keyLine),
            (ed25519 + "\r\n", .keyLine), (ed25519 + "\n\n", .keyLine), (ed25519 + " \u{0}", .keyLine),
            (ed25519 + "=", .base64), (String(ed25519.dropLast()), .base64), ("ssh-ed25519 AA==", .truncated),
            ("ssh-rsa " + ed25519.dropFirst(12), .keyTypeMismatch), ("ssh-dss AAAA", .dsa), ("ssh-x AAAA", .keyType),
            ("no-pty " + ed25519, .keyType), ("ssh-ed25519-cert-v01@openssh.com AAAA", .certificate),
            (ed25519 + " " + String(repeating: "x", count: 8192), .keyTooLong),
        ] as [(String, SSHFormatError)])
    func `refuses another line`(line: String, error: SSHFormatError) {
        #expect(throws: error) { try SSHPublicKey(line: line) }
    }

    static let point = Array(repeating: UInt8(9), count: 32)
    static let nistPoint = [4] + Array(repeating: UInt8(9), count: 64)
    static let modulus = [0] + Array(repeating: UInt8(0xFF), count: 256)
    static let application = Array("ssh:".utf8)

    static let refused: [(name: String, blob: [UInt8], error: SSHFormatError)] = [
        ("short point", blob("ssh-ed25519", Array(point.dropLast())), .key),
        ("long point", blob("ssh-ed25519", point + [0]), .key),
        ("more behind", blob("ssh-ed25519", point) + [0], .trailingBytes),
        ("no point", blob("ssh-ed25519"), .truncated),
        ("curve of another type", blob("ecdsa-sha2-nistp256", Array("nistp384".utf8), nistPoint), .key),
        ("compressed", blob("ecdsa-sha2-nistp256", Array("nistp256".utf8), [2] + Array(nistPoint[1...32])), .key),
        ("infinity", blob("ecdsa-sha2-nistp256", Array("nistp256".utf8), [0]), .key),
        ("RSA of 2040 bits", blob("ssh-rsa", [1, 0, 1], Array(modulus.dropLast())), .weakKey),
        ("RSA of 16392 bits", blob("ssh-rsa", [1, 0, 1], [0] + Array(repeating: 0xFF, count: 2049)), .weakKey),
        ("even modulus", blob("ssh-rsa", [1, 0, 1], modulus.dropLast() + [0xFE]), .weakKey),
        ("even exponent", blob("ssh-rsa", [2], modulus), .weakKey),
        ("exponent 1", blob("ssh-rsa", [1], modulus), .weakKey),
        ("exponent 0", blob("ssh-rsa", [], modulus), .integer),
        ("exponent of 34 bits", blob("ssh-rsa", [2, 0, 0, 0, 1], modulus), .weakKey),
        ("padded exponent", blob("ssh-rsa", [0, 1, 0, 1], modulus), .integer),
        ("no application", blob("sk-ssh-ed25519@openssh.com", point), .truncated),
        ("empty application", blob("sk-ssh-ed25519@openssh.com", point, []), .key),
        ("long application", blob("sk-ssh-ed25519@openssh.com", point, Array(repeating: 9, count: 256)), .key),
        ("DSA", blob("ssh-dss", [1], [1], [1], [1]), .dsa),
        ("certificate", blob("ecdsa-sha2-nistp256-cert-v01@openssh.com", [1]), .certificate),
        ("unknown type", blob("ssh-ed448", point), .keyType),
        ("too long", blob("ssh-ed25519", Array(repeating: 9, count: 4096)), .keyTooLong),
    ]

    @Test(arguments: refused.indices)
    func `refuses another blob`(index: Int) {
        let row = Self.refused[index]
        #expect(throws: row.error, "\(row.name)") { try SSHPublicKey(blob: row.blob) }
    }

    @Test func `keeps the material of every type`() throws {
        let curve = Array("nistp256".utf8)
        guard
            case .securityKeyEd25519(let point, let application) = try SSHPublicKey(
                blob: Self.blob("sk-ssh-ed25519@openssh.com", Self.point, Self.application)
            ).material,
            case .securityKeyECDSA(let nistPoint, let other) = try SSHPublicKey(
                blob: Self.blob("sk-ecdsa-sha2-nistp256@openssh.com", curve, Self.nistPoint, Self.application)
            ).material,
            case .rsa(let modulus, let exponent) = try SSHPublicKey(
                blob: Self.blob("ssh-rsa", [1, 0, 1], Self.modulus)
            ).material
        else {
            Issue.record("another material")
            return
        }
        #expect(Array(point) == Self.point && Array(nistPoint) == Self.nistPoint)
        #expect(Array(application) == Self.application && Array(other) == Self.application)
        #expect(modulus == Self.modulus.dropFirst() && exponent == [1, 0, 1])
    }

    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ])
    func `a point of small order signs for nobody`(hex: String) throws {
        let point = try #require(Hex.decode(hex.utf8))
        #expect(throws: SSHFormatError.weakKey) { try SSHPublicKey(blob: Self.blob("ssh-ed25519", point)) }
        #expect(throws: SSHFormatError.weakKey) {
            try SSHPublicKey(blob: Self.blob("sk-ssh-ed25519@openssh.com", point, Self.application))
        }
    }
}
