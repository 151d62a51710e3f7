import RemitHosts
import RemitModel
import RemitTestSupport
import Testing

/// Variables that no system makes: each is an error that names the variable and never shows its value.
@Suite struct JobFormTests {
    private static let notAnID = "is not the id of a commit, 40 hexadecimal digits"

    @Test(
        arguments: [
            (.githubPush, "GITHUB_SHA", "HEAD", notAnID),
            (.githubPush, "GITHUB_SHA", ByteString(String(repeating: "A", count: 40)), notAnID),
            (.githubPush, "GITHUB_SHA", ByteString(String(repeating: "a", count: 64)), notAnID),
            (.githubPush, "GITHUB_SHA", ByteString(ObjectID.zero.hex), notAnID),
            (.githubPush, "GITHUB_REF", "main", "is not the name of a ref: does not begin with refs/"),
            (.githubPush, "GITHUB_REF", "refs/heads/a..b", "is not the name of a ref: two dots in a row"),
            (.githubPush, "GITHUB_REF", "refs/heads/a\u{1B}[2J", "is not the name of a ref: a control byte"),
            (.githubPush, "GITHUB_RUN_ATTEMPT", "0", "is not a whole number from 1"),
            (.githubPush, "GITHUB_RUN_ATTEMPT", "+1", "is not a whole number from 1"),
            (.githubPush, "GITHUB_ACTOR", "dana\n::error::x", "holds a control byte"),
            (.githubPush, "GITHUB_SERVER_URL", "javascript:alert(1)", "is not an address of the web"),
            (
                .githubPullRequest, "GITHUB_BASE_REF", "release",
                "is not the base branch of the event's pull request"
            ),
            (.githubQueue, "GITHUB_SHA", hex("d"), "is not the head of the event's merge group"),
            (.gitlabPush, "CI_COMMIT_SHA", "main", notAnID),
            (.gitlabPush, "CI_COMMIT_BRANCH", "a b", "is not the name of a ref: the character ' '"),
            (.gitlabMergedResult, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "topic", notAnID),
            (
                .gitlabDetached, "CI_MERGE_REQUEST_REF_PATH", "merge-requests/1",
                "is not the name of a ref: does not begin with refs/"
            ),
            (.jenkinsBranch, "GIT_COMMIT", "origin/main", notAnID),
            (.jenkinsBranch, "BUILD_NUMBER", "1.5", "is not a whole number from 1"),
            (.buildkitePush, "BUILDKITE_COMMIT", "head", notAnID),
            (.buildkitePush, "BUILDKITE_RETRY_COUNT", "-1", "is not a whole number from 0"),
            (.circlePush, "CIRCLE_SHA1", "abc", notAnID),
            (.azurePush, "BUILD_SOURCEVERSION", "C1234", notAnID),
            (.bitbucketPush, "BITBUCKET_STEP_RUN_NUMBER", "first", "is not a whole number from 1"),
            (.woodpeckerPush, "CI_COMMIT_SHA", "-1", notAnID),
            (.woodpeckerPush, "CI_PIPELINE_URL", "//ci.example.org", "is not an address of the web"),
            (.tektonPush, "REMIT_JOB_REVISION", "{{ revision }}", notAnID),
        ] as [(JobFixture, ByteString, ByteString, String)])
    func `a malformed value is an error that names the variable`(
        fixture: JobFixture, variable: ByteString, value: ByteString, reason: String
    ) throws {
        let error = invocationError { () throws(InvocationError) in try fixture.read([variable: value]) }
        #expect(error == InvocationError(.badClaim, variable, reason))
    }

