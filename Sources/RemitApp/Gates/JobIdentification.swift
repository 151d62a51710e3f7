import RemitAuthority
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures
import RemitTokens

/// Makes facts of what a job says of itself, by the token that it has.
///
/// A token that is bad in itself is the job's, and the rule `job.identity` refuses it; what keeps us from telling
/// leaves the question open.
struct JobIdentification {
    let options: TokenOptions
    let settings: CheckSettings.Values
    let now: Instant

    func identify(_ job: JobRecord, deployingTo environment: String?) async throws(AppError) -> JobRecord {
        let request = TokenRequest()
        guard options.tokenFile != nil || options.tokenVariable != nil || request != nil else { return job }
        let records = try settings.authority.records()
        let (root, now) = (settings.root, now)
        let policy = try AppError.asking { () throws(AuthorityError) in
            try Authority(records, pinned: root, at: now).policy
        }
        let jobs = policy.jobs(in: settings.repository, deployingTo: environment)
        let demand = environment.flatMap { policy.environment(named: $0, in: settings.repository)?.identity }
        guard let bytes = try token(jobs, request, isDemanded: demand == .proved) else { return job }
        var job = job
        switch try await verify(bytes, jobs) {
        case .failure(let fault): job.refuse(fault.reason)
        case .success((let verified, let profile)):
            if let directory = options.evidence { try archive(verified, in: directory) }
            job.prove(
                by: verified.proof, of: profile, token: verified.evidence, key: verified.key.canonical)
        }
        return job
    }

    private typealias Verified = (token: VerifiedToken, profile: IssuerProfile)

    private func verify(_ bytes: [UInt8], _ jobs: [JobTrust]) async throws(AppError) -> Result<Verified, TokenError> {
        let token: CompactToken
        let trusted: TrustedIssuer
        do throws(TokenError) {
            token = try CompactToken(bytes)
            trusted = try TrustedIssuer(of: token, among: jobs)
        } catch {
            return .failure(error)
        }
        let keys = try options.keys(default: trusted.keysURL).keys(at: now)
        do throws(TokenError) {
            return .success((try await TokenVerifier(keys, of: trusted, at: now).verify(token), trusted.profile))
        } catch {
            return .failure(error)
        }
    }

    /// The token that is given, else one that the system makes where the environment demands it.
    private func token(
        _ jobs: [JobTrust], _ request: TokenRequest?, isDemanded: Bool
    ) throws(AppError) -> [UInt8]? {
        if let path = options.tokenFile {
            // One byte more than a token may have, and the line feed that an editor or `echo` ends it with.
            let bytes = try Files.read(path, limit: CompactToken.maximumByteCount + 2)
            return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
        }
        if let name = options.tokenVariable {
            guard let text = Files.variable(name) else {
                throw AppError(
                    "--token-variable '\(name)' is not set in this job",
                    hint: "let the CI system give the job a token under that name", status: .undecided)
            }
            return Array(text.utf8)
        }
        guard isDemanded, let request,
            let job = jobs.first(where: { $0.profile == .github || $0.profile == .forgejo })
        else { return nil }
        return try request.token(for: job.audience)
    }

    /// Keeps what was verified, each file under the SHA-256 of what is in it; of the key that is its RFC 7638 thumbprint.
    private func archive(_ verified: VerifiedToken, in directory: String) throws(AppError) {
        let directory = Files.absolute(directory)
        _ = try Files.makeDirectories(directory)
        for (bytes, kind) in [(verified.evidence, "token"), (verified.key.canonical, "jwk")] {
            try AtomicFile.replace("\(directory)/\(RecordID(of: bytes).hex).\(kind).json", with: bytes, mode: 0o644)
        }
    }
}
