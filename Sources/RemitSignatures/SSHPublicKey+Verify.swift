import Crypto
import CryptoExtras
import RemitFormats

extension SSHPublicKey {
    /// Whether the signature's bytes are good over the data, by an algorithm that fits the key's type.
    ///
    /// For ECDSA both s and n − s are good, as everywhere; so a signature's bytes never identify anything.
    func isValid(_ proof: SSHProof, over data: [UInt8]) throws(SignatureError) -> Bool {
        let (signature, touch) = (proof.bytes, proof.touch)
        // `ssh-keygen -Y verify` does not look at the flags (measured with 9.2): a program that holds the key handle
        // could sign unattended, and a signature by a security key would prove nothing about a person.
        if let touch, !touch.userPresent { throw .userNotPresent }
        switch material {
        case .ed25519(let point):
            return try Self.ed25519(point, signature, data)
        case .ecdsa(.p256, let point):
            return try Self.p256(point, signature, data)
        case .ecdsa(.p384, let point):
            return try attempt {
                try P384.Signing.PublicKey(x963Representation: point)
                    .isValidSignature(P384.Signing.ECDSASignature(rawRepresentation: signature), for: data)
            }
        case .ecdsa(.p521, let point):
            return try attempt {
                try P521.Signing.PublicKey(x963Representation: point)
                    .isValidSignature(P521.Signing.ECDSASignature(rawRepresentation: signature), for: data)
            }
        case .rsa(let modulus, let exponent):
            return try Self.rsa(modulus: modulus, exponent: exponent, signature, proof.algorithm, data)
        case .securityKeyEd25519(let point, let application):
            return try Self.ed25519(point, signature, Self.assertion(over: data, for: application, touch))
        case .securityKeyECDSA(let point, let application):
            return try Self.p256(point, signature, Self.assertion(over: data, for: application, touch))
        }
    }

    private static func ed25519(
        _ point: ArraySlice<UInt8>, _ signature: ArraySlice<UInt8>, _ data: [UInt8]
    ) throws(SignatureError) -> Bool {
        try attempt {
            try Curve25519.Signing.PublicKey(rawRepresentation: point).isValidSignature(signature, for: data)
        }
    }

    private static func p256(
        _ point: ArraySlice<UInt8>, _ signature: ArraySlice<UInt8>, _ data: [UInt8]
    ) throws(SignatureError) -> Bool {
        try attempt {
            try P256.Signing.PublicKey(x963Representation: point)
                .isValidSignature(P256.Signing.ECDSASignature(rawRepresentation: signature), for: data)
        }
    }

    private static func rsa(
        modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>, _ signature: ArraySlice<UInt8>,
        _ algorithm: SSHSignatureAlgorithm, _ data: [UInt8]
    ) throws(SignatureError) -> Bool {
        let padded = [UInt8](repeating: 0, count: modulus.count - signature.count) + signature
        let proof = _RSA.Signing.RSASignature(rawRepresentation: padded)
        return try attempt {
            let key = try _RSA.Signing.PublicKey(n: modulus, e: exponent)
            // RFC 8332 fixes PKCS #1 v1.5; CryptoExtras calls it insecure because of encryption with the same padding.
            return algorithm == .rsaSHA256
                ? key.isValidSignature(proof, for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5)
                : key.isValidSignature(proof, for: SHA512.hash(data: data), padding: .insecurePKCS1v1_5)
        }
    }

    /// What a security key signs (PROTOCOL.u2f): the application, the flags and the counter, then the data's digest.
    private static func assertion(
        over data: [UInt8], for application: ArraySlice<UInt8>, _ touch: SSHProof.Touch?
    ) throws(SignatureError) -> [UInt8] {
        guard let touch else { throw .userNotPresent }
        var writer = SSHWriter(capacity: 69)
        writer.append(raw: Array(SHA256.hash(data: application)))
        writer.append(raw: CollectionOfOne(touch.flags))
        writer.append(uint32: touch.counter)
        writer.append(raw: Array(SHA256.hash(data: data)))
        return writer.bytes
    }

    /// The cryptography throws only over a key or signature that cannot be one, whose lengths were checked before.
    private static func attempt(_ body: () throws -> Bool) throws(SignatureError) -> Bool {
        do {
            return try body()
        } catch {
            throw .key
        }
    }

    private func attempt(_ body: () throws -> Bool) throws(SignatureError) -> Bool {
        try Self.attempt(body)
    }
}
