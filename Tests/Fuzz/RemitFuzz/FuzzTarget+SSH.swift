import RemitFormats
import RemitModel

extension FuzzTarget {
    static let ssh = [signature, certificate, publicKey, allowedSigners]

    private static let line =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJmXY0vHh4b1J9HqYf3hQ2QH0mJm0h2sTg1lY6o2n8kP"

    private static let key: [UInt8] = {
        var key = SSHWriter()
        key.append(string: "ssh-ed25519".utf8)
        key.append(string: [UInt8](repeating: 9, count: 32))
        return key.bytes
    }()

    /// A key's signature of zeros.
    private static let zeros: [UInt8] = {
        var signature = SSHWriter()
        signature.append(string: "ssh-ed25519".utf8)
        signature.append(string: [UInt8](repeating: 0, count: 64))
        return signature.bytes
    }()

    /// A blob with a key, or a certificate in its place, and a signature of zeros.
    private static func blob(_ key: [UInt8]) -> [UInt8] {
        var writer = SSHWriter()
        writer.append(raw: SSHSignature.magic)
        writer.append(uint32: 1)
        writer.append(string: key)
        writer.append(string: "git".utf8)
        writer.append(string: "".utf8)
        writer.append(string: "sha512".utf8)
        writer.append(string: zeros)
        return writer.bytes
    }

    /// A certificate with two principals, an option and an extension, from 1970 to the end of time.
    private static func issued(_ type: String, _ fields: [[UInt8]]) -> [UInt8] {
        var writer = SSHWriter()
        writer.append(string: type.utf8)
        writer.append(string: [UInt8](repeating: 7, count: 32))
        for field in fields { writer.append(string: field) }
        for number: UInt32 in [0, 42, 1] { writer.append(uint32: number) }
        writer.append(string: "agent 7".utf8)
        var principals = SSHWriter()
        principals.append(string: "sha256:00".utf8)
        principals.append(string: "dana@example.org".utf8)
        writer.append(string: principals.bytes)
        for number: UInt32 in [0, 0, .max, .max] { writer.append(uint32: number) }
        for name in ["verify-required", "permit-pty"] {
            var options = SSHWriter()
            options.append(string: name.utf8)
            options.append(string: [])
            writer.append(string: options.bytes)
        }
        writer.append(string: [])
        writer.append(string: key)
        writer.append(string: zeros)
        return writer.bytes
    }

    private static let certificates: [[UInt8]] = {
        let point = [UInt8](repeating: 9, count: 32)
        let nistPoint = [4] + [UInt8](repeating: 9, count: 64)
        let application = Array("ssh:".utf8)
        return [
            issued("ssh-ed25519-cert-v01@openssh.com", [point]),
            issued("ecdsa-sha2-nistp256-cert-v01@openssh.com", [Array("nistp256".utf8), nistPoint]),
            issued(
                "ssh-rsa-cert-v01@openssh.com", [[1, 0, 1], [0] + [UInt8](repeating: 0xFF, count: 256)]),
            issued("sk-ssh-ed25519-cert-v01@openssh.com", [point, application]),
        ]
    }()

    private static let certificate = FuzzTarget("ssh-certificate", seeds: certificates) { bytes in
        do throws(SSHFormatError) {
            let certificate = try SSHCertificate(blob: bytes)
            require(bytes.starts(with: certificate.signedBytes), "what is signed begins the certificate")
            require(certificate.signedBytes.count < bytes.count, "the signature is not among what it covers")
            require(certificate.principals.count <= SSHCertificate.maximumPrincipalCount, "principals are bounded")
            require(certificate.validUntil.map { certificate.validFrom < $0 } != false, "its time is not empty")
            let names = certificate.criticalOptions.map(\.name)
            require(Set(names).count == names.count, "options are distinct")
            let key = try SSHPublicKey(blob: certificate.key.blob)
            require(key == certificate.key, "the key that it is for is a plain key")
            // In a signature it is the key's place that it takes.
            require(try SSHSignature(blob: blob(bytes)).certificate == certificate, "a signature carries it whole")
        } catch {
            require(!error.rawValue.isEmpty, "a fault has a name")
        }
    }

    private static let signature = FuzzTarget(
        "sshsig",
        seeds: [
            blob(key), blob(certificates[0]),
            Array(
                """
                -----BEGIN SSH SIGNATURE-----
                \(Base64.text(blob(key), padding: .required))
                -----END SSH SIGNATURE-----

                """.utf8),
        ]
    ) { bytes in
        do throws(SSHFormatError) {
            let signature = try SSHSignature(blob: bytes)
            require(signature.namespace.utf8.count <= SSHSignature.namespaceMaximumByteCount, "a namespace is bounded")
            require(!signature.namespace.isEmpty, "a signature is for some purpose")
        } catch {
            require(!error.rawValue.isEmpty, "a fault has a name")
        }
        do throws(SSHFormatError) {
            _ = try SSHSignature(armoured: bytes)
        } catch {
            require(!error.rawValue.isEmpty, "a fault has a name")
        }
    }

    private static let publicKey = FuzzTarget(
        "public-key",
        seeds: [
            line, "\(line) a comment\n",
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBA== x",
            "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIA== x",
        ]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do throws(SSHFormatError) {
            let key = try SSHPublicKey(line: text)
            let again = try SSHPublicKey(line: key.line)
            require(again == key, "a key's own line is that key")
        } catch {
            require(!error.rawValue.isEmpty, "a fault has a name")
        }
    }

    private static let allowedSigners = FuzzTarget(
        "allowed-signers",
        seeds: [
            "dana@example.org namespaces=\"git,remit-*\" \(line)\n",
            "*@example.org,!x@example.org cert-authority,valid-after=\"20260101Z\",valid-before=\"20270101Z\" \(line)\n",
            "# comment\n\n\"a b\" namespaces=\"git\" \(line) comment\n",
        ]
    ) { bytes in
        do throws(AllowedSignersError) {
            for signer in try AllowedSigners(bytes).signers {
                _ = signer.signs(as: "dana@example.org", namespace: "git", at: Instant(seconds: 1_795_165_200))
            }
        } catch {
            require(error.line.map { $0 >= 1 } != false, "lines are counted from one")
        }
    }
}
