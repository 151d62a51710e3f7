import RemitModel

/// Jenkins, with the Git plugin and branch sources.
///
/// Its `env-vars.html` and branch-api-plugin's `BranchNameContributor`. Depending on how a branch source is set up, the
/// commit of a change request is its head or a merge that Jenkins made: nothing says which, so neither is believed.
extension CIHost {
    static let jenkins = CIHost(
        isMarked: { $0.isSet("JENKINS_URL") },
        fullClone: "checkout scmGit with CloneOption(shallow: false, noTags: false, honorRefspec: false)",
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.remote("GIT_URL")
            job.commit = try claims.id("GIT_COMMIT")
            // Of the user-vars plugin; CHANGE_AUTHOR wrote the change and may not have started anything.
            job.actor = try claims.text("BUILD_USER_ID")
            if let name = try claims.text("JOB_NAME"), let number = try claims.number("BUILD_NUMBER") {
                job.run = "\(name)#\(number)"
            }
            job.url = try claims.address("BUILD_URL")
            if try claims.isSet("CHANGE_ID") {
                // BRANCH_NAME is then a name of Jenkins's own, such as PR-7.
                job.event = .mergeRequest
                job.target = try claims.branch("CHANGE_TARGET")
            } else if let tag = try claims.tag("TAG_NAME") {
                job.event = .tag
                job.ref = tag
            } else {
                job.ref = try claims.branch("BRANCH_NAME")
            }
        })
}
