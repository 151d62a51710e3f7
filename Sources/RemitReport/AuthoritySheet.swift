package import RemitModel

/// What is in force in an authority and what is proposed, to be told in words.
package struct AuthoritySheet: Sendable {
    /// A root or a policy that gathers signatures.
    package struct Proposal: Sendable {
        let title: SafeText
        let id: RecordID
        let taken: [SafeText]
        let added: [SafeText]
        let tallies: [Tally]

        /// - Parameters:
        ///   - title: what it is, such as "policy version 3".
        ///   - before: the statements of what is in force.
        ///   - after: the statements of what is proposed.
        package init(
            _ title: SafeText, id: RecordID, from before: [SafeText], to after: [SafeText], tallies: [Tally]
        ) {
            self.title = title
            self.id = id
            taken = before.filter { !after.contains($0) }
            added = after.filter { !before.contains($0) }
            self.tallies = tallies
        }
    }

    /// Who has signed for the administrators of one root.
    package struct Tally: Sendable {
        let root: Root
        let signed: [String]

        package init(_ root: Root, signed: [String]) {
            self.root = root
            self.signed = signed
        }

        private var missing: [String] { root.administrators.map(\.id).filter { !signed.contains($0) } }

        /// Who has signed, and how many of whom must still.
        package var words: SafeText {
            let signers: SafeText = signed.isEmpty ? "nobody has signed" : "signed by \(AuthoritySheet.list(signed))"
            let lacking = root.threshold - signed.count
            return lacking > 0
                ? "root \(root.version): \(signers); \(lacking) more of \(AuthoritySheet.list(missing)) must sign"
                : "root \(root.version): \(signers), which is enough"
        }
    }

    private let root: Root
    private let policy: Policy
    private let statements: [SafeText]
    private let proposals: [Proposal]
    private let commit: ObjectID

    /// - Parameter statements: what is in force, one statement an element.
    package init(
        root: Root, policy: Policy, statements: [SafeText], proposals: [Proposal], at commit: ObjectID
    ) {
        self.root = root
        self.policy = policy
        self.statements = statements
        self.proposals = proposals
        self.commit = commit
    }

    /// Everything, one statement a line; each line begins with words of ours.
    package var text: String {
        var lines: [SafeText] = [
            "authority of \(word: policy.organisation) at commit \(commit)",
            "in force: root \(root.version), policy version \(policy.version)",
        ]
        lines += statements.map { "  \($0)" }
        lines += proposals.isEmpty ? ["proposed: nothing"] : proposals.flatMap(\.lines)
        return lines.map { $0.text + "\n" }.joined()
    }

    fileprivate static func list(_ values: [String]) -> SafeText {
        values.isEmpty ? "nobody" : SafeText.joined(values.map { "\(word: $0)" }, by: ", ")
    }
}

extension AuthoritySheet.Proposal {
    /// What it changes, and who has signed.
    package var lines: [SafeText] {
        let changes = taken.map { "  - \($0)" as SafeText } + added.map { "  + \($0)" }
        return ["proposed: \(title), \(id)"]
            + (changes.isEmpty ? ["  says what is in force; it is signed once more for the proposed root"] : changes)
            + tallies.map { "  \($0.words)" }
    }
}
