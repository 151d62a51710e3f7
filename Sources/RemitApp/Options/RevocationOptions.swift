import ArgumentParser
import RemitAuthority
import RemitModel
import RemitReport

extension Revocation.Cause: ExpressibleByArgument {}

/// Why something is revoked, by whom, and where that is written.
struct RevocationOptions: ParsableArguments {
    @Option(help: "Why, in a sentence.")
    var reason: String

    @Option(
        help: "The person who revokes. Default: whose key it is.", transform: OptionReading.identifier)
    var issuer: String?

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    /// Signs and commits a revocation, then says what it stops and what it does not.
    func revoke(
        _ target: Revocation.Target, _ cause: Revocation.Cause, at now: Instant, in clone: AuthorityClone
    ) throws(AppError) {
        let standing = try clone.location.authority(at: now)
        let signer = try signing.signer(for: clone)
        let issuer = try RevocationIssuer(authority: standing, key: signer.key).require(target, cause, named: issuer)
        let revocation = Revocation(
            organisation: standing.policy.organisation, target: target, cause: cause, reason: reason, issuedAt: now,
            issuer: issuer)
        let path = try NewRevocation(revocation: revocation, signer: signer, clone: clone, now: now).commit()

        let console = Console.standard
        let notice = RevocationNotice(revocation)
        console.say("\(issuer) revokes \(RevocationNotice.name(target).text) as \(cause.rawValue)")
        for line in [notice.stops, notice.stays, notice.next].compactMap(\.self) { console.say(line.text) }
        clone.tell()
        console.print(path)
    }
}
