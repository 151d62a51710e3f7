import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// The environments of servers that cannot be installed from packages, made again under a real push.
@Suite struct HostEmulationTests {
    // MARK: GitLab

    /// Gitaly: an environment of its own making, an absolute `GIT_DIR`, no `GIT_QUARANTINE_PATH`, paths that are not
    /// quoted, no count of push options where there are none; the project's hooks before the server's, in the order of
    /// their names, none after the first that fails.
    private static let gitaly = """
        #!/bin/sh
        directory=$(pwd -P)
        set -- HOME="$HOME" PATH="$PATH" GIT_DIR="$directory" GIT_OBJECT_DIRECTORY="$GIT_OBJECT_DIRECTORY" \
            GIT_ALTERNATE_OBJECT_DIRECTORIES="$directory/objects" GL_REPOSITORY="$SERVER_REPOSITORY" \
            GL_PROJECT_PATH=shop/payments GL_ID="$SERVER_ID" GL_USERNAME="$SERVER_ACCOUNT" GL_PROTOCOL="$SERVER_PROTOCOL"
        if [ "${GIT_PUSH_OPTION_COUNT:-0}" -gt 0 ]; then
            set -- "$@" GIT_PUSH_OPTION_COUNT="$GIT_PUSH_OPTION_COUNT" GIT_PUSH_OPTION_0="$GIT_PUSH_OPTION_0"
        fi
        cat >"$directory/stdin"
        for hook in custom_hooks/pre-receive custom_hooks/pre-receive.d/* ROOT/custom_hooks/pre-receive.d/*; do
            case $hook in *~) continue ;; esac
            [ -f "$hook" ] && [ -x "$hook" ] || continue
            env -i "$@" "$hook" <"$directory/stdin" || exit
        done

        """

    private static func gitlab() throws -> HostEmulation {
        try HostEmulation(
            "gitlab",
            files: [
                "hooks/pre-receive": gitaly,
                "custom_hooks/pre-receive.d/00-first": "#!/bin/sh\necho first >>ROOT/order\n",
                "custom_hooks/pre-receive.d/99-old~": "#!/bin/sh\nexit 1\n",
                "/custom_hooks/pre-receive.d/remit": "#!/bin/sh\necho remit >>ROOT/order\nexec REMIT\n",
                "/custom_hooks/pre-receive.d/zz-last": "#!/bin/sh\necho last >>ROOT/order\n",
            ], site: true)
    }

    private static let gitlabDana = [
        "SERVER_REPOSITORY": "project-7", "SERVER_ID": "user-7", "SERVER_ACCOUNT": "dana", "SERVER_PROTOCOL": "ssh",
    ]

    @Test func `GitLab vouches for the pusher and says by which way`() throws {
        let gitlab = try Self.gitlab()
        try gitlab.expectAllowed(
            Self.gitlabDana, by: "GL_USERNAME of gitlab", route: Route(via: .push, repository: "shop/payments"))
        #expect(String(decoding: try readFile("\(gitlab.root)/order"), as: UTF8.self) == "first\nremit\nlast\n")
        try gitlab.expectAllowed(
            Self.gitlabDana.merging(["SERVER_PROTOCOL": "web"]) { $1 }, by: "GL_USERNAME of gitlab",
            route: Route(via: Via(.web, word: "web"), repository: "shop/payments"))
    }

