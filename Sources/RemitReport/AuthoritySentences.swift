import RemitModel

extension Sentence {
    static func authorityLayout(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.object) has no place in an authority\(group.cause)",
            hints: "take it out with 'git rebase -i': remit writes every file where it belongs")
    }

    static func authorityImmutable(_ group: FindingGroup) -> Sentence {
        Sentence(
            "what the authority holds is never changed\(group.cause)",
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
