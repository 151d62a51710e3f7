import RemitHosts
import RemitModel
import Testing

/// What an attacker with a shell account, or a careless server, could leave in the environment all at once.
private let everything: [ByteString: ByteString] = [
    "GIT_DIR": ".", "REMOTE_USER": "http-user", "GL_USER": "gitolite-user", "GL_USERNAME": "gitlab-user",
    "GITEA_PUSHER_NAME": "gitea-user", "GITHUB_USER_LOGIN": "ghes-user",
    "BB_USER_NAME": "bitbucket-user", "SOFT_SERVE_USERNAME": "soft-user", "ACCOUNT": "ssh-user", "USER": "git",
    "LOGNAME": "git", "GIT_COMMITTER_NAME": "anonymous", "HTTP_AUTHORIZATION": "Basic c2VjcmV0OnBhc3N3b3Jk",
]

private func invocation(
    _ kind: HostKind, _ variables: [ByteString: ByteString], pusherVariable: ByteString? = nil,
    deadlineSeconds: Int? = nil
) throws(InvocationError) -> Invocation {
    let configuration = try HostConfiguration(
        kind: kind, pusherVariable: pusherVariable, deadlineSeconds: deadlineSeconds)
    return try Invocation(of: .preReceive, on: configuration, in: Environment(variables))
}

private func code(_ kind: HostKind, _ variables: [ByteString: ByteString]) -> InvocationError.Code? {
    do throws(InvocationError) {
        _ = try invocation(kind, variables)
        return nil
    } catch {
        return error.code
    }
}

@Suite struct InvocationTests {
    @Test(
        arguments: [
            (.plain, nil, nil, 120, ""),
            (.ssh, nil, nil, 120, ""),
            (.http, "http-user", "REMOTE_USER of http", 120, ""),
            (.gitolite, "gitolite-user", "GL_USER of gitolite", 120, ""),
            (.gitlab, "gitlab-user", "GL_USERNAME of gitlab", 120, "GL-HOOK-ERR: "),
            (.gitea, "gitea-user", "GITEA_PUSHER_NAME of gitea", 120, ""),
            (.forgejo, "gitea-user", "GITEA_PUSHER_NAME of forgejo", 120, ""),
            (.ghes, "ghes-user", "GITHUB_USER_LOGIN of ghes", 4, ""),
            (.bitbucket, "bitbucket-user", "BB_USER_NAME of bitbucket", 120, ""),
            (.gerrit, nil, nil, 25, ""),
            (.softServe, "soft-user", "SOFT_SERVE_USERNAME of soft-serve", 120, ""),
        ] as [(HostKind, ByteString?, String?, Int, String)])
    func `each host believes its own variable among all of them`(
        kind: HostKind, login: ByteString?, vouchedBy: String?, deadline: Int, prefix: String
    ) throws {
        let invocation = try invocation(kind, everything)
        #expect(invocation.host == kind)
        #expect(invocation.pusher?.login == login)
        #expect(invocation.pusher?.vouchedBy == vouchedBy)
        #expect(invocation.deadlineSeconds == deadline)
        #expect(invocation.linePrefix == prefix)
    }

    @Test(
        arguments: [
            (.http, "REMOTE_USER"), (.gitolite, "GL_USER"), (.gitlab, "GL_USERNAME"), (.gitea, "GITEA_PUSHER_NAME"),
            (.forgejo, "GITEA_PUSHER_NAME"), (.ghes, "GITHUB_USER_LOGIN"), (.bitbucket, "BB_USER_NAME"),
            (.softServe, "SOFT_SERVE_USERNAME"),
        ] as [(HostKind, ByteString)])
    func `without its own variable a host vouches for nobody`(kind: HostKind, variable: ByteString) throws {
        var variables = everything
        variables[variable] = nil
        #expect(try invocation(kind, variables).pusher == nil)
        variables[variable] = ""
        #expect(try invocation(kind, variables).pusher == nil)
    }

