import RemitModel

/// CircleCI.
///
/// https://circleci.com/docs/reference/variables/: why a pipeline runs and what a pull request would merge into are
/// pipeline values, not variables, so a job has to give them as options. Never `CIRCLE_PULL_REQUEST`: of a branch with
/// several pull requests it names any one.
extension CIHost {
    static let circleci = CIHost(
        isMarked: { $0.says("CIRCLECI", "true") },
        fullClone: "checkout: {method: full}",
        tokenVariable: "CIRCLE_OIDC_TOKEN_V2",
        read: { claims, job throws(InvocationError) in
            if let owner = try claims.text("CIRCLE_PROJECT_USERNAME"),
                let name = try claims.text("CIRCLE_PROJECT_REPONAME")
            {
                job.repository = "\(owner)/\(name)"
            }
            job.repositoryID = try claims.text("CIRCLE_PROJECT_ID")
            job.commit = try claims.id("CIRCLE_SHA1")
            job.actor = try claims.text("CIRCLE_USERNAME")
            // A re-run is a workflow of its own.
            job.run = try claims.text("CIRCLE_WORKFLOW_ID")
            job.url = try claims.address("CIRCLE_BUILD_URL")
            if let tag = try claims.tag("CIRCLE_TAG") {
                job.ref = tag
                job.event = .tag
            } else if let branch = try claims.branch("CIRCLE_BRANCH") {
                try readBranch(branch, into: &job)
            }
        })

    /// A pull request from a fork stands under `pull/N`, which is no branch of the repository.
    private static func readBranch(_ branch: ByteString, into job: inout Job) throws(InvocationError) {
        let fork = "refs/heads/pull/"
        guard branch.starts(with: fork) else {
            job.ref = branch
            return
        }
        job.ref = ByteString("refs/pull/".utf8 + branch.bytes.dropFirst(fork.utf8.count) + "/head".utf8)
        job.event = .mergeRequest
        job.head = job.commit
    }
}
