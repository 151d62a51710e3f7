import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// `remit revoke`: ends a delegation or a key for good.
struct RevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a delegation or a key, for good.",
        discussion: """
            Signs the revocation with your key, commits it to the authority and pushes it; servers follow it from the \
            next push on. What was handed on from a delegation ends with it. The delegator may revoke, an operator and \
            an administrator; whoever holds a task key of the delegation may end it. A person's key may be revoked by \
            that person too. Nothing takes a revocation back. Prints the record's path in the authority.

            The cause says what becomes of work that was accepted already: with 'ended' and 'superseded' it stands, \
            with 'compromised' a person must approve it anew.

            Example: remit revoke 1f2e3d4c5b6a --cause ended --reason "the task is done" --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The delegation: its id, or the first 12 or more digits of one that the authority holds.")
    var delegation: String?

    @Option(
        help: ArgumentHelp(
            "The key to revoke, of a task or of a person: its fingerprint, or its .pub file.",
            valueName: "fingerprint"))
    var ofKey: String?

    @Option(help: "Whether what it proved can still be trusted.")
    var cause: Revocation.Cause

    @OptionGroup var options: RevocationOptions

    func validate() throws {
        guard (delegation == nil) != (ofKey == nil) else {
            throw ValidationError("give either a delegation or --of-key SHA256:...")
        }
    }

    func run() throws {
        let now = Platform.now()
        let clone = try options.authority.clone()
        let target = try target(in: clone.location.authority(at: now))
        try options.revoke(target, cause, at: now, in: clone)
    }

    private func target(in authority: Authority) throws(AppError) -> Revocation.Target {
        if let ofKey {
            guard ofKey.hasPrefix("SHA256:") else {
                return .key(KeyFingerprint(of: try SigningKey.publicKey(at: ofKey)))
            }
            guard let key = KeyFingerprint(ofKey) else {
                throw AppError(
                    "'\(ofKey)' is not a key's fingerprint",
                    hint: "'ssh-keygen -l -f FILE' prints it, 43 characters after SHA256:", status: .usage)
            }
            return .key(key)
        }
        let name = delegation ?? ""
        let found = try AppError.asking { () throws(AuthorityError) in
            try authority.delegation(named: ByteString(name))
        }
        switch found {
        case .verified(let verified): return .delegation(verified.id)
        case .rejected(let id, _, _): return .delegation(id)
        case .unknown:
            guard let id = RecordID(name) else {
                throw AppError(
                    "the authority does not hold exactly one delegation '\(name)'",
                    hint: "one that it does not hold yet is revoked by its whole id")
            }
            Console.standard.say(
                "the authority does not hold delegation \(id.abbreviated) yet; it will never come to life")
            return .delegation(id)
        }
    }
}
