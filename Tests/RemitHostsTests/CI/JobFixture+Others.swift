import RemitHosts
import RemitModel

extension JobFixture {
    static let jenkinsBranch = JobFixture(
        "branch", .jenkins,
        [
            "JENKINS_URL": "https://jenkins.example.org/", "BUILD_NUMBER": "153", "JOB_NAME": "payments/main",
            "BUILD_URL": "https://jenkins.example.org/job/payments/job/main/153/",
            "GIT_URL": "https://bot:secret@git.example.org/payments.git", "GIT_COMMIT": hex("a"),
            "GIT_BRANCH": "main", "BRANCH_NAME": "main",
        ]
    ) { job in
        job.repository = "https://git.example.org/payments.git"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.run = "payments/main#153"
        job.url = "https://jenkins.example.org/job/payments/job/main/153/"
    }

    static let jenkinsChange = JobFixture(
        "change request", .jenkins,
        jenkinsBranch.variables.merging([
            "BRANCH_NAME": "PR-7", "GIT_BRANCH": "PR-7", "CHANGE_ID": "7", "CHANGE_TARGET": "main",
            "CHANGE_BRANCH": "topic", "CHANGE_FORK": "mallory", "CHANGE_AUTHOR": "mallory",
            "CHANGE_URL": "https://git.example.org/payments/pulls/7",
        ]) { $1 }
    ) { job in
        jenkinsBranch.job(&job)
        job.ref = nil
        job.event = .mergeRequest
        job.target = "refs/heads/main"
    }

    static let buildkitePush = JobFixture(
        "push", .buildkite,
        [
            "CI": "true", "BUILDKITE": "true", "BUILDKITE_REPO": "git@github.com:example/payments.git",
            "BUILDKITE_BRANCH": "main", "BUILDKITE_TAG": "", "BUILDKITE_COMMIT": hex("a"),
            "BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "",
            "BUILDKITE_SOURCE": "webhook", "BUILDKITE_BUILD_CREATOR": "Linus",
            "BUILDKITE_BUILD_ID": "4735ba57-80d0-46e2-8fa0-b28223a86586", "BUILDKITE_RETRY_COUNT": "0",
            "BUILDKITE_BUILD_URL": "https://buildkite.com/example/payments/builds/1514",
        ]
    ) { job in
        job.repository = "git@github.com:example/payments.git"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.event = .push
        job.run = "4735ba57-80d0-46e2-8fa0-b28223a86586"
        job.attempt = 1
        job.url = "https://buildkite.com/example/payments/builds/1514"
    }

    static let buildkitePullRequest = buildkitePush.with(
        "pull request from a fork",
        [
            "BUILDKITE_PULL_REQUEST": "7", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
            "BUILDKITE_BRANCH": "mallory:topic",
        ]
    ) { job in
        job.ref = nil
        job.event = .mergeRequest
        job.target = "refs/heads/main"
        job.head = commit("a")
    }

    static let circlePush = JobFixture(
        "branch", .circleci,
        [
            "CI": "true", "CIRCLECI": "true", "CIRCLE_PROJECT_USERNAME": "example",
            "CIRCLE_PROJECT_REPONAME": "payments", "CIRCLE_PROJECT_ID": "5d1c11aa-6f0d-4d7a-9d61-0f6a4f5d1c11",
            "CIRCLE_BRANCH": "main", "CIRCLE_SHA1": hex("a"), "CIRCLE_USERNAME": "dana",
            "CIRCLE_WORKFLOW_ID": "11111111-6f0d-4d7a-9d61-0f6a4f5d1c11",
            "CIRCLE_BUILD_URL": "https://circleci.com/gh/example/payments/5",
        ]
    ) { job in
        job.repository = "example/payments"
        job.repositoryID = "5d1c11aa-6f0d-4d7a-9d61-0f6a4f5d1c11"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.actor = "dana"
        job.run = "11111111-6f0d-4d7a-9d61-0f6a4f5d1c11"
        job.url = "https://circleci.com/gh/example/payments/5"
    }

    static let woodpeckerPush = JobFixture(
        "push", .woodpecker,
        [
            "CI": "woodpecker", "CI_REPO": "example/payments", "CI_REPO_REMOTE_ID": "82",
            "CI_COMMIT_REF": "refs/heads/main", "CI_COMMIT_SHA": hex("a"), "CI_COMMIT_BRANCH": "main",
            "CI_PIPELINE_EVENT": "push", "CI_PIPELINE_AUTHOR": "dana", "CI_PIPELINE_NUMBER": "8",
            "CI_PIPELINE_PARENT": "0", "CI_PREV_COMMIT_SHA": hex("9"),
            "CI_PIPELINE_URL": "https://ci.example.org/repos/7/pipeline/8",
        ]
    ) { job in
        job.repository = "example/payments"
        job.repositoryID = "82"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.event = .push
        job.actor = "dana"
        job.run = "8"
        job.url = "https://ci.example.org/repos/7/pipeline/8"
    }

