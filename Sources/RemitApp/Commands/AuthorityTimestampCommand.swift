import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// `remit authority timestamp`: that the authority holds everything until now.
struct AuthorityTimestampCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timestamp", abstract: "Say that the authority is whole until now.",
        discussion: """
            Gates with --max-age ask for it: without a fresh word, an old copy of the authority could hide what has \
            been revoked since. Run it as often as those ages demand, where the authority itself is at hand. The key is \
            one of 'timestamp_keys' in the policy, or an administrator's or operator's.

            Example: remit authority timestamp --key ~/.ssh/timestamp --authority authority
            """)

    @OptionGroup var authority: CloneOptions

    @OptionGroup var key: KeyOptions

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let signer = try key.signer(for: clone)
        var timestamp: Timestamp?
        try clone.publish(signedWith: signer.key) { (state) throws(AppError) in
            let present = try state.authority(at: now)
            let made = Timestamp(
                organisation: present.policy.organisation, issuedAt: try Self.moment(now, after: present),
                head: present.commit)
            timestamp = made
            let record = try made.record()
            var change = Changeset()
            change.put(
                record, signatures: [try signer.sign(record, for: .timestamp)], at: AuthorityLayout.timestamp,
                over: try state.records().signatures(of: AuthorityLayout.timestamp).count)
            let proposed = try state.authority(at: now, with: change)
            do throws(AuthorityError) {
                _ = try proposed.timestamp()
            } catch {
                throw AppError(error.statement, hint: "nothing was written; 'remit authority show' names who may")
            }
            return Change(change, message: "Timestamp of \(made.issuedAt)")
        }
        if let timestamp { Console.standard.print("\(timestamp.issuedAt) \(timestamp.head.hex)") }
        clone.tell()
    }

    /// Now, or a second after the one before: a server takes only a newer one.
    private static func moment(_ now: Instant, after present: Authority) throws(AppError) -> Instant {
        let last: Timestamp?
        do throws(AuthorityError) {
            last = try present.timestamp()
        } catch {
            // One that nobody believes is replaced.
            return now
        }
        guard let last, last.issuedAt >= now else { return now }
        return last.issuedAt.adding(seconds: 1)
    }
}

extension Timestamp {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "timestamp/v1")
        writer.set("organisation", organisation)
        writer.set("issued_at", issuedAt)
        writer.set("head", head.hex)
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Timestamp(record: bytes, file: "timestamp") }
        return bytes
    }
}
