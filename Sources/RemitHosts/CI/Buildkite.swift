import RemitModel

/// Buildkite.
///
/// https://buildkite.com/docs/pipelines/configure/environment-variables
extension CIHost {
    static let buildkite = CIHost(
        isMarked: { $0.says("BUILDKITE", "true") },
        fullClone: "BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS without --depth and --filter",
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.remote("BUILDKITE_REPO")
            job.commit = try commit(claims)
            job.environment = try claims.text("BUILDKITE_GITHUB_DEPLOYMENT_ENVIRONMENT")
            job.run = try claims.text("BUILDKITE_BUILD_ID")
            // Counted from 0.
            job.attempt = try claims.number("BUILDKITE_RETRY_COUNT", from: 0).map { $0 + 1 }
            job.url = try claims.address("BUILDKITE_BUILD_URL")
            if let base = try claims.id("BUILDKITE_MERGE_QUEUE_BASE_COMMIT") {
                job.event = .mergeQueue
                job.target = try claims.branch("BUILDKITE_MERGE_QUEUE_BASE_BRANCH")
                (job.base, job.head) = (base, job.commit)
            } else if let number = try claims.text("BUILDKITE_PULL_REQUEST"), number != "false" {
                job.event = .mergeRequest
                job.target = try claims.branch("BUILDKITE_PULL_REQUEST_BASE_BRANCH")
                // With this setting the agent checks out the host's merge instead.
                let isMerge = try claims.text("BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC") == "true"
                if !isMerge { job.head = job.commit }
            } else {
                let tag = try claims.tag("BUILDKITE_TAG")
                // Of a pull request from a fork it would be `owner:branch`.
                job.ref = if let tag { tag } else { try claims.branch("BUILDKITE_BRANCH") }
                try readSource(claims, isTag: tag != nil, into: &job)
            }
        })

    /// `HEAD` where a build was started without saying which commit.
    private static func commit(_ claims: JobClaims) throws(InvocationError) -> ObjectID? {
        if try claims.text("BUILDKITE_COMMIT") == "HEAD" { return try claims.id("BUILDKITE_COMMIT_RESOLVED") }
        return try claims.id("BUILDKITE_COMMIT")
    }

    /// The creator of a build that a webhook started is whom the head commit calls its author: nobody has checked that.
    private static func readSource(_ claims: JobClaims, isTag: Bool, into job: inout Job) throws(InvocationError) {
        let source = try claims.text("BUILDKITE_SOURCE")
        switch source {
        case "ui", "api":
            job.actor = try claims.text("BUILDKITE_BUILD_CREATOR")
            job.event = .manual
        case "schedule": job.event = .schedule
        case "webhook": job.event = isTag ? .tag : .push
        case .some(let word): job.event = .other(word)
        case nil: break
        }
        if try claims.isSet("BUILDKITE_GITHUB_DEPLOYMENT_ID") { job.event = .deployment }
    }
}
