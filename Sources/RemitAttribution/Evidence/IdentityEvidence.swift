import RemitFormats
import RemitModel

/// Identities: the author's, the committer's and each co-author's name and address.
///
/// - Who writes it: a cloud agent commits under an account of its own; a tool on a person's machine adds itself as
///   co-author, under an address that its vendor chose; a model that writes the message itself invents one.
/// - How it is matched: an exact address, without regard to case. GitHub's numbered addresses
///   (`<id>+<login>@users.noreply.github.com`) count by the number alone, because logins are renamed and apps have
///   shared a number under two of them; `github-actions[bot]`, under whose number other tools commit, is the one
///   exception. A few names count where nobody could be called so: `… (aider)`, `copilot-swe-agent[bot]`.
/// - How sure: what the catalogue says, by line: an address can be definite of a co-author and strong of an author.
/// - What it misses: whoever commits under the person's own name, as tools that run on a person's machine do by default.
/// - What it must not take: bare given names (Claude, Devin, Jules), vendors' domains (people work there), look-alike
///   addresses, another account that has taken a known login.
///
/// Source: the vendors' documentation of their attribution settings; account numbers from GitHub's API.
extension MarkCatalogue {
    /// What one name and address say.
    ///
    /// `excerpt` is made from them when there is none and something matched.
    func scan(
        name: ArraySlice<UInt8>, email: ArraySlice<UInt8>, line: Mark.Lines, place: MarkPlace, excerpt: ByteString?,
        extra: ExtraMarks, reading: Reading = .plain
    ) -> MarkScan {
        var scan = MarkScan()
        func shown() -> ByteString {
            excerpt ?? ByteString(Array(name) + Array(" <".utf8) + Array(email) + Array(">".utf8))
        }
        let own = extra.agents(ofEmail: email)
        for agent in own { scan.addExtra(agent, place, shown(), reading: reading) }
        var isListed = !own.isEmpty
        if own.isEmpty {
            isListed = emails.forEach(email) { index in
                if case .email(_, let lines) = mark(index).form, lines.contains(line) {
                    report(index, place, shown(), to: &scan, reading: reading)
                }
            }
            if !isListed, let account = GitHubAddress(email) {
                for index in marks(ofAccount: account.id) {
                    isListed = true
                    if case .gitHub(_, _, let lines) = mark(index).form, lines.contains(line) {
                        report(index, place, shown(), to: &scan, reading: reading)
                    }
                }
            }
        }
        let first = name.first?.foldedASCII
        for candidate in names where candidate.mayMatch(first, on: line) {
            if case .name(let pattern, _) = mark(candidate.index).form, pattern.matches(name) {
                report(candidate.index, place, shown(), to: &scan, reading: reading)
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

    /// Says whether an address is some tool's.
    func lists(email: ArraySlice<UInt8>) -> Bool {
        if emails.forEach(email, { _ in }) { return true }
        return GitHubAddress(email).map { !marks(ofAccount: $0.id).isEmpty } ?? false
    }
}
