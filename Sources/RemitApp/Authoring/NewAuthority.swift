import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// The first state of an authority: one administrator, who is also its first delegator.
struct NewAuthority {
    let organisation: String
    let administrator: String
    let logins: [String]
    let attribution: Policy.Demand
    let signer: Signer

    /// The longest life of what the first delegator may sign, in hours.
    static let lifetimeHours: Int64 = 720

    /// Signs everything, verifies it as a server would, and only then makes the repository.
    func make(in directory: String) throws(AppError) -> (directory: String, pin: RecordID) {
        let path = Files.absolute(directory)
        guard !Files.exists(path) || Files.isEmptyDirectory(path) else {
            throw AppError("'\(directory)' exists and is not an empty directory", hint: "name another directory")
        }
        let (change, pin) = try records()
        try AppError.asking { () throws(AuthorityError) in
            _ = try Authority(ProposedRecords(change, over: nil), pinned: pin, at: Platform.now())
        }
        let made = try Files.makeDirectories(path)
        do {
            let git = Git(in: path)
            try git.run(["init", "--quiet", "--initial-branch=main"])
            try git.run(["config", "remit.root", pin.description])
            let clone = try AuthorityClone(AuthorityLocation(at: path))
            try clone.commit(change, message: "Make the authority of \(organisation)", signedWith: signer.key)
            return (clone.directory, pin)
        } catch {
            // The directory was empty or absent, so all that is in it now is ours.
            Files.removeTree(path)
            if made.isEmpty { _ = try Files.makeDirectories(path) }
            for directory in made.reversed() { Files.removeDirectory(directory) }
            throw error
        }
    }

    private func records() throws(AppError) -> (Changeset, pin: RecordID) {
        let line = signer.key.publicKey.line
        let root = Root(
            organisation: organisation, version: 1, threshold: 1,
            administrators: [.init(id: administrator, keys: [line])])
        let namespaces = SignatureNamespace.allCases.map(\.rawValue).joined(separator: ",")
        let people = Array("\(administrator) namespaces=\"\(namespaces)\" \(line)\n".utf8)
        let policy = Policy(
            organisation: organisation, version: 1, people: RecordID(of: people),
            persons: [Person(id: administrator, logins: logins)], roles: [try role()],
            approvers: [try approver()], operators: [administrator], repositories: [], protectedPaths: [],
            attribution: AttributionDemands(attribution: attribution))

        var change = Changeset()
        let rootBytes = try root.record()
        change.add(rootBytes, signature: try signer.sign(rootBytes, for: .root), at: AuthorityLayout.root(1))
        let policyBytes = try policy.record()
        change.add(
            policyBytes, signature: try signer.sign(policyBytes, for: .authority), at: AuthorityLayout.policy)
        change.add(people, at: AuthorityLayout.people)
        // Signatures are over exact bytes, so no checkout may convert line ends.
        change.add("* -text\n", at: ".gitattributes")
        change.add(readme, at: "README.md")
        return (change, RecordID(of: rootBytes))
    }

    private func role() throws(AppError) -> DelegatorRole {
        do throws(PathPattern.Fault) {
            return DelegatorRole(
                person: administrator, repositories: ["*"],
                refs: [try PathPattern(ref: "refs/heads/**"), try PathPattern(ref: "refs/tags/**")],
                paths: PathScope([try PathPattern(path: "**")]), operations: Set(Operation.allCases),
                environments: [], lifetime: Self.lifetimeHours * 3600)
        } catch {
            throw AppError(error.rawValue, status: .undecided)
        }
    }

    private func approver() throws(AppError) -> ApproverRole {
        let role = try role()
        return ApproverRole(
            person: role.person, repositories: role.repositories, refs: role.refs, paths: role.paths,
            environments: role.environments)
    }

    private var readme: String {
        """
        # The authority of \(organisation)

        This repository says who may vouch for what: its roots name the administrators, `authority.toml` is the policy,
        `people.allowed_signers` holds people's keys, `agents/` is the inventory of coding agents and `delegations/`
        what persons have delegated to them. Every record is signed over its exact bytes, so change nothing by hand but
        through `remit`; `remit show DELEGATION` tells in words what an agent may do.

        """
    }
}
