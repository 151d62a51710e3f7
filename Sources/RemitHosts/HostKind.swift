/// The kind of git server that runs the hook, as the administrator configured it.
///
/// Never guessed from the environment.
package enum HostKind: String, Hashable, Sendable, CaseIterable {
    case plain
    case ssh
    case http
    case gitolite
    case gitlab
    case gitea
    case forgejo
    case ghes
    case bitbucket
    case gerrit
    case softServe = "soft-serve"

    /// Reads the word of the configuration, in exactly this spelling.
    package init(configured word: String) throws(UnknownHostKind) {
        guard let kind = HostKind(rawValue: word) else { throw UnknownHostKind() }
        self = kind
    }

    /// What begins each line that the server is to show to the pusher.
    package var linePrefix: String { host.linePrefix }

    var host: Host {
        switch self {
        case .plain: .plain
        case .ssh: .ssh
        case .http: .http
        case .gitolite: .gitolite
        case .gitlab: .gitlab
        case .gitea: .gitea
        case .forgejo: .forgejo
        case .ghes: .ghes
        case .bitbucket: .bitbucket
        case .gerrit: .gerrit
        case .softServe: .softServe
        }
    }
}

/// The configuration names a kind of server that is not known.
package struct UnknownHostKind: Error, Hashable, Sendable {
    /// What could have been written.
    package var known: [String] { HostKind.allCases.map(\.rawValue) }
}
