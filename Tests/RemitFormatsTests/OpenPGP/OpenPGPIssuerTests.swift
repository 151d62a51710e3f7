import RemitFormats
import RemitModel
import Testing

@Suite struct OpenPGPIssuerTests {
    /// Made with GnuPG 2.2: Ed25519, subpackets 33 (hashed) and 16; `gpg --list-packets` names the key.
    private static let signature = """
        -----BEGIN PGP SIGNATURE-----

        iHUEABYIAB0WIQQtJJCRRgrB9+gp4Ueh4VLaCDuY6QUCawIgdQAKCRCh4VLaCDuY
        6SfDAQCj8h7EUu73vNRLw+SAhKbL/2nu+rvoOUUdm/nu6P52AwEAl2RkJiyME8bU
        ZrbjDqC5c7mpQWPfiM32uP4YUhCRuwk=
        =lY3f
        -----END PGP SIGNATURE-----
        """

    @Test func `the key that GnuPG names is read, however the armour is laid out`() throws {
        let checksum = "\n=lY3f"
        for text in [
            Self.signature, Self.signature + "\n\n", Self.signature.replacing(checksum, with: ""),
            Self.signature.replacing("\n\n", with: "\nVersion: GnuPG v2\nComment: a: b\n \n"),
            Self.signature.replacing("\n", with: "\r\n").replacing("SIGNATURE-----\r\n\r", with: "SIGNATURE-----\n\r"),
        ] {
            #expect(try OpenPGPIssuer(armoured: Array(text.utf8)).text == "A1E152DA083B98E9", "\(text)")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let answer: Result<String, OpenPGPFault>
    }

    private static let key: [UInt8] = [0xB5, 0x69, 0x0E, 0xEE, 0xBB, 0x95, 0x21, 0x94]
    private static let other: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
    private static let name = "B5690EEEBB952194"

    /// A new-format packet.
    private static func packet(_ body: [UInt8], tag: UInt8 = 2) -> [UInt8] { [0xC0 | tag, UInt8(body.count)] + body }

    private static func subpacket(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [UInt8(value.count + 1), type] + value
    }

    /// A signature of version 4 with these areas.
    private static func version4(_ hashed: [UInt8], _ unhashed: [UInt8] = []) -> [UInt8] {
        [4, 0, 1, 8, 0, UInt8(hashed.count)] + hashed + [0, UInt8(unhashed.count)] + unhashed + [0xAB, 0xCD]
    }

    private static let issuer = subpacket(16, key)
    private static let fingerprint = subpacket(33, [4] + [UInt8](repeating: 7, count: 12) + key)

    static let rows: [Row] = [
        Row(testDescription: "key id, unhashed", bytes: packet(version4([], issuer)), answer: .success(name)),
        Row(testDescription: "fingerprint alone", bytes: packet(version4(fingerprint)), answer: .success(name)),
        Row(
            testDescription: "both, after others",
            bytes: packet(version4(subpacket(2, [0, 0, 0, 0]) + fingerprint, issuer)),
            answer: .success(name)),
        Row(
            testDescription: "a critical key id", bytes: packet(version4(subpacket(16 | 0x80, key))),
            answer: .success(name)),
        Row(
            testDescription: "a length of five octets", bytes: packet(version4([255, 0, 0, 0, 9, 16] + key)),
            answer: .success(name)),
        Row(
            testDescription: "version 3", bytes: packet([3, 5, 0, 0, 0, 0, 0] + key + [1, 8]), answer: .success(name)),
        Row(
            testDescription: "version 6, with long areas and a fingerprint that begins with the key id",
            bytes: packet(
                [6, 0, 27, 8, 0, 0, 0, 35] + subpacket(33, [6] + key + [UInt8](repeating: 7, count: 24))
                    + [0, 0, 0, 0]), answer: .success(name)),
        Row(
            testDescription: "an old-format packet",
            bytes: [0x89, 0, UInt8(version4(issuer).count)] + version4(issuer),
            answer: .success(name)),
        Row(
            testDescription: "another packet first", bytes: packet([1, 2], tag: 10) + packet(version4(issuer)),
            answer: .success(name)),
        Row(
            testDescription: "zeros in front are shown", bytes: packet(version4(subpacket(16, other))),
            answer: .success("0000000000000001")),
        Row(
            testDescription: "two keys", bytes: packet(version4(issuer, subpacket(16, other))),
            answer: .failure(.severalIssuers)),
        Row(testDescription: "no key", bytes: packet(version4([])), answer: .failure(.noIssuer)),
        Row(testDescription: "version 7", bytes: packet([7] + key), answer: .failure(.version)),
        Row(testDescription: "no signature", bytes: packet([1], tag: 11), answer: .failure(.noSignature)),
        Row(testDescription: "nothing", bytes: [], answer: .failure(.noSignature)),
        Row(
            testDescription: "a signature behind too many packets",
            bytes: [[UInt8]](repeating: packet([1], tag: 10), count: 8).flatMap(\.self) + packet(version4(issuer)),
            answer: .failure(.noSignature)),
        Row(testDescription: "no packet", bytes: [0x08, 1, 1], answer: .failure(.packet)),
        Row(testDescription: "a length left open", bytes: [0x8B] + version4(issuer), answer: .failure(.packet)),
        Row(testDescription: "a length in parts", bytes: [0xC2, 0xE1] + version4(issuer), answer: .failure(.packet)),
        Row(
            testDescription: "cut off", bytes: Array(packet(version4(issuer)).dropLast(4)), answer: .failure(.truncated)
        ),
        Row(
            testDescription: "an area longer than the packet", bytes: packet([4, 0, 1, 8, 0xFF, 0xFF] + issuer),
            answer: .failure(.truncated)),
        Row(
            testDescription: "a subpacket longer than its area", bytes: packet(version4([200, 255, 16] + key)),
            answer: .failure(.truncated)),
        Row(
            testDescription: "a subpacket without its type", bytes: packet(version4([0])), answer: .failure(.truncated)),
        Row(
            testDescription: "a fingerprint that is too short", bytes: packet(version4(subpacket(33, [4, 1, 2]))),
            answer: .failure(.truncated)),
    ]

    @Test(arguments: rows) func `a packet names one key or none`(row: Row) {
        let digits = Base64.text(row.bytes, padding: .required)
        let text = "-----BEGIN PGP SIGNATURE-----\n\n\(digits)\n-----END PGP SIGNATURE-----\n"
        let answer: Result<String, OpenPGPFault>
        do throws(OpenPGPFault) {
            answer = .success(try OpenPGPIssuer(armoured: Array(text.utf8)).text)
        } catch {
            answer = .failure(error)
        }
        #expect(answer == row.answer)
    }

    @Test(arguments: [
        ("", OpenPGPFault.armour), ("-----BEGIN SSH SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----", .armour),
        ("-----BEGIN PGP SIGNATURE-----", .armour), ("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n", .armour),
        ("-----BEGIN PGP SIGNATURE-----\n\nA*AA\n-----END PGP SIGNATURE-----", .armour),
        ("-----BEGIN PGP SIGNATURE-----\n\nAAA\n-----END PGP SIGNATURE-----", .armour),
        ("-----BEGIN PGP SIGNATURE-----\n" + String(repeating: "A", count: OpenPGPIssuer.maximumLength), .tooLong),
    ])
    func `what is not armoured is not read`(text: String, fault: OpenPGPFault) {
        #expect(throws: fault) { try OpenPGPIssuer(armoured: Array(text.utf8)) }
    }
}
