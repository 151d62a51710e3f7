import RemitAuthority
import RemitGit
package import RemitHosts
package import RemitModel

/// What the administrator sets where no pusher can write: in the repository's own git configuration, or for the whole
/// server.
package struct Settings: Sendable {
    /// The authority's repository, an absolute path.
    package let authority: String
    package let authorityRef: String
    /// The digest of `roots/1.toml`.
    package let root: RecordID
    /// The repository's name in delegations and policy.
    package let repository: String
    /// The ledger's file, an absolute path; `nil` only where no hook runs.
    package let ledger: String?
    package let mode: Mode
    package let host: HostConfiguration
    /// The file from which a part of this may be; `nil` where there is none.
    package let site: SiteConfiguration?
    /// Whether every push must be signed (`git push --signed`).
    package let requiresPushCertificate: Bool
    /// The addresses by which pushers reach this repository, as git writes them into a push certificate; empty where the
    /// nonce alone binds it.
    package let pushees: [String]

    package static let defaultAuthorityRef = "refs/heads/main"

    /// Every key, in the order in which help and documentation list them.
    package static let keys: [(name: String, meaning: String)] = [
        ("remit.authority", "the authority's git directory, an absolute path"),
        ("remit.authorityRef", "the ref to read it at; default \(defaultAuthorityRef)"),
        ("remit.root", "the digest of its roots/1.toml, sha256:..."),
        ("remit.repository", "this repository's name in delegations and policy; default: the host's own"),
        ("remit.ledger", "the ledger's file, an absolute path outside every repository"),
        ("remit.mode", "enforce (default) or monitor: judge and record, refuse nothing"),
        (
            "remit.host",
            "what runs the hook: \(HostKind.allCases.map(\.rawValue).joined(separator: ", ")); default plain"
        ),
        ("remit.pusherVariable", "with host ssh: the variable in which the forced command names the account"),
        ("remit.deadline", "seconds after which a push is refused undecided; default by host"),
        (
            "remit.pushCertificate",
            "optional (default): a signed push is verified, another is taken too; or required: none without"
        ),
        (
            "remit.pushee",
            "an address by which this repository is pushed to, without name and password; may be set several times"
        ),
    ]

    /// Reads the settings.
    ///
    /// A key that is missing, doubled or malformed is an error that names it.
    ///
    /// - Parameters:
    ///   - site: what holds for every repository of the server that does not set it itself.
    ///   - named: what the server calls the repository, asked only where no setting names it; `nil` where nobody does.
    package init(
        of reader: GitReader, site: SiteConfiguration? = nil, needsLedger: Bool = true,
        named: (HostConfiguration) throws(GateError) -> String? = { _ in nil }
    ) throws(GateError) {
        try self.init(Configuration(reader, site), needsLedger: needsLedger, named: named)
    }

    /// Reads them from all values of each key.
    init(
        site: SiteConfiguration?, from values: @escaping (String) throws(GitError) -> [String],
        named: (HostConfiguration) throws(GateError) -> String?
    ) throws(GateError) {
        try self.init(Configuration(site, values), needsLedger: true, named: named)
    }

    private init(
        _ configuration: Configuration, needsLedger: Bool,
        named: (HostConfiguration) throws(GateError) -> String?
    ) throws(GateError) {
        authority = try configuration.path("remit.authority")
        authorityRef = try configuration.value("remit.authorityRef") ?? Self.defaultAuthorityRef
        let pin = try configuration.required("remit.root")
        guard pin.hasPrefix(RecordID.prefix), let root = RecordID(pin) else {
            throw configuration.fault("remit.root", "must be 'sha256:' and 64 lower-case hexadecimal digits")
        }
        self.root = root
        let set = try configuration.value("remit.repository")
        ledger = needsLedger ? try configuration.path("remit.ledger") : nil
        let word = try configuration.value("remit.mode") ?? Mode.enforce.rawValue
        guard let mode = Mode(rawValue: word) else {
            throw configuration.fault("remit.mode", "'\(word)' is neither enforce nor monitor")
        }
        self.mode = mode
        let host = try configuration.host()
        self.host = host
        if let set {
            repository = set
        } else if let name = try named(host) {
            repository = name
        } else {
            repository = try configuration.required("remit.repository")
        }
        site = configuration.site
        requiresPushCertificate = try configuration.requiresPushCertificate()
        pushees = try configuration.pushees()
    }

    /// What runs the hook, whatever else is set: enough to speak to the pusher as that server wants it.
    package static func host(
        of reader: GitReader, site: SiteConfiguration? = nil
    ) throws(GateError) -> HostConfiguration {
        try Configuration(reader, site).host()
    }
}

