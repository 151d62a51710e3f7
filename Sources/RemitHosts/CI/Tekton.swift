import RemitModel

/// Tekton with Pipelines-as-Code, which gives a step no variables of its own: the pipeline hands its parameters on.
///
///     REMIT_CI                 tekton
///     REMIT_JOB_REPOSITORY     {{ repo_owner }}/{{ repo_name }}
///     REMIT_JOB_REVISION       {{ revision }}
///     REMIT_JOB_EVENT          {{ event_type }}
///     REMIT_JOB_SENDER         {{ sender }}
///     REMIT_JOB_SOURCE_BRANCH  {{ source_branch }}
///     REMIT_JOB_TARGET_BRANCH  {{ target_branch }}
///     REMIT_JOB_PULL_REQUEST   {{ pull_request_number }}
///     REMIT_JOB_RUN            $(context.pipelineRun.uid)
///
/// https://pipelinesascode.com/docs/guide/authoringprs/
extension CIHost {
    static let tekton = CIHost(
        isMarked: { $0.says("REMIT_CI", "tekton") },
        fullClone: #"the git-clone task with depth: "0""#,
        read: { claims, job throws(InvocationError) in
            job.repository = try claims.text("REMIT_JOB_REPOSITORY")
            job.commit = try claims.id("REMIT_JOB_REVISION")
            job.actor = try claims.text("REMIT_JOB_SENDER")
            job.run = try claims.text("REMIT_JOB_RUN")
            if let number = try claims.text("REMIT_JOB_PULL_REQUEST"), !isUnfilled(number) {
                job.event = .mergeRequest
                job.target = try claims.branchOfEitherForm("REMIT_JOB_TARGET_BRANCH")
                job.head = job.commit
                return
            }
            job.ref = try claims.branchOfEitherForm("REMIT_JOB_SOURCE_BRANCH")
            let isTag = job.ref?.starts(with: "refs/tags/") ?? false
            switch try claims.text("REMIT_JOB_EVENT") {
            case nil: break
            case "push": job.event = isTag ? .tag : .push
            case "incoming": job.event = .manual
            case .some(let word): job.event = .other(word)
            }
        })

    /// A parameter that has no value for an event is left standing as it was written.
    private static func isUnfilled(_ text: String) -> Bool { text.hasPrefix("{{") }
}
