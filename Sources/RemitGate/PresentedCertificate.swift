import RemitFormats
import RemitGit
import RemitHosts
import RemitModel
import RemitReport
import RemitSignatures

/// The certificate with which a push came, as git told of it and as it lies in the object store.
struct PresentedCertificate: Hashable {
    let blob: ObjectID
    /// The nonce that git issued.
    let nonce: ByteString?
    /// What git says of the one in the certificate.
    let nonceStatus: ByteString?
    /// Its exact bytes; `nil` where they could not be read.
    let text: [UInt8]?
    /// Why they could not be read.
    let fault: String?

    init(_ received: ReceivedCertificate, in repository: RepositoryView) {
        blob = received.blob
        nonce = received.nonce
        nonceStatus = received.nonceStatus
        do throws(GitError) {
            (text, fault) = (try repository.certificate(received.blob), nil)
        } catch {
            (text, fault) = (nil, error.reason)
        }
    }

    /// What a decision says of it where nothing was found out.
    var record: Decision.PushCertificate? { text.map { Decision.PushCertificate(digest: RecordID(of: $0)) } }

    /// Everything but the text, which is an input of its own.
    var archived: JSONText {
        .array([blob.archived, nonce.archived, nonceStatus.archived, fault.archived])
    }

    init?(archived: JSONValue, text: [UInt8]?) {
        guard case .list(let parts) = archived, parts.count == 4, let blob = ObjectID(archived: parts[0]),
            let nonce = ByteString?(archived: parts[1]), let status = ByteString?(archived: parts[2]),
            let fault = String?(archived: parts[3]), (text == nil) == (fault != nil)
        else { return nil }
        (self.blob, self.nonce, nonceStatus, self.text, self.fault) = (blob, nonce, status, text, fault)
    }
}