    @Test func `every kind of host stands in the table above`() {
        #expect(HostKind.allCases.count == 11)
    }

    @Test func `an ssh server believes the variable that the configuration names`() throws {
        let invocation = try invocation(.ssh, everything, pusherVariable: "ACCOUNT")
        #expect(invocation.pusher == Pusher(login: "ssh-user", vouchedBy: "ACCOUNT of ssh"))
    }

    @Test(
        arguments: [
            (.plain, "ACCOUNT"), (.gitlab, "ACCOUNT"), (.ssh, ""), (.ssh, "A-B"), (.ssh, "1A"), (.ssh, "A=B"),
            (.ssh, "HTTP_AUTHORIZATION"), (.ssh, "GIT_COMMITTER_NAME"), (.ssh, "SSH_ORIGINAL_COMMAND"),
            (.ssh, ByteString(String(repeating: "A", count: 65))),
        ] as [(HostKind, ByteString)])
    func `refuses a variable that no forced command sets`(kind: HostKind, variable: ByteString) {
        #expect(throws: InvocationError.self) { try HostConfiguration(kind: kind, pusherVariable: variable) }
    }

    @Test(arguments: [("0", true), ("", true), ("7", false)] as [(ByteString, Bool)])
    func `a deploy key of Gitea does not speak for the owner`(key: ByteString, vouched: Bool) throws {
        var variables = everything
        variables["GITEA_DEPLOY_KEY_ID"] = key
        for kind in [HostKind.gitea, .forgejo] {
            #expect((try invocation(kind, variables).pusher != nil) == vouched)
        }
        #expect(try invocation(.gitlab, variables).pusher != nil)
    }

    @Test(
        arguments: [
            ([0x61, 0x0A, 0x62], .badPusher), ([0x1B, 0x5B, 0x33], .badPusher), ([0x61, 0x7F], .badPusher),
            ([0x00], .badPusher), (Array(repeating: 0x61, count: 256), .tooLong),
            (Array(repeating: 0x61, count: 10_240), .tooLong), (Array(repeating: 0x61, count: 255), nil),
            ([0xC3, 0xA9, 0x20, 0xFF], nil),
        ] as [([UInt8], InvocationError.Code?)])
    func `refuses a name that no server makes`(login: [UInt8], expected: InvocationError.Code?) {
        #expect(code(.gitlab, ["GIT_DIR": ".", "GL_USERNAME": ByteString(login)]) == expected)
        // Another host's variable is not even looked at.
        #expect(code(.gitolite, ["GIT_DIR": ".", "GL_USERNAME": ByteString(login)]) == nil)
    }

    @Test func `takes the directories as git wrote them`() throws {
        let invocation = try invocation(
            .plain,
            [
                "GIT_DIR": "/srv/a.git", "GIT_QUARANTINE_PATH": "/srv/a.git/./objects/tmp_objdir-incoming-x",
                "GIT_OBJECT_DIRECTORY": "/srv/a.git/./objects/tmp_objdir-incoming-x",
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": "\"/srv/a:b.git/objects\":/pool", "GIT_SHALLOW_FILE": "shallow_x",
            ])
        #expect(invocation.gitDirectory == "/srv/a.git")
        #expect(invocation.quarantine == "/srv/a.git/./objects/tmp_objdir-incoming-x")
        #expect(invocation.alternates == "\"/srv/a:b.git/objects\":/pool")
        #expect(invocation.isShallowPush)
    }

    @Test(arguments: ["GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY"] as [ByteString])
    func `either variable names the quarantine`(variable: ByteString) throws {
        #expect(try invocation(.gitlab, ["GIT_DIR": "/r", variable: "/r/q"]).quarantine == "/r/q")
        #expect(try invocation(.gitlab, ["GIT_DIR": "/r", variable: ""]).quarantine == nil)
    }

