import RemitFormats
package import RemitModel

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

    /// What the name of the ref says to which the commit was pushed.
    package func scan(ref: ByteString, extra: ExtraMarks = .none) -> MarkScan {
        var scan = MarkScan()
        let prefix = "refs/heads/"
        let name = ref.starts(with: prefix) ? ref.bytes.dropFirst(prefix.utf8.count) : ref.bytes[...]
        for agent in extra.agents(ofRef: ref) { scan.addExtra(agent, .ref, ref) }
        for index in refs {
            if case .ref(let pattern) = mark(index).form, pattern.matches(name) {
                report(index, .ref, ref, to: &scan)
            }
        }
        return scan
    }

    /// What the account says that the server vouches for.
    package func scan(login: ByteString, extra: ExtraMarks = .none) -> MarkScan {
        var scan = MarkScan()
        let own = extra.agents(ofLogin: login)
        guard own.isEmpty else {
            for agent in own { scan.addExtra(agent, .pusher, login) }
            return scan
        }
        let name = login.bytes[...]
        logins.forEach(name) { report($0, .pusher, login, to: &scan, atMost: .strong) }
        for index in pushers {
            if case .pusher(let pattern) = mark(index).form, pattern.matches(name) {
                report(index, .pusher, login, to: &scan)
            }
        }
        return scan
    }

    /// What a key says whose signature over the commit has been verified; never one that was only claimed.
    package func scan(key: KeyFingerprint, extra: ExtraMarks = .none) -> MarkScan {
        var scan = MarkScan()
        let excerpt = ByteString(key.description)
        let own = extra.agents(ofKey: key)
        for agent in own { scan.addExtra(agent, .signingKey, excerpt) }
        if own.isEmpty {
            for index in marks(ofKey: key) { report(index, .signingKey, excerpt, to: &scan) }
        }
        return scan
    }

    /// Agents only.
    package func evidence(for commit: RawCommit) -> [Evidence] { scan(commit).agents }
    package func evidence(forRef ref: ByteString) -> [Evidence] { scan(ref: ref).agents }
    package func evidence(forPusher login: ByteString) -> [Evidence] { scan(login: login).agents }
    package func evidence(forKey key: KeyFingerprint) -> [Evidence] { scan(key: key).agents }
}

extension MarkCatalogue {
    /// What one name and address say.
    ///
    /// `excerpt` is made from them when there is none and something matched.
    func scan(
        name: ArraySlice<UInt8>, email: ArraySlice<UInt8>, line: Mark.Lines, place: MarkPlace, excerpt: ByteString?,
        extra: ExtraMarks, atMost limit: Confidence = .definite
    ) -> MarkScan {
        var scan = MarkScan()
        func shown() -> ByteString {
            excerpt ?? ByteString(Array(name) + Array(" <".utf8) + Array(email) + Array(">".utf8))
        }
        let own = extra.agents(ofEmail: email)
        for agent in own { scan.addExtra(agent, place, shown()) }
        var isListed = !own.isEmpty
        if own.isEmpty {
            isListed = emails.forEach(email) { index in
                if case .email(_, let lines) = mark(index).form, lines.contains(line) {
                    report(index, place, shown(), to: &scan, atMost: limit)
                }
            }
            if !isListed, let account = GitHubAddress(email) {
                for index in marks(ofAccount: account.id) {
                    isListed = true
                    if case .gitHub(_, _, let lines) = mark(index).form, lines.contains(line) {
                        report(index, place, shown(), to: &scan, atMost: limit)
                    }
                }
            }
        }
        for index in names {
            if case .name(let pattern, let lines) = mark(index).form, lines.contains(line),
                pattern.matches(name)
            {
                report(index, place, shown(), to: &scan, atMost: limit)
            }
        }
        if !isListed, line == .author, Pattern.suffix("[bot]" + GitHubAddress.domain).matches(email) {
            scan.add(
                Evidence(
                    agent: Self.unlistedApp, kind: .bot, place: place, strength: .declared, confidence: .strong,
                    excerpt: shown()))
        }
        return scan
    }

    func report(
        _ index: Int, _ place: MarkPlace, _ excerpt: ByteString, to scan: inout MarkScan,
        atMost limit: Confidence = .definite
    ) {
        let tool = tool(of: index)
        scan.add(
            Evidence(
                agent: tool.id, kind: tool.kind, place: place, strength: place.strength,
                confidence: min(mark(index).confidence, limit), excerpt: excerpt))
    }

    /// Says whether a line that begins so can be a footer or another whole-line mark.
    func canBeginLine(_ first: UInt8) -> Bool {
        switch first.foldedASCII {
        case UInt8(ascii: "g"), UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "*"), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: first >= 0x80
        }
    }
}

extension MarkScan {
    fileprivate mutating func addExtra(_ agent: String, _ place: MarkPlace, _ excerpt: ByteString) {
        add(
            Evidence(
                agent: agent, place: place, strength: place.strength, confidence: .definite, excerpt: excerpt))
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
