import RemitModel

/// GitHub Actions, at github.com and on GitHub Enterprise Server.
///
/// https://docs.github.com/en/actions/reference/variables-reference: the runner ignores a pipeline's own `GITHUB_*`,
/// but an earlier step of the job can still write to the file of `GITHUB_EVENT_PATH`.
extension CIHost {
    static let github = CIHost(
        isMarked: { environment in
            // The runners of Gitea and Forgejo set all of GitHub's variables too.
            environment.says("GITHUB_ACTIONS", "true") && !environment.says("GITEA_ACTIONS", "true")
                && !environment.says("FORGEJO_ACTIONS", "true")
        },
        fullClone: "actions/checkout with fetch-depth: 0",
        read: { claims, job throws(InvocationError) in
            try GitHubVariables.read(claims, into: &job)
            job.url = try GitHubVariables.address(of: "GITHUB_RUN_ID", claims, job)
        })
}

/// The variables that GitHub's runner began, and that Gitea's and Forgejo's have taken over.
enum GitHubVariables {
    /// Never `GITHUB_REF_NAME`: in a pull request it is `7/merge`, and a branch can be called so too.
    static func read(_ claims: JobClaims, into job: inout Job) throws(InvocationError) {
        job.repository = try claims.text("GITHUB_REPOSITORY")
        job.repositoryID = try claims.text("GITHUB_REPOSITORY_ID")
        job.ref = try claims.ref("GITHUB_REF")
        job.commit = try claims.id("GITHUB_SHA")
        // A re-run keeps the first run's actor.
        let rerunner = try claims.text("GITHUB_TRIGGERING_ACTOR")
        let actor = try claims.text("GITHUB_ACTOR")
        job.actor = rerunner ?? actor
        job.run = try claims.text("GITHUB_RUN_ID")
        job.attempt = try claims.number("GITHUB_RUN_ATTEMPT")
        job.event = try event(claims, job)
        switch job.event {
        case .mergeRequest: try readMergeRequest(claims, into: &job)
        case .mergeQueue: try readMergeQueue(claims, into: &job)
        default: break
        }
    }

    private static func event(_ claims: JobClaims, _ job: Job) throws(InvocationError) -> Job.Event? {
        switch try claims.text("GITHUB_EVENT_NAME") {
        case nil: nil
        case "push": job.ref?.starts(with: "refs/tags/") ?? false ? .tag : .push
        case "pull_request", "pull_request_target": .mergeRequest
        case "merge_group": .mergeQueue
        case "schedule": .schedule
        case "workflow_dispatch", "repository_dispatch": .manual
        case "deployment", "deployment_status": .deployment
        // Among them workflow_run: it runs for the default branch, whatever the run before it was for.
        case .some(let word): .other(word)
        }
    }

    private static func readMergeRequest(_ claims: JobClaims, into job: inout Job) throws(InvocationError) {
        job.target = try claims.branch("GITHUB_BASE_REF")
        let commits = try claims.commits { event throws(InvocationError) in try event.pullRequest() }
        if let commits {
            guard ByteString("refs/heads/\(commits.target)") == job.target else {
                throw claims.fault("GITHUB_BASE_REF", "is not the base branch of the event's pull request")
            }
            (job.base, job.head) = (commits.base, commits.head)
        }
        // GitHub tries the merge of both; with pull_request_target, and at Gitea, the commit is another.
        if let ref = job.ref, ref.starts(with: "refs/pull/"), ref.bytes.suffix(6).elementsEqual("/merge".utf8) {
            job.result = job.commit
        }
    }

    private static func readMergeQueue(_ claims: JobClaims, into job: inout Job) throws(InvocationError) {
        let commits = try claims.commits { event throws(InvocationError) in try event.mergeGroup() }
        guard let commits else { return }
        guard job.commit == commits.head else {
            throw claims.fault("GITHUB_SHA", "is not the head of the event's merge group")
        }
        let environment = Environment(["base_ref": ByteString(commits.target)])
        do throws(InvocationError) {
            job.target = try JobClaims(environment: environment, event: nil).ref("base_ref")
        } catch {
            throw GitHubEvent.fault("'base_ref' \(error.reason)")
        }
        (job.base, job.head) = (commits.base, commits.head)
    }

    /// Where the run is shown: by its id at GitHub, by its number in the repository at Gitea.
    static func address(of run: ByteString, _ claims: JobClaims, _ job: Job) throws(InvocationError) -> String? {
        guard let server = try claims.address("GITHUB_SERVER_URL"), let repository = job.repository,
            let run = try claims.text(run)
        else { return nil }
        return "\(server)/\(repository)/actions/runs/\(run)"
    }
}
