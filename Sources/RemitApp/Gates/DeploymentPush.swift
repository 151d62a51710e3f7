import RemitFormats
import RemitModel
import RemitReport

/// Makes the tag that remembers a deployment, and pushes it.
struct DeploymentPush {
    let git: Git
    let remote: String

    /// The tag's id, once the remote has it.
    func push(_ envelope: [UInt8], _ decision: DeploymentDecision) throws(AppError) -> String {
        let ref = "refs/remit/deployed/\(decision.environment)"
        // Who tagged is nobody's word: the signature is in the message.
        let header = """
            object \(decision.commit.hex)
            type commit
            tag deployed/\(decision.environment)
            tagger Remit <gate@remit.invalid> \(decision.decidedAt.seconds) +0000


            """
        let made = try git.attempt(["mktag"], .captured(input: Array(header.utf8) + envelope + [UInt8(ascii: "\n")]))
        guard made.status == 0 else {
            throw AppError(
                "no tag of commit \(decision.commit.hex) could be made: \(made.complaint)",
                hint: "run it in the clone that was deployed from", status: .undecided)
        }
        let lease = try present(ref)
        let output = try git.attempt([
            "push", "--porcelain", "--no-follow-tags", "--no-verify", "--force-with-lease=\(ref):\(lease)", remote,
            "\(made.text):\(ref)",
        ])
        guard output.status != 0 else { return made.text }
        throw AppError(
            "'\(remote)' did not take what was deployed: \(output.complaint)", quoted: Upstream.words(of: output),
            hints: ["the next deployment is judged from the one that is remembered"], status: .undecided)
    }

    /// What the remote remembers now; empty where it is nothing.
    private func present(_ ref: String) throws(AppError) -> String {
        let output = try git.attempt(["ls-remote", "--", remote, ref])
        guard output.status == 0 else {
            throw AppError("cannot read from '\(remote)': \(output.complaint)", status: .undecided)
        }
        return output.text.split(separator: "\t").first.map(String.init) ?? ""
    }
}
