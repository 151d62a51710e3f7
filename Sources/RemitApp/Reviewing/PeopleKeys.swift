import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// Whose key each key of `people.allowed_signers` is, its time over or not.
struct PeopleKeys {
    /// Each with whether it may sign now.
    private(set) var holders: [KeyFingerprint: [(person: String, isValid: Bool)]] = [:]

    init(_ authority: Authority, at location: AuthorityLocation, now: Instant) throws(AppError) {
        let path = AuthorityLayout.people
        let records = try location.records()
        let bytes = try AppError.asking { () throws(AuthorityError) in
            try records.bytes(at: path, limit: AllowedSigners.maximumByteCount)
        }
        let people: AllowedSigners
        do throws(AllowedSignersError) {
            people = try AllowedSigners(bytes ?? [])
        } catch {
            throw AppError("'\(path)': \(error.reason)", status: .undecided)
        }
        for signer in people.signers {
            let key = KeyFingerprint(of: signer.key)
            for person in authority.policy.persons where signer.principals.matches(person.id) {
                holders[key, default: []].append((person.id, signer.isValid(at: now)))
            }
        }
    }
}
