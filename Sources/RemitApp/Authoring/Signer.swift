import RemitFormats
package import RemitSignatures

/// Signs records with the key that a git user already has, through `ssh-keygen`.
package struct Signer {
    package let key: SigningKey
    /// What it has signed already: a change made once more does not ask for a passphrase or a touch once more.
    private let memory = Memory()

    private final class Memory {
        var signatures: [Signed: [UInt8]] = [:]
    }

    private struct Signed: Hashable {
        let record: [UInt8]
        let namespace: SignatureNamespace
    }

    package init(_ key: SigningKey) {
        self.key = key
    }

    /// The armoured signature over exact bytes, for one purpose.
    ///
    /// It is verified in process before it is given out.
    package func sign(_ record: [UInt8], for namespace: SignatureNamespace) throws(AppError) -> [UInt8] {
        let signed = Signed(record: record, namespace: namespace)
        if let known = memory.signatures[signed] { return known }
        let signature = try makeSignature(over: record, for: namespace)
        memory.signatures[signed] = signature
        return signature
    }

    private func makeSignature(
        over record: [UInt8], for namespace: SignatureNamespace
    ) throws(AppError) -> [UInt8] {
        // In a file and not on standard input: only so can ssh-keygen ask for a passphrase on the terminal.
        let directory = try Files.temporaryDirectory()
        let file = "\(directory)/record.toml"
        defer {
            Files.remove(file)
            Files.remove("\(file).sig")
            Files.removeDirectory(directory)
        }
        try Files.create(record, at: file)
        let output = try ChildProcess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-f", key.path, "-n", namespace.rawValue, file], .whateverThereIs())
        guard output.status == 0, Files.exists("\(file).sig") else {
            throw AppError(
                "ssh-keygen did not sign with '\(key.path)'"
                    + (output.complaint.isEmpty ? "" : ": \(output.complaint)"),
                hint: "give the private key's file, or load the key with 'ssh-add'")
        }
        let signature = try Files.read("\(file).sig", limit: SSHSignature.maximumByteCount)
        let signed: SignedBy
        do throws(SignatureError) {
            signed = try SSHSignature.verify(armoured: signature, message: record, namespace: namespace)
        } catch {
            throw AppError("ssh-keygen's signature is not good: \(error.reason)")
        }
        guard signed.key == key.publicKey else {
            throw AppError("'\(key.path)' and the '.pub' file beside it are of different keys")
        }
        return signature
    }
}
