import RemitModel

extension Sentence {
    static func attributionCertificate(_ group: FindingGroup) -> Sentence {
        let facts = group.facts
        let ask = group.asked(or: "the administrators")
        let fault: SafeText =
            facts.reason == nil && facts.certificateCure == .sign
            ? "the push is not signed, and this repository takes no push without a certificate"
            : "the push certificate does not hold\(group.cause)"
        let hint: SafeText =
            switch facts.certificateCure {
            case .sign:
                """
                sign it with your own SSH key: 'git config gpg.format ssh', 'git config user.signingKey <file.pub>', \
                then 'git push --signed=true', or for every push 'git config push.gpgSign true'
                """
            case .key:
                "choose another key with 'git config user.signingKey <file.pub>', then run 'git push --signed=true'"
            case .address:
                "push to an address of the repository with 'git push --signed=true <address>': \(group.addresses)"
            case .account: "push with the account and the key of one and the same, with 'git push --signed=true'"
            case .seed:
                """
                ask \(ask) to set 'git config receive.certNonceSeed <secret>' on the server, \
                then run 'git push --signed=true' again
                """
            case .slop:
                """
                run 'git push --signed=true' again, or ask \(ask) to set 'git config receive.certNonceSlop <seconds>' \
                on the server
                """
            case .again, nil: "run 'git push --signed=true' again: every push is signed anew"
            }
        return Sentence(fault, hints: hint)
    }
}

extension FindingGroup {
    fileprivate var addresses: SafeText {
        guard !facts.granted.isEmpty else { return "none is known" }
        let shown: [SafeText] = facts.granted.prefix(Self.shownAtMost).map { "\(word: $0)" }
        let left = facts.granted.count - shown.count
        let more: SafeText = left > 0 ? " and \(left) more" : ""
        return "\(SafeText.joined(shown, by: " or "))\(more)"
    }
}

extension Decision.PushCertificate {
    /// Its digest, by whose key it is, and what that is worth.
    var words: SafeText {
        let key: SafeText = if let key { " by \(plain: key.description)" } else { "" }
        let worth: SafeText =
            switch standing {
            case .person(let id): ", good for \(word: id)"
            case .agent(let id): ", good for agent \(word: id)"
            case .stranger: ", good, by a key that the authority did not know"
            case .refused: ", does not hold"
            case .unchecked: ", not checked"
            }
        return "\(plain: digest.description)\(key)\(worth)"
    }
}
