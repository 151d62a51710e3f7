import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// `remit root rotate`: proposes the next root.
struct RootRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Propose the next root: other administrators, other keys, another threshold.",
        discussion: """
            Writes the next root as a proposal, with your signature. It is in force as soon as the threshold of the \
            present root and its own have signed it ('remit root sign'), and with it the policy has the signatures that \
            it asks for. Servers need no new pin: they walk from the first root to the last. The same command run by \
            the next administrator signs the same proposal.

            Example: remit root rotate --add-administrator sam@example.org=sam.pub --threshold 2 --key \
            ~/.ssh/id_ed25519
            """)

    @Option(
        help: ArgumentHelp(
            "An administrator and a public key: a new person, or one more key of one who is there. May be repeated.",
            valueName: "person=file"),
        transform: OptionReading.namedFile)
    var addAdministrator: [NamedFile] = []

    @Option(
        help: ArgumentHelp("An administrator who leaves, with all keys. May be repeated.", valueName: "person"),
        transform: OptionReading.identifier)
    var removeAdministrator: [String] = []

    @Option(
        help: ArgumentHelp(
            "A key that an administrator gives up: its fingerprint. May be repeated.", valueName: "fingerprint"),
        transform: OptionReading.fingerprint)
    var removeKey: [KeyFingerprint] = []

    @Option(
        help: ArgumentHelp("How many administrators must sign.", valueName: "n"), transform: OptionReading.limit)
    var threshold: Int?

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard
            threshold != nil || !addAdministrator.isEmpty || !removeAdministrator.isEmpty || !removeKey.isEmpty
        else { throw ValidationError("nothing is to be changed") }
    }

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        let added = try addAdministrator.map { (id: $0.name, key: try SigningKey.publicKey(at: $0.path)) }
        try ProposalChange(signer: signer, clone: clone, now: now).commit("Propose") { (proposals) throws(AppError) in
            let root = try successor(of: proposals.authority.root, adding: added)
            let bytes = try root.record()
            if let pending = proposals.root {
                // Somebody proposed the same: then it is signed once more.
                guard pending.bytes == bytes else {
                    throw AppError(
                        "another root \(root.version) is proposed already",
                        hint: "'remit authority show' tells which; 'remit authority withdraw' takes it away")
                }
                return
            }
            guard proposals.policy == nil else {
                throw AppError(
                    "a policy is proposed", hint: "'remit authority sign' or 'remit authority withdraw' comes first")
            }
            for (id, key) in added {
                try proposals.authority.requireFree(KeyFingerprint(of: key), for: id, orTheirs: true)
            }
            proposals.root = Pending(root, bytes: bytes, in: .root)
        }
    }

    /// The next root, by what is asked of the present one.
    private func successor(of root: Root, adding added: [(id: String, key: SSHPublicKey)]) throws(AppError) -> Root {
        var administrators = root.administrators
        for id in removeAdministrator {
            guard administrators.contains(where: { $0.id == id }) else {
                throw AppError(
                    "'\(id)' is not an administrator",
                    hint: "administrators are: \(root.administrators.map(\.id).joined(separator: ", "))")
            }
            administrators.removeAll { $0.id == id }
        }
        for fingerprint in removeKey {
            guard let index = administrators.firstIndex(where: { $0.keys.contains { Self.is($0, fingerprint) } }) else {
                throw AppError("\(fingerprint) is not an administrator's key")
            }
            let keys = administrators[index].keys.filter { !Self.is($0, fingerprint) }
            administrators[index] = .init(id: administrators[index].id, keys: keys)
        }
        for (id, key) in added.map({ ($0.id, $0.key.line) }) {
            guard let index = administrators.firstIndex(where: { $0.id == id }) else {
                administrators.append(.init(id: id, keys: [key]))
                continue
            }
            guard !administrators[index].keys.contains(key) else { throw AppError("'\(id)' has that key already") }
            administrators[index] = .init(id: id, keys: administrators[index].keys + [key])
        }
        if let bare = administrators.first(where: { $0.keys.isEmpty }) {
            throw AppError(
                "'\(bare.id)' would have no key", hint: "give --add-administrator \(bare.id)=FILE, or remove them")
        }
        guard !administrators.isEmpty else {
            throw AppError("no administrator would be left", hint: "name one with --add-administrator PERSON=FILE")
        }
        let threshold = threshold ?? root.threshold
        guard (1...administrators.count).contains(threshold) else {
            throw AppError(
                "a threshold of \(threshold) cannot be met by \(administrators.count) administrators",
                hint: "give --threshold N, from 1 to \(administrators.count)", status: .usage)
        }
        let next = Root(
            organisation: root.organisation, version: root.version + 1, threshold: threshold,
            administrators: administrators)
        guard next.administrators != root.administrators || next.threshold != root.threshold else {
            throw AppError("the present root says so already", hint: "nothing was written")
        }
        return next
    }

    private static func `is`(_ line: String, _ fingerprint: KeyFingerprint) -> Bool {
        do throws(SSHFormatError) {
            return KeyFingerprint(of: try SSHPublicKey(line: line)) == fingerprint
        } catch {
            return false
        }
    }
}
