import ArgumentParser
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit authority propose`: proposes the next policy.
struct AuthorityProposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Propose the next policy: roles, demands, repositories, people.",
        discussion: """
            Reads a policy that you have edited, such as a copy of authority.toml, sets its version and the digest of \
            the people and marks, and proposes it with your signature; its comments are not kept. It is in force at once where \
            one administrator's signature is enough; otherwise the others run 'remit authority sign'. For a person and \
            their key there is 'remit authority add-person'.

            Example: remit authority propose --policy edited.toml --key ~/.ssh/id_ed25519
            """)

    @Option(help: ArgumentHelp("The policy, as it shall be.", valueName: "file"))
    var policy: String?

    @Option(help: ArgumentHelp("The people and their keys, as they shall be.", valueName: "file"))
    var people: String?

    @Flag(help: "Let new delegations in after a suspension of every agent; what was delegated before stays stopped.")
    var resume = false

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard policy != nil || people != nil || resume else {
            throw ValidationError("give --policy FILE, --people FILE or --resume")
        }
    }

    func run() throws {
        let now = Platform.now()
        let given = try policy.map { try Self.read(policy: $0) }
        let people = try people.map { try Self.read(people: $0) }
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        try ProposalChange(signer: signer, clone: clone, now: now).commit("Propose") { (proposals) throws(AppError) in
            let resumption = resume ? try proposals.resumption(at: now) : nil
            try proposals.propose(by: signer) { (draft, lines) throws(AppError) in
                if let given { draft = PolicyDraft(given, marks: draft.marks) }
                if let people { lines = people }
                if let resumption { draft.resumedAt = resumption }
            }
        }
    }

    private static func read(policy path: String) throws(AppError) -> Policy {
        let bytes = try Files.read(path, limit: RecordText.maximumByteCount)
        do throws(RecordError) {
            return try Policy(record: bytes, file: path)
        } catch {
            throw AppError(error.statement, hint: "start from a copy of the authority's own 'authority.toml'")
        }
    }

    private static func read(people path: String) throws(AppError) -> [UInt8] {
        try Files.read(path, limit: AllowedSigners.maximumByteCount)
    }
}
