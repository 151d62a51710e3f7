package import RemitModel

/// How a piece of text was come by, and how much it can therefore say.
struct Reading {
    /// The most that a mark read so can be worth.
    let limit: Confidence
    let malformation: Evidence.Malformation?
    /// The bytes of the message that were read, where what is looked at is not a part of them.
    var source: ArraySlice<UInt8>?

    init(limit: Confidence, malformation: Evidence.Malformation? = nil, source: ArraySlice<UInt8>? = nil) {
        self.limit = limit
        self.malformation = malformation
        self.source = source
    }

    /// As the tool wrote it.
    static let plain = Reading(limit: .definite, malformation: nil)
    static let atMostStrong = Reading(limit: .strong, malformation: nil)

    /// Mangled on its way: what is left is never more than strong.
    static func mangled(_ malformation: Evidence.Malformation, source: ArraySlice<UInt8>? = nil) -> Reading {
        Reading(limit: .strong, malformation: malformation, source: source)
    }

    /// The same text, of which less is believed.
    func weak() -> Reading { Reading(limit: .weak, malformation: malformation, source: source) }

    /// The same text, mangled; what was wrong with it first stays.
    func mangled(_ other: Evidence.Malformation) -> Reading {
        Reading(limit: min(limit, .strong), malformation: malformation ?? other, source: source)
    }
}

extension MarkCatalogue {
    /// Everything that the commit's own bytes say.
    package func scan(_ commit: RawCommit, extra: ExtraMarks = .none) -> MarkScan {
        var scanner = MessageScanner(catalogue: self, extra: extra, message: commit.message)
        for (identity, line, place) in [
            (commit.author, Mark.Lines.author, MarkPlace.author), (commit.committer, .committer, .committer),
        ] {
            scanner.scan.add(
                scan(
                    name: identity.name.bytes[...], email: identity.email.bytes[...], line: line, place: place,
                    excerpt: nil, extra: extra))
        }
        scanner.run()
        return scanner.scan
    }

    func report(
        _ index: Int, _ place: MarkPlace, _ excerpt: ByteString, to scan: inout MarkScan, reading: Reading = .plain
    ) {
        let tool = tool(of: index)
        scan.add(
            Evidence(
                agent: tool.id, kind: tool.kind, place: place, strength: place.strength,
                confidence: min(mark(index).confidence, reading.limit), malformation: reading.malformation,
                excerpt: excerpt))
    }
}

extension MarkScan {
    mutating func addExtra(
        _ agent: String, _ place: MarkPlace, _ excerpt: ByteString, reading: Reading = .plain
    ) {
        add(
            Evidence(
                agent: agent, place: place, strength: place.strength, confidence: reading.limit,
                malformation: reading.malformation, excerpt: excerpt))
    }
}

extension MarkPlace {
    /// How much evidence from this place proves.
    var strength: Strength {
        switch self {
        case .author, .committer, .trailer, .message, .pushOption, .note, .record: .declared
        case .ref, .pusher: .transport
        case .signingKey: .cryptographic
        }
    }
}

extension MarkCatalogue {
    /// Agents only.
    package func evidence(for commit: RawCommit) -> [Evidence] { scan(commit).agents }
    package func evidence(forRef ref: ByteString) -> [Evidence] { scan(ref: ref).agents }
    package func evidence(forPusher login: ByteString) -> [Evidence] { scan(login: login).agents }
    package func evidence(forKey key: KeyFingerprint) -> [Evidence] { scan(key: key).agents }
}
