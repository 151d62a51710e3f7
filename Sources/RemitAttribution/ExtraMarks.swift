import RemitFormats
package import RemitModel

/// The marks of an organisation's own agents, from its inventory.
///
/// On the same address, account or key they stand in the catalogue's place: the organisation knows whose it is. A ref
/// prefix adds to the catalogue's.
package struct ExtraMarks: Sendable {
    private var emails: [[UInt8]: [String]] = [:]
    private var accounts: [UInt64: [String]] = [:]
    private var logins: [[UInt8]: [String]] = [:]
    private var keys: [KeyFingerprint: [String]] = [:]
    private var refPrefixes: [(prefix: ByteString, agent: String)] = []

    package static let none = ExtraMarks()

    package init() {}

    /// An exact address; one of GitHub's numbered ones counts by its number.
    package mutating func add(email: ByteString, agent: String) {
        if let account = GitHubAddress(email.bytes[...]), account.id != GitHubAddress.sharedAccount {
            accounts[account.id, default: []].append(agent)
        } else {
            emails[email.bytes.map(\.foldedASCII), default: []].append(agent)
        }
    }

    package mutating func add(login: ByteString, agent: String) {
        logins[login.bytes.map(\.foldedASCII), default: []].append(agent)
    }

    package mutating func add(key: KeyFingerprint, agent: String) {
        keys[key, default: []].append(agent)
    }

    /// A prefix of a full ref name: `refs/heads/agent/`.
    ///
    /// Compared as bytes.
    package mutating func add(refPrefix: ByteString, agent: String) {
        refPrefixes.append((refPrefix, agent))
    }

    func agents(ofEmail email: ArraySlice<UInt8>) -> [String] {
        guard !(emails.isEmpty && accounts.isEmpty) else { return [] }
        if let account = GitHubAddress(email), let agents = accounts[account.id] { return agents }
        return emails[email.map(\.foldedASCII)] ?? []
    }

    func agents(ofLogin login: ByteString) -> [String] {
        logins.isEmpty ? [] : logins[login.bytes.map(\.foldedASCII)] ?? []
    }

    func agents(ofKey key: KeyFingerprint) -> [String] { keys[key] ?? [] }

    func agents(ofRef ref: ByteString) -> [String] {
        refPrefixes.filter { ref.bytes.starts(with: $0.prefix.bytes) }.map(\.agent)
    }
}
