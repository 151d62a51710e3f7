import RemitModel

extension Sentence {
    static func refName(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.refPhrase) has a name that is not accepted\(group.cause)",
            hints: "push under another name with 'git push origin HEAD:refs/heads/<name>'")
    }

    static func refScope(_ group: FindingGroup) -> Sentence {
        let fault: SafeText = "\(group.refPhrase) is outside the granted refs"
        guard !group.occasion.isPipeline else {
            return Sentence(
                fault,
                hints: """
                    merge into a granted branch (\(group.show) tells which), \
                    or ask \(group.asked(or: "the delegator")) for a wider grant
                    """)
        }
        return Sentence(
            fault,
            hints: """
                push to a granted ref with 'git push origin HEAD:\(group.grantedRef)', \
                or ask \(group.asked(or: "the delegator")) for a wider grant
                """)
    }

    static func refOperation(_ group: FindingGroup) -> Sentence {
        let operation: SafeText =
            if let operation = group.facts.operation { "operation '\(operation)'" } else { "this operation" }
        let fault: SafeText = "\(operation) on \(group.refPhrase) is not granted\(group.cause)"
        guard group.facts.delegation != nil else {
            return Sentence(
                fault,
                hints: """
                    push from an account that the server vouches for ('remit doctor' tells how it knows people), \
                    or ask \(group.asked(or: "the administrators"))
                    """)
        }
        let remedy: SafeText =
            switch group.facts.operation {
            case .refRewind: "build on what is there with 'git pull --rebase' and push without force"
            case .refDelete: "leave the ref in place; \(group.show) tells what is granted"
            default: "see with \(group.show) what is granted"
            }
        return Sentence(fault, hints: "\(remedy), or ask \(group.asked(or: "the delegator")) for a wider grant")
    }

    static func refReserved(_ group: FindingGroup) -> Sentence {
        Sentence(
            "\(group.refPhrase) is reserved and cannot be pushed\(group.cause)",
            hints: """
                push under another name with 'git push origin HEAD:refs/heads/<name>', \
                or ask \(group.asked(or: "the administrators"))
                """)
    }
}

extension FindingGroup {
    /// A ref that the grant covers, as far as its first pattern names one.
    fileprivate var grantedRef: SafeText {
        let anywhere = "/**"
        guard let pattern = facts.granted.first, !pattern.hasPrefix("except ") else { return "<ref>" }
        if pattern.hasSuffix(anywhere) {
            let directory = ByteString(pattern.dropLast(anywhere.count))
            return "\(SafeText.command(word: directory, or: "<directory>"))/<name>"
        }
        return .command(word: ByteString(pattern), or: "<ref>")
    }
}
