import RemitHosts
import RemitModel
import Testing

private func invocation(
    _ kind: HostKind, _ variables: [ByteString: ByteString]
) throws(InvocationError) -> Invocation {
    try Invocation(
        of: .preReceive, on: HostConfiguration(kind: kind),
        in: Environment(variables.merging(["GIT_DIR": "."]) { given, _ in given }))
}

/// By which way a change came, and to which repository, in the words of each server.
@Suite struct ViaTests {
    @Test(
        arguments: [
            (.gitlab, "GL_PROTOCOL", "ssh", .push), (.gitlab, "GL_PROTOCOL", "http", .push),
            (.gitlab, "GL_PROTOCOL", "web", Via(.web, word: "web")),
            (.ghes, "GITHUB_VIA", "pull request merge button", Via(.merge, word: "pull request merge button")),
            (.ghes, "GITHUB_VIA", "pull request merge api", Via(.merge, word: "pull request merge api")),
            (.ghes, "GITHUB_VIA", "branch merge api", Via(.merge, word: "branch merge api")),
            (.ghes, "GITHUB_VIA", "git refs update api", Via(.api, word: "git refs update api")),
            (.ghes, "GITHUB_VIA", "blob#save", Via(.web, word: "blob#save")),
            (.ghes, "GITHUB_VIA", "something of next year", Via(.web, word: "something of next year")),
            (.ghes, "GITHUB_PULL_REQUEST_HEAD", "octo:topic", Via(.merge)),
            (.gitea, "GITEA_PUSH_TRIGGER", "pr-merge-to-base", Via(.merge, word: "pr-merge-to-base")),
            (.gitea, "GITEA_PUSH_TRIGGER", "pr-update-with-base", Via(.merge, word: "pr-update-with-base")),
            (.gitea, "GITEA_PUSH_TRIGGER", "pr-rename", Via(.web, word: "pr-rename")),
            (.gitea, "GITEA_PR_ID", "0", .push), (.forgejo, "GITEA_PR_ID", "12", Via(.merge)),
            (.gitea, "SSH_ORIGINAL_COMMAND", "gitea-internal", Via(.web, word: "gitea-internal")),
            (.gitea, "SSH_ORIGINAL_COMMAND", "git-receive-pack 'shop/payments.git'", .push),
            (.gitea, "GITEA_ACTIONS_TASK_ID", "0", .push),
            (.gitea, "GITEA_ACTIONS_TASK_ID", "7", Via(.push, word: "actions")),
            (.bitbucket, "BB_HOOK_TRIGGER_ID", "push", .push),
            (.bitbucket, "BB_HOOK_TRIGGER_ID", "pull-request-merge", Via(.merge, word: "pull-request-merge")),
            (.bitbucket, "BB_HOOK_TRIGGER_ID", "file-edit", Via(.web, word: "file-edit")),
            (.bitbucket, "BB_HOOK_TRIGGER_ID", "unknown", Via(.web, word: "unknown")),
        ] as [(HostKind, ByteString, ByteString, Via)])
    func `a server's words are read, and no other server's`(
        kind: HostKind, variable: ByteString, value: ByteString, via: Via
    ) throws {
        #expect(try invocation(kind, [variable: value]).via == via)
        for other in HostKind.allCases where other != kind && Set([kind, other]) != [.gitea, .forgejo] {
            #expect(try invocation(other, [variable: value]).via == .push)
        }
    }

    @Test(arguments: HostKind.allCases) func `without a word it is a push`(kind: HostKind) throws {
        #expect(try invocation(kind, [:]).via == .push)
    }

    @Test(
        arguments: [
            (.gitlab, "GL_PROTOCOL"), (.ghes, "GITHUB_VIA"), (.gitea, "GITEA_PUSH_TRIGGER"),
            (.bitbucket, "BB_HOOK_TRIGGER_ID"), (.gitlab, "GL_ID"), (.softServe, "SOFT_SERVE_REPO_NAME"),
        ] as [(HostKind, ByteString)])
    func `a word that no server writes is refused`(kind: HostKind, variable: ByteString) {
        for (value, code) in [
            (ByteString("a\u{1B}[2J"), InvocationError.Code.badWord),
            (ByteString(String(repeating: "a", count: 1025)), .tooLong),
        ] {
            let error = #expect(throws: InvocationError.self) { try invocation(kind, [variable: value]) }
            #expect(error?.code == code)
            #expect(error?.variable == variable)
        }
    }

    @Test func `a key that is no user's speaks for nobody at GitLab`() throws {
        #expect(try invocation(.gitlab, ["GL_USERNAME": "dana", "GL_ID": "user-7"]).pusher?.login == "dana")
        #expect(try invocation(.gitlab, ["GL_USERNAME": "dana", "GL_ID": "key-7"]).pusher == nil)
    }

    @Test(
        arguments: [
            ("project-7", "shop/payments"), ("wiki-7", "shop/payments.wiki"), ("group-7-wiki", "shop/payments.wiki"),
            ("design-7", "shop/payments.design"), ("snippet-7", "shop/payments.snippet"),
            ("project-", "shop/payments.project-"), ("project-7-8", "shop/payments.project-7-8"),
            ("project-x", "shop/payments.x"), ("", nil),
        ] as [(ByteString, ByteString?)])
    func `only a project's own repository goes by its name at GitLab`(identifier: ByteString, name: ByteString?) throws
    {
        #expect(
            try invocation(.gitlab, ["GL_PROJECT_PATH": "shop/payments", "GL_REPOSITORY": identifier]).repository
                == name)
    }

    @Test(
        arguments: [("false", "a/b"), ("", "a/b"), ("true", "a/b.wiki"), ("1", "a/b.wiki")]
            as [(ByteString, ByteString)])
    func `a wiki of Gitea is not the project`(isWiki: ByteString, name: ByteString) throws {
        let variables: [ByteString: ByteString] = ["GITEA_REPO_USER_NAME": "a", "GITEA_REPO_IS_WIKI": isWiki]
        for kind in [HostKind.gitea, .forgejo] {
            #expect(try invocation(kind, variables.merging(["GITEA_REPO_NAME": "b"]) { $1 }).repository == name)
            // Gitea's own pushes have it in the name already.
            #expect(
                try invocation(kind, variables.merging(["GITEA_REPO_NAME": "b.wiki"]) { $1 }).repository == "a/b.wiki")
        }
    }

    @Test func `only Bitbucket asks without doing anything`() throws {
        for kind in HostKind.allCases {
            #expect(try invocation(kind, ["BB_IS_DRY_RUN": "true"]).isDryRun == (kind == .bitbucket))
        }
        for value in ["false", "", "TRUE", "1"] as [ByteString] {
            #expect(try !invocation(.bitbucket, ["BB_IS_DRY_RUN": value]).isDryRun)
        }
    }
}