    @Test func `what is unset or empty is absent`() throws {
        let empty = try invocation(
            .plain,
            [
                "GIT_DIR": ".", "GIT_ALTERNATE_OBJECT_DIRECTORIES": "", "GIT_SHALLOW_FILE": "",
                "GIT_OBJECT_DIRECTORY": "",
            ])
        #expect(try empty == invocation(.plain, ["GIT_DIR": "."]))
        #expect(empty.alternates == nil && !empty.isShallowPush && empty.pushOptions.isEmpty)
        #expect(code(.plain, [:]) == .missingGitDirectory)
        #expect(code(.plain, ["GIT_DIR": ""]) == .missingGitDirectory)
    }

    @Test(arguments: ["GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE"] as [ByteString])
    func `a path longer than the system takes is refused`(variable: ByteString) {
        var variables: [ByteString: ByteString] = ["GIT_DIR": "."]
        variables[variable] = ByteString(String(repeating: "d", count: Invocation.maximumPathByteCount))
        #expect(code(.plain, variables) == nil)
        variables[variable] = ByteString(String(repeating: "d", count: Invocation.maximumPathByteCount + 1))
        #expect(code(.plain, variables) == .tooLong)
    }

    @Test func `reads as many push options as are announced`() throws {
        let invocation = try invocation(
            .plain,
            [
                "GIT_DIR": ".", "GIT_PUSH_OPTION_COUNT": "2", "GIT_PUSH_OPTION_0": "remit.approval=x",
                "GIT_PUSH_OPTION_1": "", "GIT_PUSH_OPTION_2": "left over",
            ])
        #expect(invocation.pushOptions == ["remit.approval=x", ""])
    }

    @Test(
        arguments: [
            ("1", .missingPushOption), ("0", nil), ("-1", .badPushOptionCount), ("01", .badPushOptionCount),
            ("+1", .badPushOptionCount), (" 1", .badPushOptionCount), ("1x", .badPushOptionCount),
            ("257", .badPushOptionCount), ("9999999999999999", .badPushOptionCount), ("99999999999999999", .tooLong),
        ] as [(ByteString, InvocationError.Code?)])
    func `refuses a count that git does not print`(count: ByteString, expected: InvocationError.Code?) {
        #expect(code(.plain, ["GIT_DIR": ".", "GIT_PUSH_OPTION_COUNT": count]) == expected)
    }

    @Test func `refuses a push option above its bound`() {
        let long = ByteString(String(repeating: "o", count: Invocation.maximumPushOptionByteCount + 1))
        #expect(
            code(.plain, ["GIT_DIR": ".", "GIT_PUSH_OPTION_COUNT": "1", "GIT_PUSH_OPTION_0": long]) == .tooLong)
    }

    @Test func `nothing else of the environment is kept or shown`() throws {
        let configuration = try HostConfiguration(kind: .http)
        let environment = Environment(everything)
        let invocation = try Invocation(of: .preReceive, on: configuration, in: environment)
        for text in [String(reflecting: invocation), String(describing: environment), String(reflecting: environment)] {
            #expect(!text.contains("Basic") && !text.contains("gitlab-user"))
        }
        var dumped = ""
        dump(environment, to: &dumped)
        #expect(!dumped.contains("Basic"))
    }

    @Test func `the configuration can shorten the time`() throws {
        #expect(try invocation(.plain, everything, deadlineSeconds: 7).deadlineSeconds == 7)
        #expect(throws: InvocationError.self) { try HostConfiguration(kind: .plain, deadlineSeconds: 0) }
    }

    @Test func `reads the words of the configuration and names them to who errs`() throws {
        for kind in HostKind.allCases { #expect(try HostKind(configured: kind.rawValue) == kind) }
        for word in ["", "GitLab", "gitlab ", "github"] {
            let error = #expect(throws: UnknownHostKind.self) { try HostKind(configured: word) }
            #expect(
                error?.known == [
                    "plain", "ssh", "http", "gitolite", "gitlab", "gitea", "forgejo", "ghes", "bitbucket", "gerrit",
                    "soft-serve",
                ])
        }
    }
}
