import RemitAuthority
import RemitGit
package import RemitHosts
package import RemitModel

/// What the administrator sets in the repository's own git configuration, where no pusher can write.
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

    package static let defaultAuthorityRef = "refs/heads/main"

    /// Every key, in the order in which help and documentation list them.
    package static let keys: [(name: String, meaning: String)] = [
        ("remit.authority", "the authority's git directory, an absolute path"),
        ("remit.authorityRef", "the ref to read it at; default \(defaultAuthorityRef)"),
        ("remit.root", "the digest of its roots/1.toml, sha256:..."),
        ("remit.repository", "this repository's name in delegations and policy"),
        ("remit.ledger", "the ledger's file, an absolute path outside every repository"),
        ("remit.mode", "enforce (default) or monitor: judge and record, refuse nothing"),
        (
            "remit.host",
            "what runs the hook: \(HostKind.allCases.map(\.rawValue).joined(separator: ", ")); default plain"
        ),
        ("remit.pusherVariable", "with host ssh: the variable in which the forced command names the account"),
        ("remit.deadline", "seconds after which a push is refused undecided; default by host"),
    ]

    /// Reads the settings.
    ///
    /// A key that is missing, doubled or malformed is an error that names it.
    package init(of reader: GitReader, needsLedger: Bool = true) throws(GateError) {
        let configuration = Configuration(reader)
        authority = try configuration.path("remit.authority")
        authorityRef = try configuration.value("remit.authorityRef") ?? Self.defaultAuthorityRef
        let pin = try configuration.required("remit.root")
        guard pin.hasPrefix(RecordID.prefix), let root = RecordID(pin) else {
            throw Configuration.fault("remit.root", "must be 'sha256:' and 64 lower-case hexadecimal digits")
        }
        self.root = root
        repository = try configuration.required("remit.repository")
        ledger = needsLedger ? try configuration.path("remit.ledger") : nil
        let word = try configuration.value("remit.mode") ?? Mode.enforce.rawValue
        guard let mode = Mode(rawValue: word) else {
            throw Configuration.fault("remit.mode", "'\(word)' is neither enforce nor monitor")
        }
        self.mode = mode
        host = try configuration.host()
    }
}

/// Strict reading of single-valued keys of a repository's configuration.
private struct Configuration {
    private let reader: GitReader

    init(_ reader: GitReader) {
        self.reader = reader
    }

    static func fault(_ key: String, _ reason: String) -> GateError {
        GateError(.undecidedConfiguration, "git config \(key): \(reason)")
    }

    func value(_ key: String) throws(GateError) -> String? {
        let values = try GateError.reading { () throws(GitError) in try reader.repository.configuration(key) }
        guard values.count <= 1 else { throw Self.fault(key, "is set \(values.count) times") }
        guard let value = values.first else { return nil }
        guard !value.isEmpty else { throw Self.fault(key, "is empty") }
        return value
    }

    func required(_ key: String) throws(GateError) -> String {
        guard let value = try value(key) else { throw Self.fault(key, "is not set in this repository") }
        return value
    }

    func path(_ key: String) throws(GateError) -> String {
        let value = try required(key)
        guard value.hasPrefix("/") else { throw Self.fault(key, "'\(value)' is not an absolute path") }
        return value
    }

    func host() throws(GateError) -> HostConfiguration {
        let word = try value("remit.host") ?? HostKind.plain.rawValue
        let kind: HostKind
        do {
            kind = try HostKind(configured: word)
        } catch {
            throw Self.fault("remit.host", "'\(word)' is not one of: \(error.known.joined(separator: ", "))")
        }
        let variable = try value("remit.pusherVariable")
        var seconds: Int?
        if let text = try value("remit.deadline") {
            guard let number = Int(text), (1...86_400).contains(number), String(number) == text else {
                throw Self.fault("remit.deadline", "'\(text)' is not a number of seconds from 1 to 86400")
            }
            seconds = number
        }
        do throws(InvocationError) {
            return try HostConfiguration(
                kind: kind, pusherVariable: variable.map { ByteString($0) }, deadlineSeconds: seconds)
        } catch {
            throw Self.fault("remit.pusherVariable", error.reason)
        }
    }
}
