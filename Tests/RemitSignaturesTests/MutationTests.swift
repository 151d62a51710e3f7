import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Random damage, the same on every run: nothing crashes, and nothing verifies that does not say the same.
@Suite struct MutationTests {
    static let seed: UInt64 = 0x5353_4853_4947_2026
    static let rounds = 2000

    static let vectors = [
        SignatureVectors.ed25519, SignatureVectors.ecdsa, SignatureVectors.rsa, SignatureVectors.touchedEd25519,
        SignatureVectors.touchedECDSA,
    ]

    @Test(arguments: vectors.indices)
    func `damaged armour`(index: Int) throws {
        try check(Self.vectors[index], seed: Self.seed &+ UInt64(index)) { bytes, random in
            bytes.mutate(&random)
            return bytes
        }
    }

    @Test(arguments: vectors.indices)
    func `damaged blob in sound armour`(index: Int) throws {
        let blob = try SSHSignatureBlob.dearmour(Self.vectors[index])
        try check(Self.vectors[index], seed: Self.seed &+ UInt64(100 + index)) { _, random in
            var blob = blob
            blob.mutate(&random)
            return SignatureVectors.armour(Base64.text(blob, padding: .required))
        }
    }

    private func check(
        _ vector: [UInt8], seed: UInt64, _ damage: (inout [UInt8], inout SplitMix64) -> [UInt8]
    ) throws {
        let original = try SSHSignature(armoured: vector)
        var random = SplitMix64(seed: seed)
        var verified = 0
        for round in 0..<Self.rounds {
            var bytes = vector
            let damaged = damage(&bytes, &random)
            do {
                let signature = try SSHSignature(armoured: damaged)
                _ = try signature.verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
                verified += 1
                #expect(signature == original, "seed \(seed), round \(round)")
            } catch is SSHFormatError {
            } catch is SignatureError {
            }
        }
        #expect(verified < Self.rounds / 2, "seed \(seed): the damage is too mild to prove anything")
    }
}

extension [UInt8] {
    /// Damages the bytes in one to four places.
    fileprivate mutating func mutate(_ random: inout SplitMix64) {
        for _ in 0...random.below(4) where !isEmpty {
            let at = random.below(count)
            switch random.below(6) {
            case 0: self[at] ^= 1 << UInt8(random.below(8))
            case 1: self[at] = UInt8(truncatingIfNeeded: random.next())
            case 2: insert(UInt8(truncatingIfNeeded: random.next()), at: at)
            case 3: remove(at: at)
            case 4: removeSubrange(at..<Swift.min(count, at + random.below(16)))
            default: insert(contentsOf: self[at..<Swift.min(count, at + random.below(16))], at: random.below(count))
            }
        }
    }
}
