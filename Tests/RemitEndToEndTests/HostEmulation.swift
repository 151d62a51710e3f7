import Foundation
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A git server as its hooks see it: a real push, real git, and in the place of the hook a script that makes the
/// environment which that server makes, from what it knows of the pusher, and starts the real `remit-hook` in the way in
/// which that server starts hooks.
///
/// What the server knows comes to the script in variables that begin with `SERVER_`, which no host believes.
final class HostEmulation {
    let server: TestServer
    let host: String
    let root: String

    /// - Parameters:
    ///   - files: scripts below the repository, run by git or by one another; `REMIT` is the program with its arguments.
    ///   - site: whether the settings are in a file for the whole server, and the repository sets nothing but its name.
    init(_ host: String, files: [String: String], site: Bool = false) throws {
        self.host = host
        let authority = try TestAuthority()
        try authority.publish { $0.repositories = [.init("payments", attribution: "authenticated")] }
        server = try TestServer(authority, settings: ["remit.host": host])
        root = server.directory.path
        var program = "'\(try BuiltProducts.hook)' pre-receive"
        if site {
            let config = "\(server.repository.path)/config"
            let text = String(decoding: try readFile(config), as: UTF8.self)
            let start = try #require(text.range(of: "[remit]")).lowerBound
            let settings = text[start...].replacing(#/\[remit\]\n\trepository = .*\n/#, with: "")
            try writeFile(Array(settings.utf8), to: "\(root)/remit.config")
            try writeFile(Array((text[..<start] + "[remit]\n\trepository = payments\n").utf8), to: config)
            program += " --config '\(root)/remit.config'"
        }
        for (name, script) in files {
            try writeFile(
                Array(script.replacing("REMIT", with: program).replacing("ROOT/", with: "\(root)/").utf8),
                to: name.hasPrefix("/") ? "\(root)\(name)" : "\(server.repository.path)/\(name)", executable: true)
        }
    }

    /// What a pusher with a shell account, or careless servers before this one, could leave in the environment.
    static let spoofed = [
        "GL_USER": "sam", "GL_REPO": "other", "GL_USERNAME": "sam", "GL_ID": "user-1", "GL_PROTOCOL": "web",
        "GL_PROJECT_PATH": "other/other", "GL_REPOSITORY": "project-1", "REMOTE_USER": "sam",
        "GITEA_PUSHER_NAME": "sam", "GITEA_PUSH_TRIGGER": "pr-merge-to-base", "GITEA_REPO_NAME": "other",
        "GITEA_REPO_USER_NAME": "other", "GITHUB_USER_LOGIN": "sam", "GITHUB_VIA": "blob#save",
        "GITHUB_REPO_NAME": "other/other", "BB_USER_NAME": "sam", "BB_IS_DRY_RUN": "true",
        "BB_HOOK_TRIGGER_ID": "pull-request-merge", "SOFT_SERVE_USERNAME": "sam", "SOFT_SERVE_REPO_NAME": "other",
        "USER": "sam", "LOGNAME": "sam", "GERRIT_SITE": "/",
    ]

    /// Commits a change of Dana's and pushes it to `main`.
    func push(_ known: [String: String]) throws -> Output {
        let count = try server.entries().count
        try server.commit(["README.md": .file("change \(count)\n")])
        let output = try server.push("refs/heads/main", environment: Self.spoofed.merging(known) { $1 })
        try expectSameAgain(inLedgerAt: server.ledgerPath, after: count)
        return output
    }

    /// The newest decision.
    func decision() throws -> Decision {
        try DecisionDocument.parse(try #require(try server.documents().last), of: "the newest decision")
    }

    /// A push by Dana is let through, and says so of itself.
    func expectAllowed(
        _ known: [String: String], by vouchedBy: String, route: Route, location: SourceLocation = #_sourceLocation
    ) throws {
        let output = try push(known)
        #expect(output.status == 0, "\(output.errorText)", sourceLocation: location)
        #expect(!output.errorText.contains("remit:"), "\(output.errorText)", sourceLocation: location)
        let decision = try decision()
        #expect(decision.outcome == .allowed, sourceLocation: location)
        #expect(decision.pusher == Pusher(login: "dana", vouchedBy: vouchedBy), sourceLocation: location)
        #expect(decision.route == route, sourceLocation: location)
        #expect(decision.repository == "payments", sourceLocation: location)
    }

    /// A push of somebody whom the server does not vouch for, or whom nobody knows, is refused in exactly these words.
    func expectRefused(
        _ known: [String: String], _ reason: String, via: String? = nil, prefix: String = "",
        location: SourceLocation = #_sourceLocation
    ) throws {
        let before = try server.tip(of: "refs/heads/main")
        let output = try push(known)
        #expect(output.status == 1, "\(output.errorText)", sourceLocation: location)
        let number = try server.entries().count
        let lines = output.errorText.split(separator: "\n").filter { $0.hasPrefix("remote: ") }.map { line in
            String(line.dropFirst(8)).replacing(#/\s+$/#, with: "")
        }
        #expect(
            lines
                == [
                    "remit: refused: nothing of this push was accepted", via.map { "remit: via \($0)" },
                    "remit: error: this submission does not prove who wrote it: \(reason)",
                    "remit:   rule     attribution.unattributed", "remit:   ref      refs/heads/main",
                    "remit:   ask      dana@example.org",
                    "remit: hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'",
                    "remit: decision \(number) recorded",
                ].compactMap { $0.map { prefix + $0 } }, sourceLocation: location)
        #expect(try server.tip(of: "refs/heads/main") == before, sourceLocation: location)
    }

    static let nobody = "nobody vouches for the pusher"
    static let stranger = "the pusher's account is not registered"
}
