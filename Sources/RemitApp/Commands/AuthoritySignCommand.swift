import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit authority sign`: an administrator's signature under what is proposed.
struct AuthoritySignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign the proposed policy or root; the last signature needed puts it in force.",
        discussion: """
            Signs what 'remit authority show' tells, commits and pushes the signature. Give the digest that it tells, \
            so that nothing else is signed than what you have read.

            Example: remit authority sign 1f2e3d4c5b6a --key ~/.ssh/id_ed25519
            """)

    @OptionGroup var options: SignOptions

    func run() throws { try options.sign() }
}

/// `remit root sign`: the same, named after what is mostly meant.
struct RootSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign the proposed root; the last signature needed puts it in force.",
        discussion: """
            The same as 'remit authority sign': a root comes with the signatures that the policy needs under it.

            Example: remit root sign 1f2e3d4c5b6a --key ~/.ssh/id_ed25519
            """)

    @OptionGroup var options: SignOptions

    func run() throws { try options.sign() }
}

/// What is signed, with which key, and where that is written.
struct SignOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The digest of what is signed, or its first 12 or more digits. Default: whatever is proposed.",
            valueName: "digest"))
    var digest: String?

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func sign() throws(AppError) {
        let now = Platform.now()
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        try ProposalChange(signer: signer, clone: clone, now: now).commit("Sign") { (proposals) throws(AppError) in
            guard proposals.root != nil || proposals.policy != nil else {
                throw AppError(
                    "nothing is proposed", hint: "'remit authority propose' and 'remit root rotate' propose")
            }
            if let digest { try require(digest, proposals.id) }
        }
    }

    private func require(_ digest: String, _ id: String) throws(AppError) {
        let digits = digest.hasPrefix(RecordID.prefix) ? digest.dropFirst(RecordID.prefix.count) : digest[...]
        guard digits.utf8.count >= 12, id.dropFirst(RecordID.prefix.count).hasPrefix(digits) else {
            throw AppError(
                "what is proposed is not '\(digest)' but \(id)",
                hint: "'remit authority show' tells what it changes; nothing was signed")
        }
    }
}