/// Strict reading of single-valued keys: of a repository's own configuration, and then of the site's.
private struct Configuration {
    private let own: (String) throws(GitError) -> [String]
    /// The same for keys that archives of earlier releases know nothing of.
    private let ownLater: (String) throws(GitError) -> [String]
    let site: SiteConfiguration?

    init(_ reader: GitReader, _ site: SiteConfiguration?) {
        own = { key throws(GitError) in try reader.repository.configuration(key) }
        ownLater = { key throws(GitError) in try reader.repository.configuration(since: key) }
        self.site = site
    }

    init(_ site: SiteConfiguration?, _ own: @escaping (String) throws(GitError) -> [String]) {
        (self.own, ownLater) = (own, own)
        self.site = site
    }

    /// Names the place that has the fault: the site's file only where the repository says nothing of the key.
    func fault(_ key: String, _ reason: String) -> GateError {
        if let site, !site[key].isEmpty, !isOwn(key) {
            return GateError(.undecidedConfiguration, "\(key) in '\(site.path)': \(reason)")
        }
        return GateError(.undecidedConfiguration, "git config \(key): \(reason)")
    }

    private func isOwn(_ key: String) -> Bool {
        do throws(GitError) { return try !own(key).isEmpty } catch { return true }
    }

    func value(_ key: String) throws(GateError) -> String? {
        try single(key, of: values(key))
    }

    /// Every value of a key: the repository's own, or else the file's.
    private func values(_ key: String) throws(GateError) -> [String] {
        let own = try GateError.reading { () throws(GitError) in try self.own(key) }
        return own.isEmpty ? site?[key] ?? [] : own
    }

    private func single(_ key: String, of values: [String]) throws(GateError) -> String? {
        guard values.count <= 1 else { throw fault(key, "is set \(values.count) times") }
        guard let value = values.first else { return nil }
        guard !value.isEmpty else { throw fault(key, "is empty") }
        return value
    }

    func required(_ key: String) throws(GateError) -> String {
        guard let value = try value(key) else {
            guard let site else { throw fault(key, "is not set in this repository") }
            throw fault(key, "is set neither in this repository nor in '\(site.path)'")
        }
        return value
    }

    func path(_ key: String) throws(GateError) -> String {
        let value = try required(key)
        guard value.hasPrefix("/") else { throw fault(key, "'\(value)' is not an absolute path") }
        return value
    }

    func requiresPushCertificate() throws(GateError) -> Bool {
        let key = "remit.pushCertificate"
        switch try single(key, of: later(key)) {
        case "optional", nil: return false
        case "required": return true
        case let word?: throw fault(key, "'\(word)' is neither optional nor required")
        }
    }

    func pushees() throws(GateError) -> [String] {
        let (key, known) = ("remit.pushee", try later("remit.pushee"))
        guard known.count <= Self.maximumPusheeCount else {
            throw fault(key, "is set \(known.count) times, at most \(Self.maximumPusheeCount)")
        }
        for address in known where address.isEmpty || address.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            throw fault(key, "'\(address)' is no address: it is empty, or has a space or a control byte")
        }
        return known
    }

    private static let maximumPusheeCount = 64

    /// Every value of a key that older archives know nothing of.
    private func later(_ key: String) throws(GateError) -> [String] {
        let own = try GateError.reading { () throws(GitError) in try self.ownLater(key) }
        return own.isEmpty ? site?[key] ?? [] : own
    }

    func host() throws(GateError) -> HostConfiguration {
        let word = try value("remit.host") ?? HostKind.plain.rawValue
        let kind: HostKind
        do {
            kind = try HostKind(configured: word)
        } catch {
            throw fault("remit.host", "'\(word)' is not one of: \(error.known.joined(separator: ", "))")
        }
        let variable = try value("remit.pusherVariable")
        var seconds: Int?
        if let text = try value("remit.deadline") {
            guard let number = Int(text), (1...86_400).contains(number), String(number) == text else {
                throw fault("remit.deadline", "'\(text)' is not a number of seconds from 1 to 86400")
            }
            seconds = number
        }
        do throws(InvocationError) {
            return try HostConfiguration(
                kind: kind, pusherVariable: variable.map { ByteString($0) }, deadlineSeconds: seconds)
        } catch {
            throw fault("remit.pusherVariable", error.reason)
        }
    }
}
