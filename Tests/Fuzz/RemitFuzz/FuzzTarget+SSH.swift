import RemitFormats
import RemitModel

extension FuzzTarget {
    static let ssh = [signature, publicKey, allowedSigners]

    private static let line =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJmXY0vHh4b1J9HqYf3hQ2QH0mJm0h2sTg1lY6o2n8kP"

    /// A blob with a key and a signature of zeros.
    private static let blob: [UInt8] = {
        var key = SSHWriter()
        key.append(string: "ssh-ed25519".utf8)
        key.append(string: [UInt8](repeating: 9, count: 32))
        var signature = SSHWriter()
        signature.append(string: "ssh-ed25519".utf8)
        signature.append(string: [UInt8](repeating: 0, count: 64))
        var writer = SSHWriter()
        writer.append(raw: SSHSignature.magic)
        writer.append(uint32: 1)
        writer.append(string: key.bytes)
        writer.append(string: "git".utf8)
        writer.append(string: "".utf8)
        writer.append(string: "sha512".utf8)
        writer.append(string: signature.bytes)
        return writer.bytes
    }()

    private static let signature = FuzzTarget(
        "sshsig",
        seeds: [
            blob,
            Array(
                "-----BEGIN SSH SIGNATURE-----\n\(Base64.text(blob, padding: .required))\n-----END SSH SIGNATURE-----\n"
                    .utf8),
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
