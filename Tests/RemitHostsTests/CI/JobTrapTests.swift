import RemitHosts
import RemitModel
import Testing

/// What variables say of a job and do not mean.
@Suite struct JobTrapTests {
    @Test func `GitHub tries a merge commit, and the head comes from the event`() throws {
        let job = try JobFixture.githubPullRequest.read()
        #expect(job.commit == commit("a") && job.result == commit("a"))
        #expect(job.head == commit("c"))
        // Without the file nothing says which commit would be merged.
        let blind = try CISystem.github.claimed(in: JobFixture.githubPullRequest.environment()).job
        #expect(blind.head == nil && blind.base == nil)
    }

    @Test(arguments: [JobFixture.githubPush, .githubPullRequest, .githubQueue])
    func `GITHUB_REF_NAME is never used`(fixture: JobFixture) throws {
        #expect(try fixture.read(["GITHUB_REF_NAME": "refs/heads/../evil\n"]) == fixture.expected)
        #expect(try fixture.read(["GITHUB_REF": nil as ByteString?]).ref == nil)
    }

    @Test func `Gitea and Forgejo are told from GitHub, whose variables they set`() throws {
        for fixture in JobFixture.gitea {
            #expect(fixture.variables["GITHUB_ACTIONS"] == "true")
            #expect(try CISystem.detect(in: fixture.environment()) == fixture.system)
        }
    }

    @Test func `GitLab's branch commits are empty unless it tries the merge`() throws {
        let detached = try JobFixture.gitlabDetached.read()
        #expect(detached.head == commit("a") && detached.base == nil && detached.result == nil)
        let merged = try JobFixture.gitlabMergedResult.read()
        #expect(merged.head == commit("c") && merged.base == commit("b") && merged.result == commit("a"))
        // A kind that is not known: the commit may be either.
        let later = try JobFixture.gitlabDetached.read(["CI_MERGE_REQUEST_EVENT_TYPE": "octopus"])
        #expect(later.head == nil && later.result == nil)
    }

    @Test func `GitLab's zeros and its fork point are no base`() throws {
        let job = try JobFixture.gitlabDetached.read()
        #expect(JobFixture.gitlabDetached.variables["CI_COMMIT_BEFORE_SHA"] == ByteString(ObjectID.zero.hex))
        #expect(job.base != .zero && job.base != commit("d"))
    }

    @Test func `a merge train is a merge queue`() throws {
        let job = try JobFixture.gitlabMergedResult.read(["CI_MERGE_REQUEST_EVENT_TYPE": "merge_train"])
        #expect(job.event == .mergeQueue && job.head == commit("c") && job.result == commit("a"))
    }

    @Test func `Buildkite's HEAD is not a commit`() throws {
        let fixture = JobFixture.buildkitePush
        #expect(try fixture.read(["BUILDKITE_COMMIT": "HEAD"]).commit == nil)
        let resolved = ["BUILDKITE_COMMIT": "HEAD", "BUILDKITE_COMMIT_RESOLVED": hex("e")] as [ByteString: ByteString?]
        #expect(try fixture.read(resolved).commit == commit("e"))
    }

    @Test func `Buildkite's false is no pull request`() throws {
        #expect(try JobFixture.buildkitePush.read().event == .push)
        #expect(try JobFixture.buildkitePullRequest.read().event == .mergeRequest)
    }

    @Test func `nobody has checked who Buildkite's creator is, unless a person started the build`() throws {
        #expect(try JobFixture.buildkitePush.read().actor == nil)
        #expect(try JobFixture.buildkitePush.read(["BUILDKITE_SOURCE": "ui"]).actor == "Linus")
    }

    @Test func `with Buildkite's merge refspec the commit may be the host's merge`() throws {
        let job = try JobFixture.buildkitePullRequest.read(["BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC": "true"])
        #expect(job.event == .mergeRequest && job.head == nil)
    }

