import RemitFormats
import RemitModel

/// GitHub's coding agent commits through GitHub, which has signed what it commits since April 2026.
///
/// Before that, 11 in 100 of its commits carried the signature, 95 since; what is left was rebased or taken over by a
/// person, and says so: then the committer is that person, and no signature of the host is to be expected. What says that
/// the host committed it, and does not even claim the host's key, was written by somebody else.
///
/// An observation and no proof: dates are whatever their writer wants, and the key is only claimed, since Remit does not
/// verify OpenPGP.
enum HostSigning {
    /// Since when it signs: 2026-04-01T00:00:00Z, in seconds (GitHub's changelog of 2026-04-03).
    static let since: Int64 = 1_775_001_600
    /// The OpenPGP key with which GitHub signs what it commits itself; until January 2024 it was 4AEE18F83AFDEB23.
    static let key: UInt64 = 0xB569_0EEE_BB95_2194
    static let agent = "copilot-coding-agent"
    /// The agent's account.
    private static let account: UInt64 = 198_982_749
    /// Under which address the host commits.
    private static let address = "noreply@github.com"

    /// Why a commit of the host's agent that says to be the host's is not.
    static func oddity(in commit: RawCommit, _ status: SignatureStatus) -> Oddity? {
        guard commit.committer.seconds >= since, isAgent(commit.author), isHosts(commit.committer),
            let fault = fault(of: commit.signature, status)
        else { return nil }
        return Oddity(.hostSignature, agent: agent, found: commit.author.excerpt, reason: fault)
    }

    private static func isAgent(_ identity: Identity) -> Bool {
        GitHubAddress(identity.email.bytes[...])?.id == account
    }

    private static func isHosts(_ identity: Identity) -> Bool {
        isAgent(identity) || Pattern.exact(address).matches(identity.email.bytes[...])
    }

    private static func fault(of signature: [UInt8]?, _ status: SignatureStatus) -> String? {
        let expected = OpenPGPIssuer(keyID: key).text
        switch status {
        case .unsigned: return "it is not signed"
        case .bad(let reason): return "its signature is bad: \(reason)"
        case .good(let key), .certified(let key, _): return "it is signed with the ssh key \(key)"
        case .unsupported:
            guard let signature, SignatureKind(of: signature) == .openPGP else {
                return "its signature is not an openpgp one"
            }
            do throws(OpenPGPFault) {
                let issuer = try OpenPGPIssuer(armoured: signature)
                if issuer.keyID == key { return nil }
                return "it claims the openpgp key \(issuer.text), not verified, and the host's is \(expected)"
            } catch {
                return "its openpgp signature \(error.reason)"
            }
        }
    }
}
