import RemitModel

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

    /// The variables by which this server names a repository, as a shell is given them; none where it names none.
    ///
    /// - Parameter name: as records hold it: no character of it means anything to a shell.
    package func variables(naming name: String?) -> [String] {
        guard let name, let last = host.repositoryVariables.last else { return [] }
        let parts = name.split(separator: "/", maxSplits: host.repositoryVariables.count - 1).map(String.init)
        guard parts.count == host.repositoryVariables.count else {
            return ["\(String(decoding: last.bytes, as: UTF8.self))=\(name)"]
        }
        return zip(host.repositoryVariables, parts).map { "\(String(decoding: $0.bytes, as: UTF8.self))=\($1)" }
    }

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
