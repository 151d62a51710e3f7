import RemitFormats
import RemitModel

extension FuzzTarget {
    static let openPGP = [
        FuzzTarget("openpgp-armour", seeds: [armoured(Array(signature), checksum: "=lY3f\n"), "Version: x\n\n"]) {
            bytes in
            do throws(OpenPGPFault) {
                require(try OpenPGPIssuer(armoured: bytes).text.utf8.count == 16, "a key id has sixteen digits")
            } catch {
                require(!error.reason.isEmpty, "a fault has a reason")
            }
        },
        FuzzTarget(
            "openpgp-packets",
            seeds: [
                Array(signature), [0x89, 0, 19] + signature.dropFirst(2),
                [0xC2, 17, 3, 5, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 8],
                [0xC2, 26, 6, 0, 27, 8, 0, 0, 0, 10, 9, 33, 6, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0],
            ]
        ) { bytes in
            guard bytes.count < OpenPGPIssuer.maximumLength / 2 else { return }
            let text = Array(armoured(bytes).utf8)
            do throws(OpenPGPFault) {
                let issuer = try OpenPGPIssuer(armoured: text)
                let octets = (0..<8).map { UInt8(truncatingIfNeeded: issuer.keyID >> (56 - 8 * $0)) }
                require(
                    bytes.indices.contains { bytes[$0...].starts(with: octets) }, "a key id stands in the signature")
                require(try OpenPGPIssuer(armoured: text + [0x0A]) == issuer, "a line feed at the end changes nothing")
            } catch {
                require(error != .armour && error != .tooLong, "the armour is ours")
            }
        },
    ]

    /// A signature of version 4 whose unhashed area names a key.
    private static let signature: [UInt8] = [
        0xC2, 19, 4, 0, 1, 8, 0, 0, 0, 10, 9, 16, 1, 2, 3, 4, 5, 6, 7, 8, 0xAB,
    ]

    private static func armoured(_ bytes: [UInt8], checksum: String = "") -> String {
        let digits = Base64.text(bytes, padding: .required)
        return "-----BEGIN PGP SIGNATURE-----\n\n\(digits)\n\(checksum)-----END PGP SIGNATURE-----\n"
    }
}
