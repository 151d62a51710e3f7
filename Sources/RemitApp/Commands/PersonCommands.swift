import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// `remit authority add-person`: proposes a policy with one more person, or with more for one who is there.
struct AddPersonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-person", abstract: "Propose a person with a key, accounts and roles.",
        discussion: """
            A new person, or another key, account or role of one who is there. A person without a role may still sign \
            commits and land agents' work where the policy lets them. Needs the administrators' signatures like every \
            change of the policy.

            Example: remit authority add-person sam@example.org --public-key sam.pub --login sam --role-of \
            dana@example.org --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The person, by an address such as sam@example.org.", transform: OptionReading.identifier)
    var id: String

    @Option(help: ArgumentHelp("A public key of the person's own. May be repeated.", valueName: "file"))
    var publicKey: [String] = []

    @Option(help: "An account of the person on the git server. May be repeated.")
    var login: [String] = []

    @Option(
        help: ArgumentHelp("Somebody whose delegator's and approver's roles the person gets too.", valueName: "person"),
        transform: OptionReading.identifier)
    var roleOf: String?

    @Flag(name: .customLong("operator"), help: "The person may suspend and revoke anything.")
    var isOperator = false

    @Flag(name: .customLong("auditor"), help: "The person only looks, and has no other role.")
    var isAuditor = false

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func run() throws {
        let keys = try publicKey.map { try SigningKey.publicKey(at: $0) }
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        try ProposalChange(signer: signer, clone: clone, now: Platform.now()).commit("Propose") {
            (proposals) throws(AppError) in
            let standing = proposals.authority
            try proposals.propose(by: signer) { (draft, lines) throws(AppError) in
                if !draft.persons.contains(where: { $0.id == id }), keys.isEmpty, login.isEmpty {
                    throw AppError(
                        "nothing says how '\(id)' is known", hint: "give --public-key FILE or --login NAME",
                        status: .usage)
                }
                for key in keys { try standing.requireFree(KeyFingerprint(of: key), for: id) }
                try add(to: &draft)
                lines = try Self.lines(lines, adding: keys, of: id)
            }
        }
    }

    private func add(to draft: inout PolicyDraft) throws(AppError) {
        if let index = draft.persons.firstIndex(where: { $0.id == id }) {
            let person = draft.persons[index]
            draft.persons[index] = Person(
                id: id, logins: person.logins + login.filter { !person.logins.contains($0) })
        } else {
            draft.persons.append(Person(id: id, logins: login))
        }
        if isOperator, !draft.operators.contains(id) { draft.operators.append(id) }
        if isAuditor, !draft.auditors.contains(id) { draft.auditors.append(id) }
        guard let roleOf else { return }
        let roles = draft.roles.filter { $0.person == roleOf }.map { $0.of(id) }
        let approvers = draft.approvers.filter { $0.person == roleOf }.map { $0.of(id) }
        guard !roles.isEmpty || !approvers.isEmpty else {
            throw AppError("'\(roleOf)' has no role as a delegator or an approver", hint: "name another --role-of")
        }
        draft.roles += roles.filter { !draft.roles.contains($0) }
        draft.approvers += approvers.filter { !draft.approvers.contains($0) }
    }

    /// The people with one more line for each key, good for all that a person signs.
    static func lines(_ people: [UInt8], adding keys: [SSHPublicKey], of person: String) throws(AppError) -> [UInt8] {
        let namespaces = SignatureNamespace.allCases.map(\.rawValue).joined(separator: ",")
        let isEnded = people.isEmpty || people.last == UInt8(ascii: "\n")
        return keys.reduce(into: isEnded ? people : people + [UInt8(ascii: "\n")]) { lines, key in
            lines += "\(person) namespaces=\"\(namespaces)\" \(key.line)\n".utf8
        }
    }
}

/// `remit authority remove-person`: proposes a policy without one person.
struct RemovePersonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove-person", abstract: "Propose that a person leaves, with keys, accounts and roles.",
        discussion: """
            What the person has delegated is no longer believed once that is in force: delegate it anew before. Where a \
            key was stolen, 'remit revoke --of-key' comes first.

            Example: remit authority remove-person sam@example.org --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The person.", transform: OptionReading.identifier)
    var id: String

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func run() throws {
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        try ProposalChange(signer: signer, clone: clone, now: Platform.now()).commit("Propose") {
            (proposals) throws(AppError) in
            try proposals.propose(by: signer) { (draft, lines) throws(AppError) in
                guard draft.persons.contains(where: { $0.id == id }) else {
                    throw AppError(
                        "'\(id)' is not a person of the authority",
                        hint: "persons are: \(draft.persons.map(\.id).joined(separator: ", "))")
                }
                draft.persons.removeAll { $0.id == id }
                draft.roles.removeAll { $0.person == id }
                draft.approvers.removeAll { $0.person == id }
                draft.operators.removeAll { $0 == id }
                draft.auditors.removeAll { $0 == id }
                lines = Self.lines(lines, without: id)
            }
        }
    }

    /// The people without the lines that are about this person alone.
    private static func lines(_ people: [UInt8], without person: String) -> [UInt8] {
        let prefix = Array("\(person) ".utf8)
        return people.split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: prefix) }
            .flatMap { $0 + [UInt8(ascii: "\n")] }
    }
}

extension DelegatorRole {
    /// The same role of another person.
    fileprivate func of(_ person: String) -> DelegatorRole {
        DelegatorRole(
            person: person, repositories: repositories, refs: refs, paths: paths, operations: operations,
            environments: environments, lifetime: lifetime)
    }
}

extension ApproverRole {
    /// The same role of another person.
    fileprivate func of(_ person: String) -> ApproverRole {
        ApproverRole(
            person: person, repositories: repositories, refs: refs, paths: paths, environments: environments)
    }
}
