import RemitModel

extension Sentence {
    static func authorityLayout(_ group: FindingGroup) -> Sentence {
        guard group.paths.count > 0 else {
            return Sentence(
                "\(group.refPhrase) has no place in an authority\(group.cause)",
                hints: "push to the one that it has with 'git push origin HEAD:\(group.authorityRef)'")
        }
        return Sentence(
            "\(group.object) has no place in an authority\(group.cause)",
            hints: "take it out with 'git rebase -i': remit writes every file where it belongs")
    }

    static func authorityImmutable(_ group: FindingGroup) -> Sentence {
        let fault: SafeText =
            group.paths.count > 0
            ? "\(group.object) stays in the authority as it is\(group.cause)"
            : "the history of an authority only grows\(group.cause)"
        return Sentence(
            fault,
            hints: """
                begin again from what the server has with 'git fetch' and 'git reset --hard @{upstream}', then add a new \
                record
                """)
    }

    static func authorityRecord(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.object) is not a record that can be believed\(group.cause)",
            hints: "take it out with 'git rebase -i', and let remit write it")
    }

    static func authoritySignature(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.object) lacks the signatures that it needs\(group.cause)",
            hints: "ask \(group.asked(or: "the administrators")) to sign it with 'remit authority sign'")
    }

    static func authorityRole(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.object) is not its signer's to write\(group.cause)",
            hints: """
                ask \(group.asked(or: "the administrators")) who may, and to give a role with 'remit authority sign'
                """)
    }

    static func authorityVersion(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.object) does not follow the version before it\(group.cause)",
            hints: "begin again from what the server has with 'git pull --rebase', then make the change anew")
    }
}

extension FindingGroup {
    /// The one ref that an authority has, as far as the finding names it.
    fileprivate var authorityRef: SafeText {
        guard let ref = facts.granted.first else { return "<ref>" }
        return .command(word: ByteString(ref), or: "<ref>")
    }
}
