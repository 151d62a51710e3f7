import RemitModel

/// GitLab CI/CD.
///
/// https://docs.gitlab.com/ci/variables/predefined_variables/: these variables have the lowest precedence, so the
/// pipeline's own definition can override every one of them.
extension CIHost {
    static let gitlab = CIHost(
        isMarked: { $0.says("GITLAB_CI", "true") },
        fullClone: #"GIT_DEPTH: "0" and GIT_STRATEGY: clone"#,
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.text("CI_PROJECT_PATH")
            job.repositoryID = try claims.text("CI_PROJECT_ID")
            job.commit = try claims.id("CI_COMMIT_SHA")
            // For a manual job, who started the job.
            job.actor = try claims.text("GITLAB_USER_LOGIN")
            job.environment = try claims.text("CI_ENVIRONMENT_NAME")
            job.run = try claims.text("CI_PIPELINE_ID")
            job.url = try claims.address("CI_JOB_URL")
            job.event = try event(claims)
            switch job.event {
            case .mergeRequest, .mergeQueue: try readMergeRequest(claims, into: &job)
            default:
                // CI_COMMIT_REF_NAME does not say which of the two it is.
                let tag = try claims.tag("CI_COMMIT_TAG")
                let branch = try claims.branch("CI_COMMIT_BRANCH")
                job.ref = tag ?? branch
            }
        })

    private static func event(_ claims: JobClaims) throws(InvocationError) -> Job.Event? {
        switch try claims.text("CI_PIPELINE_SOURCE") {
        case nil: nil
        case "push": try claims.isSet("CI_COMMIT_TAG") ? .tag : .push
        case "merge_request_event":
            try claims.text("CI_MERGE_REQUEST_EVENT_TYPE") == "merge_train" ? .mergeQueue : .mergeRequest
        case "schedule": .schedule
        case "web", "api", "trigger", "chat": .manual
        case .some(let word): .other(word)
        }
    }

    /// The commits of both branches are there only where GitLab tries the merge of them.
    ///
    /// Otherwise the job's commit is the source branch's, and nothing says where the target stands:
    /// CI_MERGE_REQUEST_DIFF_BASE_SHA is where they parted, CI_COMMIT_BEFORE_SHA is zeros.
    private static func readMergeRequest(_ claims: JobClaims, into job: inout Job) throws(InvocationError) {
        job.ref = try claims.ref("CI_MERGE_REQUEST_REF_PATH")
        job.target = try claims.branch("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
        job.base = try claims.id("CI_MERGE_REQUEST_TARGET_BRANCH_SHA")
        if let head = try claims.id("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") {
            job.head = head
            job.result = job.commit
            return
        }
        let kind = try claims.text("CI_MERGE_REQUEST_EVENT_TYPE")
        if kind == nil || kind == "detached" { job.head = job.commit }
    }
}
