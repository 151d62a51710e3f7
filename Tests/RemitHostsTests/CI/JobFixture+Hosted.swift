import RemitHosts
import RemitModel

extension JobFixture {
    static let gitlabPush = JobFixture(
        "push", .gitlab,
        [
            "CI": "true", "GITLAB_CI": "true", "CI_PROJECT_PATH": "example/payments", "CI_PROJECT_ID": "34",
            "CI_COMMIT_SHA": hex("a"), "CI_COMMIT_REF_NAME": "main", "CI_COMMIT_BRANCH": "main",
            "CI_COMMIT_BEFORE_SHA": hex("9"), "CI_PIPELINE_SOURCE": "push", "GITLAB_USER_LOGIN": "dana",
            "CI_PIPELINE_ID": "1000", "CI_JOB_URL": "https://gitlab.example.org/example/payments/-/jobs/3000",
        ]
    ) { job in
        job.repository = "example/payments"
        job.repositoryID = "34"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.event = .push
        job.actor = "dana"
        job.run = "1000"
        job.url = "https://gitlab.example.org/example/payments/-/jobs/3000"
    }

    /// A pipeline of the source branch: nothing is merged, both branches' commits are empty.
    static let gitlabDetached = JobFixture(
        "merge request", .gitlab,
        gitlabPush.variables.merging([
            "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_EVENT_TYPE": "detached",
            "CI_COMMIT_BRANCH": "", "CI_COMMIT_REF_NAME": "topic",
            "CI_COMMIT_BEFORE_SHA": ByteString(ObjectID.zero.hex),
            "CI_MERGE_REQUEST_REF_PATH": "refs/merge-requests/1/head",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "topic",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": hex("d"), "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "",
        ]) { $1 }
    ) { job in
        gitlabPush.job(&job)
        job.event = .mergeRequest
        job.ref = "refs/merge-requests/1/head"
        job.target = "refs/heads/main"
        job.head = commit("a")
    }

    static let gitlabMergedResult = gitlabDetached.with(
        "merged result",
        [
            "CI_MERGE_REQUEST_EVENT_TYPE": "merged_result",
            "CI_MERGE_REQUEST_REF_PATH": "refs/merge-requests/1/merge",
            "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": hex("b"), "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": hex("c"),
        ]
    ) { job in
        job.ref = "refs/merge-requests/1/merge"
        job.base = commit("b")
        job.head = commit("c")
        job.result = commit("a")
    }

