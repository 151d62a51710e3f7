/// One mark as a person writes it: where it stands, and which text.
///
/// What the tables hold as one mark may be several entries: an address that counts as author and as co-author, say.
package struct MarkEntry: Hashable, Sendable {
    /// Where a mark is looked for.
    package enum Place: String, Hashable, Sendable, CaseIterable {
        case authorEmail = "author-email"
        case committerEmail = "committer-email"
        case coAuthorEmail = "co-author-email"
        /// Any of the three.
        case email
        case authorName = "author-name"
        case committerName = "committer-name"
        case coAuthorName = "co-author-name"
        /// The address that GitHub gives an account, on any of the three lines, and where it pushes.
        case gitHubAccount = "github-account"
        /// The value of a line `Key: value`, in the trailer block or not.
        case trailer
        /// The address in the value of such a line.
        case trailerEmail = "trailer-email"
        /// `Generated with <value>`, alone on its line.
        case footer
        /// A line of the message.
        case line
        case branch
        /// The full name of a ref that is no branch.
        case ref
        /// The account that pushes.
        case pushIdentity = "push-identity"
        /// A key whose signature over the commit is good.
        case signingKey = "signing-key"
    }

    /// How the text is compared.
    package enum Match: String, Hashable, Sendable, CaseIterable {
        case exact
        case prefix
        case suffix
        case contains
        case word
        case leadingWord = "leading-word"
        case shape
        /// Whatever stands there.
        case any
    }

    package let place: Place
    /// The key of a trailer, in lower case.
    package let key: String?
    package let match: Match
    /// `nil` where anything matches.
    package let value: String?
    /// What follows a footer's label: a link, or `noLink`.
    package let link: String?
    /// Whether an emoji or another ornament must stand before a footer.
    package let ornament: Bool
    package let confidence: Confidence

    /// How a footer says that no link may follow.
    package static let noLink = "none"

    package init(
        _ place: Place, key: String? = nil, _ match: Match, _ value: String?, link: String? = nil,
        ornament: Bool = false, confidence: Confidence
    ) {
        self.place = place
        self.key = key
        self.match = match
        self.value = value
        self.link = link
        self.ornament = ornament
        self.confidence = confidence
    }
}

extension Mark {
    /// The mark as a person writes it.
    package var entries: [MarkEntry] {
        switch form {
        case .email(let address, let lines):
            lines.places(.email, .authorEmail, .committerEmail, .coAuthorEmail).map {
                MarkEntry($0, .exact, address, confidence: confidence)
            }
        case .gitHub(let id, let login, let lines):
            // The tables hold accounts for all lines.
            lines == .all
                ? [MarkEntry(.gitHubAccount, .exact, "\(id)+\(login)", confidence: confidence)] : []
        case .name(let pattern, let lines):
            lines.places(nil, .authorName, .committerName, .coAuthorName).map { entry($0, pattern) }
        case .value(let key, let pattern): [entry(.trailer, key: key, pattern)]
        case .valueEmail(let key, let address):
            [MarkEntry(.trailerEmail, key: key, .exact, address, confidence: confidence)]
        case .footer(let footer):
            [
                MarkEntry(
                    .footer, .exact, footer.label, link: footer.link.map { $0.isEmpty ? MarkEntry.noLink : $0 },
                    ornament: footer.lead == .ornament, confidence: confidence)
            ]
        case .line(let pattern): [entry(.line, pattern)]
        case .ref(let pattern): [entry(pattern.firstText?.hasPrefix("refs/") == true ? .ref : .branch, pattern)]
        case .pusher(let pattern): [entry(.pushIdentity, pattern)]
        case .key(let fingerprint): [MarkEntry(.signingKey, .exact, fingerprint, confidence: confidence)]
        }
    }

    private func entry(_ place: MarkEntry.Place, key: String? = nil, _ pattern: Pattern) -> MarkEntry {
        let (match, value) = pattern.notation
        return MarkEntry(place, key: key, match, value, confidence: confidence)
    }
}

extension Mark.Lines {
    /// The places of these lines: the one for all three where there is one and it is meant.
    fileprivate func places(
        _ all: MarkEntry.Place?, _ author: MarkEntry.Place, _ committer: MarkEntry.Place, _ coAuthor: MarkEntry.Place
    ) -> [MarkEntry.Place] {
        if let all, self == .all { return [all] }
        return [(Mark.Lines.author, author), (.committer, committer), (.coAuthor, coAuthor)]
            .filter { contains($0.0) }.map(\.1)
    }
}
