import RemitModel

/// Bitbucket Pipelines, of Bitbucket Cloud.
///
/// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/: a variable of the same name that somebody
/// sets on the repository, a deployment or one run takes the place of Bitbucket's own.
extension CIHost {
    static let bitbucket = CIHost(
        isMarked: { $0.isSet("BITBUCKET_BUILD_NUMBER") },
        fullClone: "clone: {depth: full}",
        tokenVariable: "BITBUCKET_STEP_OIDC_TOKEN",
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.text("BITBUCKET_REPO_FULL_NAME")
            job.repositoryID = try claims.text("BITBUCKET_REPO_UUID")
            job.commit = try claims.id("BITBUCKET_COMMIT")
            job.actor = try claims.text("BITBUCKET_STEP_TRIGGERER_UUID")
            job.environment = try claims.text("BITBUCKET_DEPLOYMENT_ENVIRONMENT")
            job.run = try claims.text("BITBUCKET_PIPELINE_UUID")
            job.attempt = try claims.number("BITBUCKET_STEP_RUN_NUMBER")
            if let repository = job.repository, let number = try claims.number("BITBUCKET_BUILD_NUMBER") {
                job.url = "https://bitbucket.org/\(repository)/pipelines/results/\(number)"
            }
            let tag = try claims.tag("BITBUCKET_TAG")
            let branch = try claims.branch("BITBUCKET_BRANCH")
            job.ref = tag ?? branch
            if try claims.isSet("BITBUCKET_PR_ID") {
                job.event = .mergeRequest
                job.target = try claims.branch("BITBUCKET_PR_DESTINATION_BRANCH")
                job.base = try destination(claims)
                // The working tree is a merge that the step made; this is what was merged.
                job.head = job.commit
            } else if tag != nil {
                job.event = .tag
            }
        })

    /// Where the destination stands, if that is a whole id: Bitbucket abbreviates it in places to 12 digits, and an
    /// abbreviation can be made to name something else.
    private static func destination(_ claims: JobClaims) throws(InvocationError) -> ObjectID? {
        let name: ByteString = "BITBUCKET_PR_DESTINATION_COMMIT"
        if let text = try claims.text(name), text.utf8.count < ObjectID.hexCount,
            text.utf8.count >= 7, text.utf8.allSatisfy({ Hex.value($0) != nil })
        {
            return nil
        }
        return try claims.id(name)
    }
}
