import RemitModel

extension Mark.Form {
    /// Reads where a mark stands and which text it is; refuses what would be found in anybody's commits.
    init(_ table: inout RecordTable) throws(RecordError) {
        let place: MarkEntry.Place = try table.word("where")
        let match: MarkEntry.Match = try table.word("match", default: .exact)
        guard match == .exact || !place.isExact else {
            throw table.refusal("match", "must be 'exact' where 'where' is '\(place.rawValue)'")
        }
        switch place {
        case .email: self = .email(try table.address(), .all)
        case .authorEmail: self = .email(try table.address(), .author)
        case .committerEmail: self = .email(try table.address(), .committer)
        case .coAuthorEmail: self = .email(try table.address(), .coAuthor)
        case .authorName: self = .name(try table.pattern(match), .author)
        case .committerName: self = .name(try table.pattern(match), .committer)
        case .coAuthorName: self = .name(try table.pattern(match), .coAuthor)
        case .gitHubAccount:
            let (id, login) = try table.account()
            self = .gitHub(id, login: login, .all)
        case .trailer:
            let key = try table.trailerKey()
            if match == .any, personalKeys.contains(key) {
                throw table.refusal("match", "'any' would find every '\(key)' line, and persons write those")
            }
            self = .value(key: key, try table.pattern(match, takesAny: true))
        case .trailerEmail: self = .valueEmail(key: try table.trailerKey(), try table.address())
        case .footer:
            let link = try table.optionalText("link").map { $0 == MarkEntry.noLink ? "" : $0.folded }
            let ornament = try table.optionalFlag("ornament") ?? false
            guard case .exact(let label) = try table.pattern(match) else {
                throw table.refusal("match", "must be 'exact'")
            }
            self = .footer(Footer(label: label, link: link, lead: ornament ? .ornament : .any))
        case .line:
            let pattern = try table.pattern(match)
            guard pattern.firstText != nil else {
                throw table.refusal("match", "a line is known by how it begins: exact, prefix, leading-word or shape")
            }
            self = .line(pattern)
        case .branch:
            let pattern = try table.pattern(match)
            guard pattern.firstText?.hasPrefix("refs/") != true else {
                throw table.refusal(
                    "value", "is a branch's name without 'refs/heads/'; for other refs say where = \"ref\"")
            }
            self = .ref(pattern)
        case .ref:
            let pattern = try table.pattern(match)
            guard match == .exact || match == .prefix, let text = pattern.firstText, text.hasPrefix("refs/"),
                !text.hasPrefix("refs/heads/")
            else {
                let fault = "is the full name of a ref that is no branch, or its beginning"
                throw table.refusal("value", "\(fault); for branches say where = \"branch\"")
            }
            self = .ref(pattern)
        case .pushIdentity: self = .pusher(try table.pattern(match))
        case .signingKey:
            let text = try table.text("value")
            guard let key = KeyFingerprint(text) else {
                throw table.refusal(
                    "value", "'\(text)' is not a key's fingerprint such as ssh-keygen -l prints (SHA256:...)")
            }
            self = .key(key.description)
        }
    }
}

/// Trailers that persons write, or that git writes for them: any value of them would be a mark of everybody.
private let personalKeys: Set<String> = [
    "acked-by", "bug", "cc", "change-id", "closes", "co-authored-by", "coauthored-by", "co-authoredby", "delegation",
    "fixes", "issue", "link", "refs", "reported-by", "reviewed-by", "see-also", "signed-off-by", "suggested-by",
    "tested-by",
]

extension MarkEntry.Place {
    /// Whether only one exact text makes sense there.
    fileprivate var isExact: Bool {
        switch self {
        case .email, .authorEmail, .committerEmail, .coAuthorEmail, .gitHubAccount, .trailerEmail, .footer, .signingKey:
            true
        case .authorName, .committerName, .coAuthorName, .trailer, .line, .branch, .ref, .pushIdentity: false
        }
    }
}

extension RecordTable {
    /// The longest text of a mark, in bytes.
    private static let maximumMarkByteCount = 250

    fileprivate mutating func pattern(
        _ match: MarkEntry.Match, takesAny: Bool = false
    ) throws(RecordError) -> Pattern {
        guard match != .any else {
            guard takesAny else { throw refusal("match", "'any' would find everything; only a trailer takes it") }
            return .anything
        }
        let text = try text("value").folded
        guard text.utf8.count <= Self.maximumMarkByteCount else {
            throw refusal("value", "is longer than \(Self.maximumMarkByteCount) bytes")
        }
        let pattern: Pattern
        switch match {
        case .exact, .any: pattern = .exact(text)
        case .prefix: pattern = .prefix(text)
        case .suffix: pattern = .suffix(text)
        case .contains: pattern = .contains(text)
        case .word: pattern = .word(text)
        case .leadingWord: pattern = .leadingWord(text)
        case .shape:
            do throws(Pattern.ShapeFault) {
                pattern = try Pattern(shape: text)
            } catch {
                throw refusal("value", error.rawValue)
            }
        }
        let least = match == .word || match == .leadingWord || match == .exact ? 2 : 3
        guard pattern.leastByteCount >= least else {
            throw refusal("value", "is too wide: '\(match.rawValue)' needs \(least) bytes or more")
        }
        return pattern
    }

    fileprivate mutating func address() throws(RecordError) -> String {
        let text = try text("value").folded
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, text.utf8.count <= Self.maximumMarkByteCount,
            !text.utf8.contains(where: " <>".utf8.contains)
        else { throw refusal("value", "'\(text)' is not an address such as agent@example.org") }
        return text
    }

    /// GitHub's number of an account and its login, as they stand in its address.
    fileprivate mutating func account() throws(RecordError) -> (id: UInt64, login: String) {
        let text = try text("value").folded
        let parts = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = UInt64(parts[0]), id > 0, String(id) == parts[0], parts[0].utf8.count <= 18,
            (1...100).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-_[]".utf8.contains(byte)
            })
        else {
            throw refusal("value", "'\(text)' is not the number and the login of an account, such as 12345+name[bot]")
        }
        return (id, String(parts[1]))
    }

    /// The key of a trailer, in lower case.
    fileprivate mutating func trailerKey() throws(RecordError) -> String {
        let key = try text("key").folded
        guard (2...64).contains(key.utf8.count), key.utf8.first != UInt8(ascii: "-"),
            key.utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
            })
        else { throw refusal("key", "'\(key)' may hold only letters, digits and -, from 2 to 64 of them") }
        return key
    }
}

extension String {
    /// ASCII letters in lower case, which is how marks compare.
    fileprivate var folded: String { String(decoding: utf8.map(\.foldedASCII), as: UTF8.self) }
}
