import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor WebServers { static let shared = WebServers() }

/// `git http-backend` behind nginx, which knows its users by name and password.
@WebServers @Suite struct WebServerTests {
    typealias WebRow = ServedRow<WebServer>

    private static let authority = Result { try TestAuthority() }
    private static let web = Result { try WebServer(accounts: ["dana", "ghost"]) }
    private nonisolated static let branch = Scene.branch

    private nonisolated static func push(
        _ refspec: String, _ scene: Scene, _ web: WebServer, as account: String, options: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Trial {
        try scene.server.reach(by: web.url(scene.server.repository.path, account: account))
        return try scene.server.trial(refspec, options: options, environment: environment)
    }

    private nonisolated static func many(_ scene: Scene) throws {
        var edits: [String: FileEdit] = [:]
        var random = SplitMix64(seed: 6)
        for number in 0..<300 {
            let noise = (0..<1_000).map { _ in String(random.next(), radix: 36) }.joined()
            edits["Sources/File\(number).txt"] = .file("\(noise)\n")
        }
        try scene.agent(edits)
    }

    private nonisolated static let rows = [
        WebRow("an agent within its remit", nil, by: "ghost") {
            try $0.agent(Scene.good)
            return try push(branch, $0, $1, as: "ghost")
        },
        WebRow("an agent outside of it", ["scope.path"], by: "ghost") {
            try $0.agent(Scene.bad)
            return try push(branch, $0, $1, as: "ghost")
        },
        WebRow("a person whom the authority knows lands an agent's work", nil, by: "dana") {
            try $0.agent(Scene.good)
            _ = try push(branch, $0, $1, as: "ghost")
            return try push(Scene.landing, $0, $1, as: "dana")
        },
        WebRow("an account that nobody knows lands it", ["approval.missing"], by: "ghost") {
            try $0.agent(Scene.good)
            _ = try push(branch, $0, $1, as: "ghost")
            return try push(Scene.landing, $0, $1, as: "ghost")
        },
        WebRow("a header says that somebody else pushes", ["approval.missing"], by: "ghost") {
            try $0.agent(Scene.good)
            _ = try push(branch, $0, $1, as: "ghost")
            for value in ["Remote-User: dana", "REMOTE_USER: dana"] {
                try $0.client.git("config", "--add", "http.extraHeader", value)
            }
            return try push(Scene.landing, $0, $1, as: "ghost")
        },
        WebRow("a push so large that it comes in chunks", nil, by: "ghost") {
            try many($0)
            return try push(branch, $0, $1, as: "ghost")
        },
        WebRow("the same, outside its remit", ["scope.path"], by: "ghost") {
            try many($0)
            try $0.agent(Scene.bad)
            return try push(branch, $0, $1, as: "ghost")
        },
    ]

    @Test(arguments: rows)
    func `the web server vouches for the pusher`(_ row: WebRow) throws {
        let web = try Self.web.get()
        let scene = try Scene(try Self.authority.get(), settings: ["remit.host": "http"])
        try row.run(scene, web, log: web.log)
    }

    /// Git's back end then calls the pusher `anonymous`, in variables that are not asked.
    @Test func `without authentication nobody is vouched for`() throws {
        let web = try WebServer(accounts: [])
        let scene = try Scene(try Self.authority.get(), settings: ["remit.host": "http", "http.receivepack": "true"])
        try scene.agent(Scene.good)
        try scene.server.reach(by: web.url(scene.server.repository.path, account: nil))
        try scene.client.git("config", "http.extraHeader", "Remote-User: dana")
        expectAllowed(try scene.server.trial(Self.branch))
        expectRefused(try scene.server.trial(Scene.landing), by: ["approval.missing"])
        #expect(try scene.server.lastDecision().pusher == nil)
    }

    /// Nginx fills `$remote_user` from the client's header, checked or not, and no hook can tell.
    ///
    /// `hooks/README.md` warns of it.
    @Test func `where nginx asks for no password, whoever the client says is believed`() throws {
        let web = try WebServer(accounts: [])
        let scene = try Scene(try Self.authority.get(), settings: ["remit.host": "http"])
        try scene.agent(Scene.good)
        try scene.server.reach(by: web.url(scene.server.repository.path, account: nil))
        let claim = Data("dana:guess".utf8).base64EncodedString()
        try scene.client.git("config", "http.extraHeader", "Authorization: Basic \(claim)")
        expectAllowed(try scene.server.trial(Self.branch))
        expectAllowed(try scene.server.trial(Scene.landing))
        #expect(try scene.server.lastDecision().pusher?.login == "dana")
    }

    @Test func `a wrong password does not reach the hook`() throws {
        let web = try Self.web.get()
        let scene = try Scene(try Self.authority.get(), settings: ["remit.host": "http"])
        try scene.agent(Scene.good)
        try scene.server.reach(by: "http://dana:guess@127.0.0.1:\(web.port)\(scene.server.repository.path)")
        let trial = try scene.server.trial(Self.branch)
        #expect(trial.status == 128, "\(trial.terminal)")
        #expect(trial.hook == nil && trial.outcomes.isEmpty && trial.isUntouched)
    }

    /// `HTTP_AUTHORIZATION` is in the hook's environment, and is nobody's to see.
    @Test(arguments: [true, false])
    func `the pusher's password is neither shown nor kept`(isAllowed: Bool) throws {
        let web = try Self.web.get()
        let scene = try Scene(try Self.authority.get(), settings: ["remit.host": "http"])
        let secrets = [WebServer.password, WebServer.authorization("dana")]
        let seen = "\(scene.server.directory.path)/environment"
        try scene.agent(isAllowed ? Scene.good : Scene.bad)
        try scene.server.repository.installHook(
            "pre-receive",
            "#!/bin/sh\nenv >'\(seen)'\n'\(try BuiltProducts.hook)' pre-receive\ns=$?\necho $s >../hook-status\nexit $s\n"
        )
        try scene.server.reach(by: web.url(scene.server.repository.path, account: "dana"))
        let trial = try scene.server.watch(keepsHook: true) { try scene.server.push(Self.branch) }
        if isAllowed { expectAllowed(trial) } else { expectRefused(trial, by: ["scope.path"]) }
        let environment = String(decoding: try readFile(seen), as: UTF8.self)
        #expect(environment.contains("HTTP_AUTHORIZATION=Basic \(secrets[1])"), "the test proves nothing")

        // Git's own progress names no URL, so the whole terminal is looked through.
        for secret in secrets { #expect(!trial.terminal.contains(secret)) }
        for name in try FileManager.default.contentsOfDirectory(atPath: scene.server.directory.path)
        where name.hasPrefix("ledger") {
            let path = "\(scene.server.directory.path)/\(name)"
            var isDirectory: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue
            else { continue }
            let bytes = try readFile(path)
            for secret in secrets { #expect(bytes.firstRange(of: Array(secret.utf8)) == nil, "\(name)") }
        }
    }
}
