import RemitModel

/// Azure Pipelines.
///
/// https://learn.microsoft.com/azure/devops/pipelines/build/variables
extension CIHost {
    static let azure = CIHost(
        isMarked: { $0.says("TF_BUILD", "True") },
        fullClone: "checkout: self with fetchDepth: 0",
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.text("BUILD_REPOSITORY_NAME")
            job.repositoryID = try claims.text("BUILD_REPOSITORY_ID")
            job.ref = try claims.branchOfEitherForm("BUILD_SOURCEBRANCH")
            job.commit = try claims.id("BUILD_SOURCEVERSION")
            job.environment = try claims.text("ENVIRONMENT_NAME")
            job.run = try claims.text("BUILD_BUILDID")
            let stage = try claims.number("SYSTEM_STAGEATTEMPT")
            let own = try claims.number("SYSTEM_JOBATTEMPT")
            job.attempt = [stage, own].compactMap(\.self).max()
            // Who asked for the first attempt; nothing says who asked for another.
            if job.attempt ?? 1 == 1 {
                let address = try claims.text("BUILD_REQUESTEDFOREMAIL")
                let name = try claims.text("BUILD_REQUESTEDFOR")
                job.actor = address ?? name
            }
            if let collection = try claims.address("SYSTEM_COLLECTIONURI"), let run = job.run,
                let project = try claims.text("SYSTEM_TEAMPROJECTID")
            {
                job.url = "\(collection)\(project)/_build/results?buildId=\(run)"
            }
            job.event = try event(claims, job)
            if job.event == .mergeRequest { try readPullRequest(claims, into: &job) }
        })

    private static func event(_ claims: JobClaims, _ job: Job) throws(InvocationError) -> Job.Event? {
        switch try claims.text("BUILD_REASON") {
        case nil: nil
        case "PullRequest": .mergeRequest
        case "IndividualCI", "BatchedCI": job.ref?.starts(with: "refs/tags/") ?? false ? .tag : .push
        case "Schedule": .schedule
        case "Manual": .manual
        case .some(let word): .other(word)
        }
    }

    /// The target comes as `main` or as `refs/heads/main`; the job's commit is the merge that Azure tries.
    private static func readPullRequest(_ claims: JobClaims, into job: inout Job) throws(InvocationError) {
        job.target = try claims.branchOfEitherForm("SYSTEM_PULLREQUEST_TARGETBRANCH")
        job.head = try claims.id("SYSTEM_PULLREQUEST_SOURCECOMMITID")
        if let ref = job.ref, ref.starts(with: "refs/pull/"), ref.bytes.suffix(6).elementsEqual("/merge".utf8) {
            job.result = job.commit
        }
    }
}
