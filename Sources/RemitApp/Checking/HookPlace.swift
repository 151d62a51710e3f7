import RemitHosts
import RemitModel

/// Where a hook of one repository lies, which depends on what runs it.
struct HookPlace {
    let gitDirectory: String
    let host: HostKind
    var hook = HookName.preReceive

    /// The file that git, or the server's own dispatcher, runs.
    var path: String {
        let name = hook.rawValue
        // No server's script runs this one: where git runs any of the repository's own, it runs this.
        guard hook != .referenceTransaction else { return "\(gitDirectory)/hooks/\(name)" }
        return switch host {
        case .plain, .ssh, .http, .gitolite, .ghes, .bitbucket, .gerrit: "\(gitDirectory)/hooks/\(name)"
        case .gitlab: "\(gitDirectory)/custom_hooks/\(name).d/remit"
        case .gitea, .forgejo, .softServe: "\(gitDirectory)/hooks/\(name).d/remit"
        }
    }

    var directory: String { Files.parent(of: path) }

    var chainedPath: String { "\(directory)/\(HookShim.chainedName(of: hook))" }

    /// Whether git itself runs the file, so that a plain local push proves the hook.
    var isRunByGit: Bool { path.hasSuffix("/hooks/\(hook.rawValue)") }

    /// What git runs that then runs the file: the server's own script; `nil` where git runs the file itself, or nothing.
    var dispatcher: String? {
        switch host {
        case .gitea, .forgejo, .softServe: "\(gitDirectory)/hooks/\(hook.rawValue)"
        case .plain, .ssh, .http, .gitolite, .gitlab, .ghes, .bitbucket, .gerrit: nil
        }
    }

    /// Whether git begins with the repository's own `hooks`, so that a local push goes through the file.
    var isReachedByGit: Bool { isRunByGit || dispatcher != nil }

    /// Whether git runs a `reference-transaction` of ours in the repository: Gitaly has git run its own.
    var takesSafetyNet: Bool { isReachedByGit }

    /// Where another hook of the same repository lies.
    func of(_ hook: HookName) -> HookPlace { HookPlace(gitDirectory: gitDirectory, host: host, hook: hook) }
}