    @Test func `a value has a length, and is text`() throws {
        let long = ByteString(String(repeating: "x", count: 513))
        #expect(
            invocationError { () throws(InvocationError) in try JobFixture.githubPush.read(["GITHUB_ACTOR": long]) }
                == InvocationError(.tooLong, "GITHUB_ACTOR", "513 bytes, at most 512"))
        let bytes = ByteString([0x64, 0xFF])
        #expect(
            invocationError { () throws(InvocationError) in try JobFixture.githubPush.read(["GITHUB_ACTOR": bytes]) }
                == InvocationError(.badClaim, "GITHUB_ACTOR", "is not UTF-8"))
    }

    @Test(
        arguments: [
            (.githubPullRequest, "", "the file ends before its value, at byte 0"),
            (.githubPullRequest, "[]", "the file does not hold an object"),
            (.githubPullRequest, "{}", "the file has no object 'pull_request'"),
            (.githubPullRequest, #"{"pull_request":{}}"#, "the file has no object 'base'"),
            (
                .githubPullRequest, #"{"pull_request":{"base":{"sha":7},"head":{}}}"#,
                "the file has no text 'sha'"
            ),
            (
                .githubPullRequest, #"{"pull_request":{"base":{"sha":"main"},"head":{}}}"#,
                "'sha' is not the id of a commit, 40 hexadecimal digits"
            ),
            (.githubPullRequest, #"{"a":1,"a":1}"#, "the file has a member twice, at byte 12"),
            (.githubQueue, "{}", "the file has no object 'merge_group'"),
            (
                .githubQueue,
                #"{"merge_group":{"head_sha":"\#(commit("a"))","base_sha":"\#(commit("b"))","base_ref":"main"}}"#,
                "'base_ref' is not the name of a ref: does not begin with refs/"
            ),
        ] as [(JobFixture, String, String)])
    func `an event that cannot be understood is an error`(fixture: JobFixture, event: String, reason: String) {
        var fixture = fixture
        fixture.event = event
        let error = invocationError { () throws(InvocationError) in try fixture.read() }
        #expect(error == InvocationError(.badEvent, "GITHUB_EVENT_PATH", reason))
    }

    @Test func `an event of more than four mebibytes is not read`() {
        var fixture = JobFixture.githubPullRequest
        fixture.event = String(repeating: " ", count: 4 << 20) + "{}"
        let error = invocationError { () throws(InvocationError) in try fixture.read() }
        #expect(
            error
                == InvocationError(
                    .badEvent, "GITHUB_EVENT_PATH", "the file is longer than 4194304 bytes, at byte 4194304"))
    }

    @Test func `the event's file is asked for only where it says which commits`() throws {
        let path: ByteString = "/github/workflow/event.json"
        #expect(try CISystem.github.eventFile(in: JobFixture.githubPullRequest.environment()) == path)
        #expect(try CISystem.github.eventFile(in: JobFixture.githubQueue.environment()) == path)
        #expect(try CISystem.github.eventFile(in: JobFixture.githubPush.environment()) == nil)
        #expect(try CISystem.gitlab.eventFile(in: JobFixture.githubPullRequest.environment()) == nil)
    }

    /// Whatever stands in the variables, a job has bounded text without control bytes, or there is an error that names
    /// one of them.
    @Test func `random values never pass malformed`() {
        var random = SplitMix64(seed: 4)
        let pieces: [[UInt8]] = [
            Array("refs/heads/".utf8), Array("main".utf8), Array(commit("a").hex.utf8), [0x1B], [0xFF],
            Array("\n".utf8),
            Array("HEAD".utf8), Array("7".utf8), Array("..".utf8), Array("https://a@b/".utf8), Array("false".utf8),
        ]
        for _ in 0..<4000 {
            let fixture = JobFixture.all[random.below(JobFixture.all.count)]
            let names = fixture.variables.keys.sorted()
            var changes: [ByteString: ByteString?] = [:]
            for _ in 0...random.below(3) {
                let value = (0...random.below(3)).flatMap { _ in
                    random.oneIn(5) ? random.bytes(random.below(600)) : pieces[random.below(pieces.count)]
                }
                changes[names[random.below(names.count)]] = ByteString(value)
            }
            do throws(InvocationError) {
                Self.check(try fixture.read(changes))
            } catch {
                #expect(changes.keys.contains(error.variable) || error.code == .badEvent || error.code == .badClaim)
                #expect(error.reason.utf8.count < 120)
            }
        }
    }

    private static func check(_ job: Job) {
        let texts = [job.repository, job.repositoryID, job.actor, job.environment, job.run, job.url, job.event?.word]
        for text in texts.compactMap(\.self) {
            #expect(text.utf8.count <= 4096 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        }
        for ref in [job.ref, job.target].compactMap(\.self) { #expect(ref.starts(with: "refs/")) }
        for id in [job.commit, job.base, job.head, job.result].compactMap(\.self) { #expect(!id.isZero) }
        #expect(job.attempt ?? 1 >= 1)
    }
}