    @Test func `CircleCI's random pull request is never used`() throws {
        let fixture = JobFixture.circlePush
        let job = try fixture.read([
            "CIRCLE_PULL_REQUEST": "https://github.com/example/payments/pull/8", "CIRCLE_PULL_REQUESTS": "\n",
        ])
        #expect(job == fixture.expected)
    }

    @Test(arguments: ["main", "refs/heads/main"])
    func `Azure's target comes in two forms`(target: ByteString) throws {
        let job = try JobFixture.azurePullRequest.read(["SYSTEM_PULLREQUEST_TARGETBRANCH": target])
        #expect(job.target == "refs/heads/main")
    }

    @Test func `who ran an Azure job again is not known`() throws {
        let job = try JobFixture.azurePush.read(["SYSTEM_JOBATTEMPT": "2"])
        #expect(job.attempt == 2 && job.actor == nil)
    }

    @Test func `a variable that somebody set in the place of Bitbucket's own is a claim like any other`() throws {
        let fixture = JobFixture.bitbucketPush
        let job = try fixture.read(["BITBUCKET_DEPLOYMENT_ENVIRONMENT": "production"])
        #expect(job.environment == "production" && job.proof == nil)
        let error = invocationError { () throws(InvocationError) in
            try fixture.read(["BITBUCKET_COMMIT": "main"])
        }
        #expect(error?.variable == "BITBUCKET_COMMIT")
    }

    @Test func `Bitbucket's abbreviated destination is no base`() throws {
        let name: ByteString = "BITBUCKET_PR_DESTINATION_COMMIT"
        #expect(try JobFixture.bitbucketPullRequest.read([name: "bbbbbbbbbbbb"]).base == nil)
        let error = invocationError { () throws(InvocationError) in
            try JobFixture.bitbucketPullRequest.read([name: "bbbbbbbbbbbg"])
        }
        #expect(error == InvocationError(.badClaim, name, "is not the id of a commit, 40 hexadecimal digits"))
    }

    @Test func `Woodpecker's branch of a pull request is the target's`() throws {
        let job = try JobFixture.woodpeckerPullRequest.read(["CI_COMMIT_BRANCH": "release"])
        #expect(job.ref == "refs/pull/7/head" && job.target == "refs/heads/main")
    }

    @Test func `who restarted a Woodpecker pipeline is not known`() throws {
        #expect(try JobFixture.woodpeckerPush.read(["CI_PIPELINE_PARENT": "7"]).actor == nil)
    }

    @Test func `pull_request_target runs for the target, not for a merge`() throws {
        let job = try JobFixture.githubPullRequest.read([
            "GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": hex("b"),
        ])
        #expect(job.head == commit("c") && job.base == commit("b") && job.result == nil)
    }

    @Test func `workflow_run and schedule are no push, whatever the ref`() throws {
        #expect(try JobFixture.githubPush.read(["GITHUB_EVENT_NAME": "workflow_run"]).event == .other("workflow_run"))
        #expect(try JobFixture.githubPush.read(["GITHUB_EVENT_NAME": "schedule"]).event == .schedule)
    }

    @Test func `a re-run is of who ran it again`() throws {
        let job = try JobFixture.githubPush.read(["GITHUB_TRIGGERING_ACTOR": "sam", "GITHUB_RUN_ATTEMPT": "2"])
        #expect(job.actor == "sam" && job.attempt == 2)
    }

    @Test func `Jenkins names a change request as it likes, and its commit may be a merge`() throws {
        let job = try JobFixture.jenkinsChange.read()
        #expect(job.ref == nil && job.head == nil && job.actor == nil && job.target == "refs/heads/main")
    }

    @Test func `a password in an address is left out`() throws {
        let value: ByteString = "https://bot:se@cret@git.example.org/a@b.git"
        #expect(
            try JobFixture.jenkinsBranch.read(["GIT_URL": value]).repository == "https://git.example.org/a@b.git")
    }

    @Test func `a parameter of Tekton that has no value is not one`() throws {
        #expect(try JobFixture.tektonPush.read().event == .push)
    }
}
