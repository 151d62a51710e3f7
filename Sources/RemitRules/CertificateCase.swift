package import RemitModel

/// What is known of the certificate of a push: one that came, or one that the repository's settings demand in vain.
package struct CertificateCase: Hashable, Sendable {
    /// `nil` where none came, or none that could be read.
    package let record: Decision.PushCertificate?
    /// Everything that is wrong with it, but for whether an earlier push came with it.
    package let faults: [Fault]
    /// Whom the server vouches for by itself: all that is known of the pusher where the certificate does not hold.
    package let account: Pusher?

    package struct Fault: Hashable, Sendable {
        /// `nil` where there is no certificate to say anything of.
        package let reason: String?
        package let cure: Finding.CertificateCure
        /// The addresses that it could have been for.
        package let addresses: [String]

        package init(_ reason: String?, cure: Finding.CertificateCure, addresses: [String] = []) {
            self.reason = reason
            self.cure = cure
            self.addresses = addresses
        }
    }

    package init(record: Decision.PushCertificate?, faults: [Fault] = [], account: Pusher? = nil) {
        self.record = record
        self.faults = faults
        self.account = account
    }

    /// The record, now that it is known whether an earlier push came with the same certificate.
    func record(after past: Past) -> Decision.PushCertificate? {
        guard let record, past.certificate != nil else { return record }
        return Decision.PushCertificate(digest: record.digest, key: record.key, standing: .refused)
    }

    /// What a person should know of a certificate that is good and helps nobody.
    var remark: String? {
        guard let record, record.standing == .stranger, let key = record.key else { return nil }
        return "the push certificate vouches for nobody: the authority does not know its key \(key)"
    }
}
