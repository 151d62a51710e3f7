import RemitReport

/// Where source is, in the way that SLSA names it: `git+` and a URL.
enum SourceURI {
    /// The URI of a remote, as git or `--resource` has it; `nil` for what is none.
    ///
    /// Whatever could be a secret is left out: systems put the job's token into the URL of its clone.
    static func of(_ remote: String) -> String? {
        let text = remote.hasPrefix("git+") ? String(remote.dropFirst(4)) : remote
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        if text.hasPrefix("/") { return "git+file://\(text)" }
        guard let mark = text.firstRange(of: "://") else { return ofShortForm(text) }
        let scheme = text[..<mark.lowerBound].lowercased()
        let rest = text[mark.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard ["https", "http", "ssh", "git", "file"].contains(scheme), path.count > 1 else { return nil }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard let name = host.last, scheme == "file" || !name.isEmpty else { return nil }
        // The name with which one logs in by ssh says where the source is; any other is a secret's.
        let user = host.count > 1 && scheme == "ssh" ? host[0].prefix { $0 != ":" } + "@" : ""
        return "git+\(scheme)://\(user)\(name)\(path)"
    }

    /// What git takes for ssh: `[user@]host:path`.
    private static func ofShortForm(_ text: String) -> String? {
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return nil }
        let path = text[text.index(after: colon)...].drop { $0 == "/" }
        let (host, isNamed) = (text[..<colon], !text[..<colon].hasPrefix("-"))
        guard !host.isEmpty, isNamed, !path.isEmpty else { return nil }
        return "git+ssh://\(host)/\(path)"
    }

    /// The URI of the remote `origin`.
    static func ofOrigin(_ git: Git) throws(AppError) -> String {
        let output = try git.attempt(["remote", "get-url", "origin"])
        guard output.status == 0, let uri = of(output.text) else {
            throw AppError(
                "there is no URL of a remote 'origin' for the statement", hint: "give --resource git+URL",
                status: .usage)
        }
        return uri
    }
}
