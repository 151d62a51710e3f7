import RemitHosts
import RemitModel

extension JobFixture {
    /// What every job of GitHub has.
    static let githubPush = JobFixture(
        "push", .github,
        [
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "example/payments",
            "GITHUB_REPOSITORY_ID": "1001", "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main",
            "GITHUB_SHA": hex("a"), "GITHUB_EVENT_NAME": "push", "GITHUB_ACTOR": "dana",
            "GITHUB_TRIGGERING_ACTOR": "dana", "GITHUB_RUN_ID": "1658821493", "GITHUB_RUN_NUMBER": "3",
            "GITHUB_RUN_ATTEMPT": "1", "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_EVENT_PATH": "/github/workflow/event.json",
        ]
    ) { job in
        job.repository = "example/payments"
        job.repositoryID = "1001"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.event = .push
        job.actor = "dana"
        job.run = "1658821493"
        job.attempt = 1
        job.url = "https://github.com/example/payments/actions/runs/1658821493"
    }

    static let pullRequestEvent = """
        {"action":"synchronize","number":7,"pull_request":{"base":{"ref":"main","sha":"\(commit("b"))"},
        "head":{"ref":"topic","sha":"\(commit("c"))"},"locked":false,"milestone":null},"sender":{"id":77}}
        """

    static let githubPullRequest = githubPush.with(
        "pull request",
        [
            "GITHUB_EVENT_NAME": "pull_request", "GITHUB_REF": "refs/pull/7/merge", "GITHUB_REF_NAME": "7/merge",
            "GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": "topic",
        ], event: pullRequestEvent
    ) { job in
        job.event = .mergeRequest
        job.ref = "refs/pull/7/merge"
        job.target = "refs/heads/main"
        job.base = commit("b")
        job.head = commit("c")
        job.result = commit("a")
    }

    static let mergeGroupEvent = """
        {"action":"checks_requested","merge_group":{"head_sha":"\(commit("a"))","base_sha":"\(commit("b"))",
        "head_ref":"refs/heads/gh-readonly-queue/main/pr-7-\(commit("b"))","base_ref":"refs/heads/main"}}
        """

    static let githubQueue = githubPush.with(
        "merge queue",
        [
            "GITHUB_EVENT_NAME": "merge_group",
            "GITHUB_REF": ByteString("refs/heads/gh-readonly-queue/main/pr-7-\(commit("b"))"),
        ], event: mergeGroupEvent
    ) { job in
        job.event = .mergeQueue
        job.ref = ByteString("refs/heads/gh-readonly-queue/main/pr-7-\(commit("b"))")
        job.target = "refs/heads/main"
        job.base = commit("b")
        job.head = commit("a")
    }

    static let github = [
        githubPush, githubPullRequest, githubQueue,
        githubPush.with("tag", ["GITHUB_REF": "refs/tags/v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        githubPush.with("manual", ["GITHUB_EVENT_NAME": "workflow_dispatch"]) { $0.event = .manual },
        githubPush.with("schedule", ["GITHUB_EVENT_NAME": "schedule"]) { $0.event = .schedule },
        githubPush.with("deployment", ["GITHUB_EVENT_NAME": "deployment"]) { $0.event = .deployment },
        githubPush.with("after another workflow", ["GITHUB_EVENT_NAME": "workflow_run"]) {
            $0.event = .other("workflow_run")
        },
        githubPush.with("re-run", ["GITHUB_TRIGGERING_ACTOR": "sam", "GITHUB_RUN_ATTEMPT": "2"]) {
            $0.actor = "sam"
            $0.attempt = 2
        },
        githubPullRequest.with(
            "pull_request_target", ["GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_REF": "refs/heads/main"]
        ) {
            $0.ref = "refs/heads/main"
            $0.result = nil
        },
    ]

    static let gitea = [CISystem.gitea, .forgejo].flatMap { system in
        let marks: [ByteString: ByteString] =
            system == .forgejo
            ? ["GITEA_ACTIONS": "true", "FORGEJO_ACTIONS": "true"] : ["GITEA_ACTIONS": "true"]
        let own = githubPush.variables.merging(marks) { $1 }
            .merging(["GITHUB_SERVER_URL": "https://git.example.org"]) { $1 }
            .filter { $0.key != "GITHUB_TRIGGERING_ACTOR" }
        let push = JobFixture("push", system, own) { job in
            githubPush.job(&job)
            job.url = "https://git.example.org/example/payments/actions/runs/3"
        }
        return [
            push,
            push.with(
                "pull request",
                [
                    "GITHUB_EVENT_NAME": "pull_request", "GITHUB_REF": "refs/pull/7/head", "GITHUB_SHA": hex("c"),
                    "GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": "topic",
                ], event: pullRequestEvent
            ) { job in
                job.event = .mergeRequest
                job.ref = "refs/pull/7/head"
                job.commit = commit("c")
                job.target = "refs/heads/main"
                job.base = commit("b")
                job.head = commit("c")
            },
        ]
    }
}
