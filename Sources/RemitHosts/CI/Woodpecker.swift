import RemitModel

/// Woodpecker CI.
///
/// https://woodpecker-ci.org/docs/usage/environment
extension CIHost {
    static let woodpecker = CIHost(
        isMarked: { $0.says("CI", "woodpecker") },
        fullClone: "settings: {partial: false, depth: 0} of the clone step",
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.text("CI_REPO")
            job.repositoryID = try claims.text("CI_REPO_REMOTE_ID")
            // Never CI_COMMIT_BRANCH: of a pull request it is the target.
            job.ref = try claims.ref("CI_COMMIT_REF")
            job.commit = try claims.id("CI_COMMIT_SHA")
            job.environment = try claims.text("CI_PIPELINE_DEPLOY_TARGET")
            job.run = try claims.text("CI_PIPELINE_NUMBER")
            job.url = try claims.address("CI_PIPELINE_URL")
            // Made from another pipeline, it keeps that one's author: nothing says who started it anew.
            if try claims.number("CI_PIPELINE_PARENT", from: 0) ?? 0 == 0 {
                job.actor = try claims.text("CI_PIPELINE_AUTHOR")
            }
            job.event = try event(claims)
            if job.event == .mergeRequest {
                job.target = try claims.branch("CI_COMMIT_TARGET_BRANCH")
                job.head = job.commit
            }
        })

    private static func event(_ claims: JobClaims) throws(InvocationError) -> Job.Event? {
        switch try claims.text("CI_PIPELINE_EVENT") {
        case nil: nil
        case "push": .push
        case "tag": .tag
        case "pull_request": .mergeRequest
        case "deployment": .deployment
        case "cron": .schedule
        case "manual": .manual
        case .some(let word): .other(word)
        }
    }
}
