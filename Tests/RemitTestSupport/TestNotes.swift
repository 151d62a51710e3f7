package import RemitModel

/// A git-ai authorship log in the standard's form.
package struct TestAuthorshipLog: Sendable {
    /// One file's path, key and ranges each.
    private var attestations: [String] = []
    private var sessions: [String] = []
    private var tools: [String: String] = [:]

    package init() {}

    /// Lines of `path` that a session of `tool` wrote, or a person where there is none.
    package func with(_ tool: String?, _ ranges: String, of path: String = "Sources/Pay.swift") -> Self {
        var copy = self
        guard let tool else {
            copy.attestations.append("\(path)\n  h_0f0f0f0f0f0f0f \(ranges)\n")
            return copy
        }
        let id = "s_\(String(repeating: "0", count: 12))\(10 + tools.count)"
        let key = tools[tool] ?? id
        if tools[tool] == nil {
            copy.tools[tool] = id
            copy.sessions.append(
                #"    "\#(id)": {"agent_id": {"tool": "\#(tool)", "id": "run-1", "model": "some-model"}}"#)
        }
        copy.attestations.append("\(path)\n  \(key)::t_aaaaaaaaaaaaaa \(ranges)\n")
        return copy
    }

    package var text: String {
        """
        \(attestations.joined())---
        {
          "schema_version": "authorship/3.0.0",
          "git_ai_version": "1.4.5",
          "base_commit_sha": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
          "prompts": {},
          "humans": {"h_0f0f0f0f0f0f0f": {"author": "Dana <dana@example.org>"}},
          "sessions": {
        \(sessions.joined(separator: ",\n"))
          }
        }
        """
    }
}

/// A record of Agent Trace.
package func agentTrace(
    _ tool: String, by contributor: String = "ai", of path: String = "Sources/Pay.swift", revision: ObjectID? = nil,
    version: String = "0.1.0"
) -> String {
    let vcs = revision.map { #""vcs":{"type":"git","revision":"\#($0.hex)"},"# } ?? ""
    return """
        {"version":"\(version)","id":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","timestamp":"2026-11-20T09:00:00Z",\(vcs)\
        "tool":{"name":"\(tool)","version":"1.0.0"},"files":[{"path":"\(path)","conversations":[{"contributor":\
        {"type":"\(contributor)"},"ranges":[{"start_line":1,"end_line":4}]}]}]}
        """
}

extension TestRepository {
    /// Puts a note on a commit as `git notes` does.
    package func note(_ text: String, on commit: ObjectID, in ref: String = "refs/notes/ai") throws {
        try git(["notes", "--ref", ref, "add", "-f", "-F", "-", commit.hex], input: Array(text.utf8))
    }
}
