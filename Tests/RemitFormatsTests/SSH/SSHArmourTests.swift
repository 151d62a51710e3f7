import RemitFormats
import RemitTestSupport
import Testing

@Suite struct SSHArmourTests {
    static let header = "-----BEGIN SSH SIGNATURE-----"
    static let footer = "-----END SSH SIGNATURE-----"
    /// A sound signature's base64: 64 zeros by an Ed25519 key, in the namespace `git`.
    static let digits: String = {
        "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbgAAAADZ2l0"
            + "AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5AAAAQ" + String(repeating: "A", count: 86) + "="
    }()

    private static func read(_ text: String) throws(SSHFormatError) -> SSHSignature {
        try SSHSignature(armoured: Array(text.utf8))
    }

    @Test(arguments: [1, 4, 70, 76, 10_000])
    func `any width of line is read, and the last line feed may be missing`(width: Int) throws {
        var body = ""
        for (offset, digit) in Self.digits.enumerated() {
            if offset > 0, offset.isMultiple(of: width) { body += "\n" }
            body.append(digit)
        }
        let text = "\(Self.header)\n\(body)\n\(Self.footer)"
        let signature = try Self.read(text)
        #expect(signature.namespace == "git" && signature.hashAlgorithm == .sha512 && signature.proof.touch == nil)
        #expect(signature.proof.algorithm == .ed25519 && signature.proof.bytes.count == 64)
        #expect(try Self.read(text + "\n") == signature)
    }

    static let refused: [(name: String, text: String, error: SSHFormatError)] = [
        ("empty", "", .armour),
        ("header only", header, .armour),
        ("no body", "\(header)\n\(footer)\n", .armour),
        ("empty body", "\(header)\n\n\(footer)\n", .armour),
        ("text after", "\(header)\n\(digits)\n\(footer)\nand more\n", .armour),
        ("empty line after", "\(header)\n\(digits)\n\(footer)\n\n", .armour),
        ("text before", "more\n\(header)\n\(digits)\n\(footer)\n", .armour),
        ("carriage returns", "\(header)\r\n\(digits)\r\n\(footer)\r\n", .armour),
        ("carriage return inside", "\(header)\n\(digits)\r\n\(footer)\n", .base64),
        ("empty line inside", "\(header)\n\(digits.prefix(70))\n\n\(digits.dropFirst(70))\n\(footer)\n", .armour),
        ("space inside", "\(header)\n\(digits) \n\(footer)\n", .base64),
        ("two signatures", "\(header)\n\(digits)\n\(footer)\n\(header)\n\(digits)\n\(footer)\n", .base64),
        ("another header", "-----BEGIN SSH SIGNATURE----- \n\(digits)\n\(footer)\n", .armour),
        ("padding missing", "\(header)\n\(digits.dropLast())\n\(footer)\n", .base64),
        ("padding added", "\(header)\n\(digits)====\n\(footer)\n", .base64),
        ("another magic", "\(header)\n\("V" + digits.dropFirst())\n\(footer)\n", .magic),
        ("too long", "\(header)\n\(String(repeating: "A", count: 16_384))\n\(footer)\n", .signatureTooLong),
    ]

    @Test(arguments: refused.indices)
    func `anything else is refused`(index: Int) {
        let row = Self.refused[index]
        #expect(throws: row.error, "\(row.name)") { try Self.read(row.text) }
    }

    @Test(
        arguments: [
            ("-----BEGIN SSH SIGNATURE-----\nU1NI", .ssh), ("-----BEGIN PGP SIGNATURE-----\n\niQ", .openPGP),
            ("-----BEGIN PGP MESSAGE-----\n\nx", .openPGP), ("-----BEGIN SIGNED MESSAGE-----\nMI", .x509),
            ("-----BEGIN PGP PUBLIC KEY BLOCK-----\n", .unknown), (" -----BEGIN SSH SIGNATURE-----\n", .unknown),
            ("-----begin ssh signature-----\n", .unknown), ("-----BEGIN SSH", .unknown), ("", .unknown),
        ] as [(String, SignatureKind)])
    func `the family is told by the first line`(text: String, kind: SignatureKind) {
        #expect(SignatureKind(of: Array(text.utf8)) == kind)
    }
}