    static let woodpeckerPullRequest = woodpeckerPush.with(
        "pull request",
        [
            "CI_PIPELINE_EVENT": "pull_request", "CI_COMMIT_REF": "refs/pull/7/head", "CI_COMMIT_BRANCH": "main",
            "CI_COMMIT_SOURCE_BRANCH": "topic", "CI_COMMIT_TARGET_BRANCH": "main",
        ]
    ) { job in
        job.ref = "refs/pull/7/head"
        job.event = .mergeRequest
        job.target = "refs/heads/main"
        job.head = commit("a")
    }

    static let tektonPush = JobFixture(
        "push", .tekton,
        [
            "REMIT_CI": "tekton", "REMIT_JOB_REPOSITORY": "example/payments", "REMIT_JOB_REVISION": hex("a"),
            "REMIT_JOB_EVENT": "push", "REMIT_JOB_SENDER": "dana", "REMIT_JOB_SOURCE_BRANCH": "refs/heads/main",
            "REMIT_JOB_TARGET_BRANCH": "refs/heads/main", "REMIT_JOB_PULL_REQUEST": "{{ pull_request_number }}",
            "REMIT_JOB_RUN": "11111111-6f0d-4d7a-9d61-0f6a4f5d1c11",
        ]
    ) { job in
        job.repository = "example/payments"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.event = .push
        job.actor = "dana"
        job.run = "11111111-6f0d-4d7a-9d61-0f6a4f5d1c11"
    }

    static let branches = [jenkinsBranch, buildkitePush, circlePush, woodpeckerPush, tektonPush]

    static let others = [
        jenkinsChange,
        jenkinsBranch.with("tag", ["TAG_NAME": "v1.2", "BRANCH_NAME": "v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        jenkinsBranch.with("started by a person", ["BUILD_USER_ID": "sam"]) { $0.actor = "sam" },
        buildkitePullRequest,
        buildkitePush.with("tag", ["BUILDKITE_TAG": "v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        buildkitePush.with(
            "merge queue",
            ["BUILDKITE_MERGE_QUEUE_BASE_COMMIT": hex("b"), "BUILDKITE_MERGE_QUEUE_BASE_BRANCH": "main"]
        ) {
            $0.ref = nil
            $0.event = .mergeQueue
            $0.target = "refs/heads/main"
            $0.base = commit("b")
            $0.head = commit("a")
        },
        buildkitePush.with("manual", ["BUILDKITE_SOURCE": "ui", "BUILDKITE_BUILD_CREATOR": "Dana Example"]) {
            $0.event = .manual
            $0.actor = "Dana Example"
        },
        buildkitePush.with("schedule", ["BUILDKITE_SOURCE": "schedule"]) { $0.event = .schedule },
        buildkitePush.with("retried", ["BUILDKITE_RETRY_COUNT": "2"]) { $0.attempt = 3 },
        buildkitePush.with(
            "deployment",
            [
                "BUILDKITE_GITHUB_DEPLOYMENT_ID": "87972451",
                "BUILDKITE_GITHUB_DEPLOYMENT_ENVIRONMENT": "production",
            ]
        ) {
            $0.event = .deployment
            $0.environment = "production"
        },
        circlePush.with("tag", ["CIRCLE_BRANCH": "", "CIRCLE_TAG": "v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        circlePush.with("pull request from a fork", ["CIRCLE_BRANCH": "pull/7", "CIRCLE_PR_NUMBER": "7"]) {
            $0.ref = "refs/pull/7/head"
            $0.event = .mergeRequest
            $0.head = commit("a")
        },
        woodpeckerPullRequest,
        woodpeckerPush.with("tag", ["CI_PIPELINE_EVENT": "tag", "CI_COMMIT_REF": "refs/tags/v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        woodpeckerPush.with("manual", ["CI_PIPELINE_EVENT": "manual"]) { $0.event = .manual },
        woodpeckerPush.with("schedule", ["CI_PIPELINE_EVENT": "cron"]) { $0.event = .schedule },
        woodpeckerPush.with(
            "deployment",
            ["CI_PIPELINE_EVENT": "deployment", "CI_PIPELINE_DEPLOY_TARGET": "production", "CI_PIPELINE_PARENT": "7"]
        ) {
            $0.event = .deployment
            $0.environment = "production"
            $0.actor = nil
        },
        tektonPush.with("tag", ["REMIT_JOB_SOURCE_BRANCH": "refs/tags/v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        tektonPush.with("manual", ["REMIT_JOB_EVENT": "incoming"]) { $0.event = .manual },
        tektonPush.with(
            "pull request",
            [
                "REMIT_JOB_EVENT": "pull_request", "REMIT_JOB_SOURCE_BRANCH": "topic",
                "REMIT_JOB_TARGET_BRANCH": "main", "REMIT_JOB_PULL_REQUEST": "7",
            ]
        ) {
            $0.ref = nil
            $0.event = .mergeRequest
            $0.target = "refs/heads/main"
            $0.head = commit("a")
        },
    ]
}
