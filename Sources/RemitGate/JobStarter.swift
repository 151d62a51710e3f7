import RemitAuthority
import RemitModel
import RemitRules

extension Authority {
    /// Whom the authority knows as the one who started a job.
    ///
    /// A token outweighs what the job says of itself. An agent's account that stands in either is an agent's all the
    /// same: nobody gains by claiming to be one.
    func identity(ofStarterOf job: Job) throws(AuthorityError) -> Circumstances.PusherIdentity {
        // GitHub's and GitLab's names for the account; the other profiles' tokens name none.
        let proved = job.proof.flatMap { $0["actor"] ?? $0["user_login"] }
        var identities: [Circumstances.PusherIdentity] = []
        for login in [proved, job.actor].compactMap(\.self) {
            identities.append(try identity(of: Pusher(login: ByteString(login), vouchedBy: job.system.rawValue)))
        }
        let agent = identities.first { if case .agent = $0 { true } else { false } }
        return agent ?? identities.first ?? .unknown
    }
}
