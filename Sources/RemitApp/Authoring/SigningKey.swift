package import RemitFormats
package import RemitModel
import RemitReport
import RemitSignatures

/// A key by which `ssh-keygen` can sign: a private key file, or a `.pub` whose private half is in ssh-agent.
package struct SigningKey: Sendable {
    /// The file as `ssh-keygen -f` takes it.
    package let path: String
    package let publicKey: SSHPublicKey

    package var fingerprint: KeyFingerprint { KeyFingerprint(of: publicKey) }

    package init(at path: String) throws(AppError) {
        self.path = Files.absolute(path)
        publicKey = try Self.publicKey(at: path)
    }

    /// The key for a command: as given, else the one with which the person's git signs.
    package init(option: String?, _ git: Git) throws(AppError) {
        if let option {
            try self.init(at: option)
            return
        }
        guard try git.configuration("gpg.format") == "ssh", let path = try git.configuration("user.signingkey"),
            path.hasPrefix("/") || path.hasPrefix("~/")
        else {
            throw AppError(
                "missing --key",
                hint: "give --key FILE, or set gpg.format to ssh and user.signingkey to a file in git's configuration",
                status: .usage)
        }
        try self.init(at: path)
    }

    /// Reads the public half: the file itself, the `.pub` beside it, or what `ssh-keygen -y` finds in a private key.
    package static func publicKey(at path: String) throws(AppError) -> SSHPublicKey {
        let file = Files.absolute(path)
        let beside = file.hasSuffix(".pub") ? file : file + ".pub"
        let line: [UInt8]
        if Files.exists(beside) {
            line = try Files.read(beside, limit: SSHPublicKey.maximumLineByteCount)
        } else {
            guard Files.exists(file) else {
                throw AppError("there is no key '\(path)'", hint: "make one with 'ssh-keygen -t ed25519'")
            }
            let output = try ChildProcess.run(["ssh-keygen", "-y", "-f", file], .whateverThereIs())
            guard output.status == 0 else { throw AppError("'\(path)' cannot be read as a key") }
            line = output.stdout
        }
        do throws(SSHFormatError) {
            return try SSHPublicKey(line: String(decoding: line, as: UTF8.self))
        } catch {
            throw AppError("'\(path)' is not a public key that Remit can use: \(error.reason)")
        }
    }
}
