import RemitHosts
import RemitModel

/// Where the hook of one repository lies, which depends on what runs it.
struct HookPlace {
    let gitDirectory: String
    let host: HostKind

    /// The file that git, or the server's own dispatcher, runs.
    var path: String {
        switch host {
        case .plain, .ssh, .http, .gitolite, .ghes: "\(gitDirectory)/hooks/pre-receive"
        case .gitlab: "\(gitDirectory)/custom_hooks/pre-receive.d/remit"
        case .gitea, .forgejo: "\(gitDirectory)/hooks/pre-receive.d/remit"
        }
    }

    var directory: String { Files.parent(of: path) }

    var chainedPath: String { "\(directory)/\(HookShim.chainedName)" }

    /// Whether git itself runs the file, so that a plain local push proves the hook.
    var isRunByGit: Bool { path.hasSuffix("/hooks/pre-receive") }
}
