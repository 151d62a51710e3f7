import RemitModel

extension Sentence {
    static func approvalMissing(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) may be landed here only by a person\(group.cause)",
            hints: """
                let \(group.asked(or: "a registered person")) run the same 'git push' over a transport by which the server \
                knows them
                """)
    }

    static func approvalSelf(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("is", "are")) approved by its own author\(group.cause)",
            hints: """
                let \(group.asked(or: "another person")) look at it and run 'remit approve <commit>': the delegator and the \
                signer of a commit are its authors
                """)
    }

    static func approvalAgent(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.subject) \(group.verb("is", "are")) approved by an agent\(group.cause)",
            hints: """
                let \(group.asked(or: "a person")) look at it and run 'remit approve <commit>': approvals by agents never \
                count
                """)
    }

    static func approvalStale(_ group: FindingGroup) -> Sentence {
        Sentence(
            "an approval no longer counts for \(group.subject)\(group.cause)",
            hints: """
                let \(group.asked(or: "the approver")) look at it as it is now and run 'remit approve <commit>'
                """)
    }
}