    @Test func `GitLab shows a refusal behind its prefix and runs no hook after it`() throws {
        let gitlab = try Self.gitlab()
        try gitlab.expectRefused(
            Self.gitlabDana.merging(["SERVER_ACCOUNT": "mallory"]) { $1 }, HostEmulation.stranger,
            prefix: "GL-HOOK-ERR: ")
        try gitlab.expectRefused(
            Self.gitlabDana.merging(["SERVER_ACCOUNT": "mallory", "SERVER_PROTOCOL": "web"]) { $1 },
            HostEmulation.stranger, via: "web", prefix: "GL-HOOK-ERR: ")
        // The name of whoever registered a deploy key.
        try gitlab.expectRefused(
            Self.gitlabDana.merging(["SERVER_ID": "key-4"]) { $1 }, HostEmulation.nobody, prefix: "GL-HOOK-ERR: ")
        #expect(
            String(decoding: try readFile("\(gitlab.root)/order"), as: UTF8.self)
                == String(repeating: "first\nremit\n", count: 3))
    }

    @Test func `the trace of a change by GitLab's browser tells who and by which way`() throws {
        let gitlab = try Self.gitlab()
        try gitlab.expectAllowed(
            Self.gitlabDana.merging(["SERVER_PROTOCOL": "web"]) { $1 }, by: "GL_USERNAME of gitlab",
            route: Route(via: Via(.web, word: "web"), repository: "shop/payments"))
        let tip = try #require(try gitlab.server.tip(of: "refs/heads/main"))
        let trace = try runRemit(
            ["trace", tip.hex, "--ledger", gitlab.server.ledgerPath],
            environment: HermeticGit.environment(home: gitlab.root), directory: gitlab.root)
        #expect(trace.status == 0, "\(trace.errorText)")
        #expect(trace.text.contains("\n  pusher      dana, vouched for by GL_USERNAME of gitlab\n"), "\(trace.text)")
        #expect(trace.text.contains("\n  via         web\n  named       shop/payments by the server"), "\(trace.text)")
    }

    // MARK: Gitea and Forgejo

    /// Gitea's own variables around git, and its dispatcher: all hooks run with the same lines, and the first status that
    /// is not zero is the answer.
    private static let giteaScript = """
        #!/bin/sh
        export GITEA_ROOT_URL=https://git.example.org/ GITEA_REPO_NAME=payments GITEA_REPO_USER_NAME=shop GITEA_REPO_ID=3
        export GITEA_REPO_IS_WIKI=false GITEA_PUSHER_NAME="$SERVER_ACCOUNT" GITEA_PUSHER_ID=7
        export GITEA_KEY_ID=0 GITEA_DEPLOY_KEY_ID="${SERVER_DEPLOY_KEY:-0}" GITEA_PR_ID="${SERVER_PR:-0}"
        export GITEA_PUSH_TRIGGER="$SERVER_TRIGGER" GITEA_ACTIONS_TASK_ID="${SERVER_TASK:-0}"
        export SSH_ORIGINAL_COMMAND="$SERVER_COMMAND" GIT_AUTHOR_NAME=sam GIT_COMMITTER_NAME=sam
        lines=$(cat)
        statuses=
        for hook in "${GIT_DIR:-.}"/hooks/pre-receive.d/*; do
            test -x "$hook" && test -f "$hook" || continue
            echo "$lines" | "$hook"
            statuses="$statuses $?"
        done
        for status in $statuses; do
            [ "$status" -eq 0 ] || exit "$status"
        done

        """

    private static func gitea(_ host: String = "gitea") throws -> HostEmulation {
        try HostEmulation(
            host,
            files: [
                "hooks/pre-receive": giteaScript,
                "hooks/pre-receive.d/gitea": "#!/bin/sh\ncat >/dev/null\necho gitea >>ROOT/order\n",
                "hooks/pre-receive.d/remit": "#!/bin/sh\necho remit >>ROOT/order\nexec REMIT\n",
                "hooks/pre-receive.d/zz-last": "#!/bin/sh\ncat >/dev/null\necho last >>ROOT/order\n",
            ])
    }

    private static let giteaDana = [
        "SERVER_ACCOUNT": "dana", "SERVER_COMMAND": "git-receive-pack 'shop/payments.git'",
    ]

    @Test(arguments: ["gitea", "forgejo"])
    func `Gitea vouches for the pusher and says by which way`(_ host: String) throws {
        let gitea = try Self.gitea(host)
        let vouched = "GITEA_PUSHER_NAME of \(host)"
        for (known, via) in [
            ([:], Via.push),
            (["SERVER_TRIGGER": "pr-merge-to-base", "SERVER_PR": "5"], Via(.merge, word: "pr-merge-to-base")),
            (["SERVER_PR": "5", "SERVER_COMMAND": "gitea-internal"], Via(.merge)),
            (["SERVER_COMMAND": "gitea-internal"], Via(.web, word: "gitea-internal")),
            (["SERVER_TASK": "9"], Via(.push, word: "actions")),
        ] {
            try gitea.expectAllowed(
                Self.giteaDana.merging(known) { $1 }, by: vouched, route: Route(via: via, repository: "shop/payments"))
        }
        #expect(
            String(decoding: try readFile("\(gitea.root)/order"), as: UTF8.self)
                == String(repeating: "gitea\nremit\nlast\n", count: 5))
    }

    @Test func `a refusal stands though Gitea runs every hook`() throws {
        let gitea = try Self.gitea()
        try gitea.expectRefused(
            Self.giteaDana.merging(["SERVER_ACCOUNT": "mallory"]) { $1 }, HostEmulation.stranger)
        try gitea.expectRefused(
            Self.giteaDana.merging(["SERVER_DEPLOY_KEY": "4"]) { $1 }, HostEmulation.nobody)
        try gitea.expectRefused(
            Self.giteaDana.merging(["SERVER_ACCOUNT": "mallory", "SERVER_TRIGGER": "pr-merge-to-base"]) { $1 },
            HostEmulation.stranger, via: "merge, which the server calls 'pr-merge-to-base'")
        #expect(
            String(decoding: try readFile("\(gitea.root)/order"), as: UTF8.self)
                == String(repeating: "gitea\nremit\nlast\n", count: 3))
    }

    @Test func `the lone newline that Gitea makes of nothing is a push of nothing`() throws {
        let scene = try BadInputScene()
        try scene.server.configure("remit.host", "gitea")
        scene.input = Array("\n".utf8)
        try scene.expect(0, entries: 1, [])
        let decision = try DecisionDocument.parse(
            try #require(try scene.server.documents().last), of: "the decision")
        #expect(decision.updates.isEmpty)
    }

    // MARK: GitHub Enterprise Server

    /// GHES: nothing is inherited, the quarantine has another name and both variables, and there is no `HOME`.
    private static let ghes = """
        #!/bin/sh
        directory=$(pwd -P)
        quarantine=$directory/objects/ghq_$$
        cp -R "$GIT_OBJECT_DIRECTORY" "$quarantine"
        set -- PATH=/usr/bin:/bin GIT_DIR="$directory" GIT_OBJECT_DIRECTORY="$quarantine" GIT_QUARANTINE_PATH="$quarantine" \
            GIT_ALTERNATE_OBJECT_DIRECTORIES="$directory/objects" GIT_USER_AGENT=git/2.39.5 GITHUB_REPO_NAME=shop/payments \
            GITHUB_REPO_PUBLIC=false GITHUB_USER_IP=192.0.2.7 GITHUB_USER_LOGIN="$SERVER_ACCOUNT"
        [ -z "$SERVER_VIA" ] || set -- "$@" GITHUB_VIA="$SERVER_VIA"
        [ -z "$SERVER_PR" ] || set -- "$@" GITHUB_PULL_REQUEST_AUTHOR_LOGIN=sam GITHUB_PULL_REQUEST_HEAD=sam:topic
        env -i "$@" REMIT
        status=$?
        rm -rf "$quarantine"
        exit $status

        """

    @Test func `GHES vouches for the pusher and says by which way`() throws {
        let ghes = try HostEmulation("ghes", files: ["hooks/pre-receive": Self.ghes])
        for (known, via) in [
            ([:], Via.push),
            (
                ["SERVER_VIA": "pull request merge button", "SERVER_PR": "1"],
                Via(.merge, word: "pull request merge button")
            ),
            (["SERVER_PR": "1"], Via(.merge)),
            (["SERVER_VIA": "git refs update api"], Via(.api, word: "git refs update api")),
            (["SERVER_VIA": "blob#save"], Via(.web, word: "blob#save")),
            (["SERVER_VIA": "no such word"], Via(.web, word: "no such word")),
        ] as [([String: String], Via)] {
            try ghes.expectAllowed(
                known.merging(["SERVER_ACCOUNT": "dana"]) { $1 }, by: "GITHUB_USER_LOGIN of ghes",
                route: Route(via: via, repository: "shop/payments"))
        }
        try ghes.expectRefused(["SERVER_ACCOUNT": "mallory"], HostEmulation.stranger)
        try ghes.expectRefused([:], HostEmulation.nobody)
        try ghes.expectRefused(
            ["SERVER_ACCOUNT": "mallory", "SERVER_VIA": "pull request merge button"], HostEmulation.stranger,
            via: "merge, which the server calls 'pull request merge button'")
    }

    // MARK: Bitbucket

    /// Bitbucket: its variables beside what git gives, the script a file somewhere of the server's.
    private static let bitbucketScript = """
        #!/bin/sh
        export BB_HOOK_TRIGGER_ID="${SERVER_TRIGGER:-push}" BB_HOOK_TYPE=PRE BB_IS_DRY_RUN="${SERVER_DRY:-false}"
        export BB_PROJECT_KEY=SHOP BB_REPO_SLUG=payments BB_REPO_IS_FORK=false BB_REPO_IS_PUBLIC=false
        export BB_BASE_URL=https://git.example.org BB_USER_NAME="$SERVER_ACCOUNT" BB_USER_DISPLAY_NAME='Sam'
        export BB_USER_EMAIL=sam@example.org BB_USER_PERMISSION=REPO_WRITE
        exec ROOT/scripts/remit

        """

    private static func bitbucket() throws -> HostEmulation {
        try HostEmulation(
            "bitbucket",
            files: ["hooks/pre-receive": bitbucketScript, "/scripts/remit": "#!/bin/sh\nexec REMIT\n"])
    }

    @Test func `Bitbucket vouches for the pusher and says by which way`() throws {
        let bitbucket = try Self.bitbucket()
        for (trigger, via) in [
            ("push", Via.push), ("pull-request-merge", Via(.merge, word: "pull-request-merge")),
            ("file-edit", Via(.web, word: "file-edit")),
        ] {
            try bitbucket.expectAllowed(
                ["SERVER_ACCOUNT": "dana", "SERVER_TRIGGER": trigger], by: "BB_USER_NAME of bitbucket",
                route: Route(via: via, repository: "SHOP/payments"))
        }
        try bitbucket.expectRefused(["SERVER_ACCOUNT": "mallory"], HostEmulation.stranger)
        try bitbucket.expectRefused([:], HostEmulation.nobody)
    }

    @Test func `a dry run of Bitbucket is answered and leaves nothing behind`() throws {
        let bitbucket = try Self.bitbucket()
        let server = bitbucket.server
        let delegation = try server.authority.delegate { $0.limits["pushes"] = 1 }
        let note = "remit: note: the server only asks what would be said: nothing of this is recorded (a dry run)"
        func ask(_ ref: String, _ known: [String: String] = [:]) throws -> [String] {
            // A merge check asks, and the answer moves nothing: an emulation of one must not either.
            let output = try server.push(
                ref, environment: known.merging(["SERVER_DRY": "true", "SERVER_ACCOUNT": "dana"]) { given, _ in given })
            return output.errorText.split(separator: "\n").filter { $0.hasPrefix("remote: remit: ") }.map { line in
                String(line.dropFirst(8)).replacing(#/\s+$/#, with: "")
            }
        }
        let hook = "\(server.repository.path)/hooks/pre-receive"
        // The status is told, and the push ends.
        let asked = Self.bitbucketScript.replacing(
            "exec ROOT/scripts/remit",
            with: "'\(bitbucket.root)/scripts/remit'\necho $? >'\(bitbucket.root)/status'\nexit 1")
        try writeFile(Array(asked.utf8), to: hook, executable: true)
        let branch = "refs/heads/agent/PAY-42/work"
        try server.commit(["Sources/A.swift": "1\n"], under: delegation, on: branch)
        for _ in 1...3 {
            let lines = try ask(branch)
            #expect(lines.first?.hasPrefix("remit: allowed 1 commit") == true, "\(lines)")
            #expect(lines.last == note, "\(lines)")
            #expect(String(decoding: try readFile("\(bitbucket.root)/status"), as: UTF8.self) == "0\n")
        }
        try server.commit(["README.md": "by Dana\n"])
        #expect(try ask("refs/heads/main") == [note])
        let refused = try ask("refs/heads/main", ["SERVER_ACCOUNT": "mallory", "SERVER_TRIGGER": "pull-request-merge"])
        #expect(refused.first == "remit: refused: nothing of this push was accepted")
        #expect(refused.contains("remit: via merge, which the server calls 'pull-request-merge'"), "\(refused)")
        #expect(refused.last == note, "\(refused)")
        #expect(String(decoding: try readFile("\(bitbucket.root)/status"), as: UTF8.self) == "1\n")
        #expect(try server.entries().isEmpty)
        // The one push that the delegation has is still there.
        let push = Self.bitbucketScript.replacing("ROOT/", with: "\(bitbucket.root)/")
        try writeFile(Array(push.utf8), to: hook, executable: true)
        let real = try server.push(branch, environment: ["SERVER_ACCOUNT": "dana"])
        #expect(real.status == 0, "\(real.errorText)")
        #expect(try server.entries().count == 1)
        try expectSameAgain(inLedgerAt: server.ledgerPath)
    }

    @Test(arguments: ["plain", "ssh", "http", "gitolite", "gitlab", "gitea", "ghes"])
    func `no other host is believed to ask only`(_ host: String) throws {
        let scene = try BadInputScene()
        try scene.server.configure("remit.host", host)
        scene.environment["BB_IS_DRY_RUN"] = "true"
        try scene.expect(0, entries: 1, [])
    }

    // MARK: soft-serve

    /// Soft-serve: hooks inherit the server's configuration; its own part runs the hook of the server's directory.
    private static let softServe = """
        #!/bin/sh
        export SOFT_SERVE_REPO_NAME=payments SOFT_SERVE_REPO_PATH="$(pwd -P)" SOFT_SERVE_USERNAME="$SERVER_ACCOUNT"
        export SOFT_SERVE_PUBLIC_KEY='ssh-ed25519 AAAA' SOFT_SERVE_DATA_PATH=ROOT/ SOFT_SERVE_DB_DATA_SOURCE=secret-source
        export SOFT_SERVE_INITIAL_ADMIN_KEYS=secret-keys
        lines=$(cat)
        statuses=
        for hook in "${GIT_DIR:-.}"/hooks/pre-receive.d/*; do
            test -x "$hook" && test -f "$hook" || continue
            echo "$lines" | "$hook"
            statuses="$statuses $?"
        done
        for status in $statuses; do
            [ "$status" -eq 0 ] || exit "$status"
        done

        """

    @Test func `soft-serve vouches for the pusher through the hook of its directory`() throws {
        let softServe = try HostEmulation(
            "soft-serve",
            files: [
                "hooks/pre-receive": Self.softServe,
                "hooks/pre-receive.d/soft-serve": """
                #!/bin/sh
                if [ -z "$SOFT_SERVE_REPO_NAME" ]; then
                    echo "Warning: SOFT_SERVE_REPO_NAME not defined. Skipping hooks."
                    exit 0
                fi
                exec "$SOFT_SERVE_DATA_PATH/hooks/pre-receive"

                """,
                "/hooks/pre-receive": "#!/bin/sh\nexec REMIT\n",
            ], site: true)
        try softServe.expectAllowed(
            ["SERVER_ACCOUNT": "dana"], by: "SOFT_SERVE_USERNAME of soft-serve", route: .plain)
        try softServe.expectRefused(["SERVER_ACCOUNT": "mallory"], HostEmulation.stranger)
        try softServe.expectRefused([:], HostEmulation.nobody)
        for document in try softServe.server.documents() {
            #expect(!String(decoding: document, as: UTF8.self).contains("secret"))
        }
    }
}
