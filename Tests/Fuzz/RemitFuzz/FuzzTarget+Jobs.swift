import RemitHosts
import RemitModel

/// What a CI job says of itself.
extension FuzzTarget {
    static let jobs = [jobEvent, jobVariables]

    private static let id = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

    private static let jobEvent = FuzzTarget(
        "job-event",
        seeds: [
            #"{"pull_request":{"base":{"ref":"main","sha":"\#(id)"},"head":{"ref":"topic","sha":"\#(id)"}}}"#,
            #"{"merge_group":{"head_sha":"\#(id)","base_sha":"\#(id)","base_ref":"refs/heads/main"}}"#,
        ]
    ) { bytes in
        for name: ByteString in ["pull_request", "merge_group"] {
            let environment = Environment([
                "GITHUB_EVENT_NAME": name, "GITHUB_SHA": ByteString(id), "GITHUB_BASE_REF": "main",
            ])
            do throws(InvocationError) {
                let job = try CISystem.github.claimed(in: environment, event: .file(bytes)).job
                require(job.base != nil && job.head != nil, "an event that is read names both commits")
                requireOrdinary(job)
            } catch {
                require(!error.reason.isEmpty, "a fault has a reason")
            }
        }
    }

    private static let jobVariables = FuzzTarget(
        "job-variables",
        seeds: [
            "GITLAB_CI=true\nCI_COMMIT_SHA=\(id)\nCI_COMMIT_BRANCH=main\nCI_PIPELINE_SOURCE=push\n",
            "CIRCLECI=true\nCIRCLE_BRANCH=pull/7\nCIRCLE_SHA1=\(id)\n",
            "TF_BUILD=True\nBUILD_SOURCEBRANCH=refs/pull/7/merge\nBUILD_REASON=PullRequest\n",
            "JENKINS_URL=https://a\nGIT_URL=https://b:c@d/e.git\nBUILD_NUMBER=7\nJOB_NAME=x\nCHANGE_ID=7\n",
            "CI=woodpecker\nCI_COMMIT_REF=refs/heads/main\nCI_PIPELINE_EVENT=push\nCI_PIPELINE_PARENT=0\n",
        ]
    ) { bytes in
        var variables: [ByteString: ByteString] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let name = line.prefix { $0 != UInt8(ascii: "=") }
            variables[ByteString(name)] = ByteString(line.dropFirst(name.count + 1))
        }
        let environment = Environment(variables)
        for system in CISystem.allCases {
            do throws(InvocationError) {
                _ = try CISystem.detect(in: environment)
                let claimed = try system.claimed(in: environment)
                requireOrdinary(claimed.job)
                let again = try system.claimed(in: Environment(claimed.variables))
                require(again == claimed, "what was read of variables says the same again")
            } catch {
                require(!error.reason.isEmpty, "a fault has a reason")
            }
        }
    }

    private static func requireOrdinary(_ job: Job) {
        for text in [job.repository, job.repositoryID, job.actor, job.environment, job.run, job.url] {
            require(text?.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ?? true, "a claim holds no control byte")
        }
        for ref in [job.ref, job.target] { require(ref?.starts(with: "refs/") ?? true, "a ref has its full name") }
        for id in [job.commit, job.base, job.head, job.result] { require(id?.isZero != true, "an id is of something") }
        require(job.attempt ?? 1 >= 1, "attempts are counted from 1")
    }
}
