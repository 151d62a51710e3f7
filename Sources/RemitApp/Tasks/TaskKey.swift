import RemitAuthority
import RemitModel
import RemitSignatures

/// The agent's own key for one task: whoever signs with it proves possession of the delegation.
struct TaskKey {
    /// What git takes as `user.signingkey`: the private key's file, or a `.pub` whose other half is in ssh-agent.
    let path: String
    let fingerprint: KeyFingerprint
    /// The files that were made for it, to be removed when the delegation cannot be granted.
    let made: [String]

    /// A key that exists already.
    init(existing path: String) throws(AppError) {
        self.path = RealPath.of(Files.absolute(path)) ?? Files.absolute(path)
        fingerprint = KeyFingerprint(of: try SigningKey.publicKey(at: path))
        made = []
    }

    /// Makes an Ed25519 key without a passphrase, readable by this user only: nobody sits there to type one.
    ///
    /// - Parameter flag: the option by which the file was named.
    init(makingAt path: String, flag: String, comment: String) throws(AppError) {
        let file = Files.absolute(path)
        let files = [file, file + ".pub"]
        if let taken = files.first(where: Files.exists) {
            throw AppError("'\(taken)' exists already", hint: "name another file with \(flag)")
        }
        let output = try ChildProcess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file])
        guard output.status == 0 else {
            files.forEach(Files.remove)
            throw AppError(
                "ssh-keygen did not make '\(path)': \(output.complaint)", hint: "name a file in a directory that exists"
            )
        }
        self.path = RealPath.of(file) ?? file
        fingerprint = KeyFingerprint(of: try SigningKey.publicKey(at: file))
        made = files
    }

    /// Uses a key; where that fails, the files that were made for it are removed again.
    static func keep<Value, Fault>(_ key: TaskKey?, _ use: () throws(Fault) -> Value) throws(Fault) -> Value {
        do throws(Fault) {
            return try use()
        } catch {
            key?.made.forEach(Files.remove)
            throw error
        }
    }

    /// Refuses a key that somebody else has: a task key serves one delegation, and no person's key is one.
    func requireFree(in authority: Authority) throws(AppError) {
        try Self.requireFree(fingerprint, in: authority)
    }

    static func requireFree(_ fingerprint: KeyFingerprint, in authority: Authority) throws(AppError) {
        guard let holder = try authority.holder(fingerprint).words else { return }
        throw AppError(
            "\(fingerprint) belongs to \(holder) already, so it cannot be a task key",
            hint: "make one for this task with --new-task-key FILE")
    }
}

extension KeyHolder {
    /// Whose key it is, in words; `nil` when it is nobody's.
    var words: String? {
        switch self {
        case .unknown: nil
        case .person(let id): id
        case .agent(let id): "agent '\(id)'"
        case .delegation(let id): "delegation \(id.abbreviated)"
        }
    }
}