    static let gitlab = [
        gitlabPush, gitlabDetached, gitlabMergedResult,
        gitlabPush.with("tag", ["CI_COMMIT_TAG": "v1.2", "CI_COMMIT_BRANCH": ""]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        gitlabMergedResult.with(
            "merge train",
            [
                "CI_MERGE_REQUEST_EVENT_TYPE": "merge_train",
                "CI_MERGE_REQUEST_REF_PATH": "refs/merge-requests/1/train",
            ]
        ) {
            $0.event = .mergeQueue
            $0.ref = "refs/merge-requests/1/train"
        },
        gitlabPush.with("manual", ["CI_PIPELINE_SOURCE": "web"]) { $0.event = .manual },
        gitlabPush.with("schedule", ["CI_PIPELINE_SOURCE": "schedule"]) { $0.event = .schedule },
        gitlabPush.with("from a parent", ["CI_PIPELINE_SOURCE": "parent_pipeline"]) {
            $0.event = .other("parent_pipeline")
        },
        gitlabPush.with("deployment", ["CI_ENVIRONMENT_NAME": "production"]) { $0.environment = "production" },
        gitlabPush.with("a job that another ran again", ["GITLAB_USER_LOGIN": "sam"]) { $0.actor = "sam" },
    ]

    static let azurePush = JobFixture(
        "push", .azure,
        [
            "TF_BUILD": "True", "BUILD_REPOSITORY_NAME": "payments",
            "BUILD_REPOSITORY_ID": "0e3f7b0c-6f0d-4d7a-9d61-0f6a4f5d1c11", "BUILD_SOURCEBRANCH": "refs/heads/main",
            "BUILD_SOURCEBRANCHNAME": "main", "BUILD_SOURCEVERSION": hex("a"), "BUILD_REASON": "IndividualCI",
            "BUILD_REQUESTEDFOR": "Dana Example", "BUILD_REQUESTEDFOREMAIL": "dana@example.org",
            "BUILD_QUEUEDBY": "Microsoft.VisualStudio.Services.TFS", "BUILD_BUILDID": "512",
            "SYSTEM_STAGEATTEMPT": "1", "SYSTEM_JOBATTEMPT": "1",
            "SYSTEM_COLLECTIONURI": "https://dev.azure.com/example/",
            "SYSTEM_TEAMPROJECT": "Pay ments", "SYSTEM_TEAMPROJECTID": "5d1c11aa-6f0d-4d7a-9d61-0f6a4f5d1c11",
        ]
    ) { job in
        job.repository = "payments"
        job.repositoryID = "0e3f7b0c-6f0d-4d7a-9d61-0f6a4f5d1c11"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.event = .push
        job.actor = "dana@example.org"
        job.run = "512"
        job.attempt = 1
        job.url =
            "https://dev.azure.com/example/5d1c11aa-6f0d-4d7a-9d61-0f6a4f5d1c11/_build/results?buildId=512"
    }

    static let azurePullRequest = azurePush.with(
        "pull request",
        [
            "BUILD_REASON": "PullRequest", "BUILD_SOURCEBRANCH": "refs/pull/7/merge",
            "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
            "SYSTEM_PULLREQUEST_SOURCEBRANCH": "refs/heads/topic", "SYSTEM_PULLREQUEST_SOURCECOMMITID": hex("c"),
        ]
    ) { job in
        job.event = .mergeRequest
        job.ref = "refs/pull/7/merge"
        job.target = "refs/heads/main"
        job.head = commit("c")
        job.result = commit("a")
    }

    static let bitbucketPush = JobFixture(
        "branch", .bitbucket,
        [
            "CI": "true", "BITBUCKET_BUILD_NUMBER": "12", "BITBUCKET_REPO_FULL_NAME": "example/payments",
            "BITBUCKET_REPO_UUID": "{5d1c11aa-6f0d-4d7a-9d61-0f6a4f5d1c11}", "BITBUCKET_BRANCH": "main",
            "BITBUCKET_COMMIT": hex("a"),
            "BITBUCKET_STEP_TRIGGERER_UUID": "{0e3f7b0c-6f0d-4d7a-9d61-0f6a4f5d1c11}",
            "BITBUCKET_PIPELINE_UUID": "{11111111-6f0d-4d7a-9d61-0f6a4f5d1c11}", "BITBUCKET_STEP_RUN_NUMBER": "1",
        ]
    ) { job in
        job.repository = "example/payments"
        job.repositoryID = "{5d1c11aa-6f0d-4d7a-9d61-0f6a4f5d1c11}"
        job.ref = "refs/heads/main"
        job.commit = commit("a")
        job.actor = "{0e3f7b0c-6f0d-4d7a-9d61-0f6a4f5d1c11}"
        job.run = "{11111111-6f0d-4d7a-9d61-0f6a4f5d1c11}"
        job.attempt = 1
        job.url = "https://bitbucket.org/example/payments/pipelines/results/12"
    }

    static let bitbucketPullRequest = bitbucketPush.with(
        "pull request",
        [
            "BITBUCKET_BRANCH": "topic", "BITBUCKET_PR_ID": "7", "BITBUCKET_PR_DESTINATION_BRANCH": "main",
            "BITBUCKET_PR_DESTINATION_COMMIT": hex("b"),
        ]
    ) { job in
        job.ref = "refs/heads/topic"
        job.event = .mergeRequest
        job.target = "refs/heads/main"
        job.base = commit("b")
        job.head = commit("a")
    }

    static let hosted = [
        azurePush, azurePullRequest,
        azurePush.with("tag", ["BUILD_SOURCEBRANCH": "refs/tags/v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        azurePush.with("manual", ["BUILD_REASON": "Manual"]) { $0.event = .manual },
        azurePush.with("schedule", ["BUILD_REASON": "Schedule"]) { $0.event = .schedule },
        azurePush.with("deployment", ["ENVIRONMENT_NAME": "production"]) { $0.environment = "production" },
        azurePush.with("after another build", ["BUILD_REASON": "BuildCompletion"]) {
            $0.event = .other("BuildCompletion")
        },
        bitbucketPush, bitbucketPullRequest,
        bitbucketPush.with("tag", ["BITBUCKET_BRANCH": "", "BITBUCKET_TAG": "v1.2"]) {
            $0.ref = "refs/tags/v1.2"
            $0.event = .tag
        },
        bitbucketPush.with("deployment", ["BITBUCKET_DEPLOYMENT_ENVIRONMENT": "production"]) {
            $0.environment = "production"
        },
        bitbucketPush.with("re-run", ["BITBUCKET_STEP_RUN_NUMBER": "2"]) { $0.attempt = 2 },
    ]
}
