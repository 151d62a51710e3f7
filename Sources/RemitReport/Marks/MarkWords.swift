import RemitModel

extension Mark {
    /// What is looked for, in words: `the branch begins with 'claude/'`; one element for each place.
    package var words: [SafeText] { entries.map(\.words) }
}

extension MarkEntry {
    /// Where the mark stands and what stands there, as one statement.
    var words: SafeText {
        guard place == .footer else { return "\(subject) \(predicate)" }
        let lead: SafeText = ornament ? " behind an emoji" : ""
        let tail: SafeText =
            switch link {
            case nil: ""
            case Self.noLink?: " without a link"
            case let link?: " with the link \(quoted: link)"
            }
        return "a line says \(quoted: "Generated with \(value ?? "")")\(tail)\(lead)"
    }

    private var subject: SafeText {
        switch place {
        case .authorEmail: "the author's address"
        case .committerEmail: "the committer's address"
        case .coAuthorEmail: "a co-author's address"
        case .email: "the address of author, committer or a co-author"
        case .authorName: "the author's name"
        case .committerName: "the committer's name"
        case .coAuthorName: "a co-author's name"
        // Only an app has a name that no person can take on another server.
        case .gitHubAccount:
            value?.utf8.last == UInt8(ascii: "]")
                ? "the GitHub account of author, committer, a co-author or pusher"
                : "the GitHub account of author, committer or a co-author"
        case .trailer: "the value of \(quoted: (key ?? "") + ":")"
        case .trailerEmail: "the address in \(quoted: (key ?? "") + ":")"
        case .footer, .line: "a line of the message"
        case .branch: "the branch"
        case .ref: "the ref"
        case .pushIdentity: "the account that pushes"
        case .signingKey: "the key of a good signature"
        }
    }

    private var predicate: SafeText {
        let text: SafeText = "\(quoted: value ?? "")"
        return switch match {
        case .exact: "is \(text)"
        case .prefix: "begins with \(text)"
        case .suffix: "ends in \(text)"
        case .contains: "contains \(text)"
        case .word: "has the word \(text)"
        case .leadingWord: "begins with the word \(text)"
        case .shape: "has the shape \(text)"
        case .any: "is there"
        }
    }
}

extension Confidence {
    /// What follows from a mark of it.
    var words: SafeText {
        switch self {
        case .definite: "only the tool writes that"
        case .strong: "the tool writes that, and now and then somebody else"
        case .weak: "a mention, on which no rule acts"
        }
    }
}

extension KnownTools {
    /// What the organisation's own file says, one statement an element, so that two states of it can be compared.
    package var statements: [SafeText] {
        guard let own else { return [] }
        var all: [SafeText] = ["marks version \(own.version)"]
        for tool in tools where tool.origin == .own {
            let article: SafeText = tool.kind == .bot ? "a" : "an"
            all.append("tool \(word: tool.id) of \(word: tool.vendor) is \(article) \(word: tool.kind.rawValue)")
            for known in tool.marks {
                all += known.mark.words.map {
                    "a mark of \(word: tool.id), \(word: known.mark.confidence.name): \($0)"
                }
            }
        }
        for tool in tools where tool.origin == .builtIn {
            for known in tool.marks {
                guard let change = known.state.words else { continue }
                all += known.mark.words.map { "no mark of \(word: tool.id) any more: \($0); \(change)" }
            }
        }
        all += idle.map { "switched off and not there anyway: a mark of \(word: $0.tool): \(plain: $0.reason)" }
        return all
    }
}

extension KnownMark.State {
    /// What became of the mark; `nil` where it is looked for.
    var words: SafeText? {
        switch self {
        case .inForce: nil
        case .replaced(let tool): "here it is one of \(word: tool)"
        case .off(let reason): "switched off: \(plain: reason)"
        }
    }
}
