import RemitFormats
import RemitModel
import RemitSignatures

/// The exact bytes of a record and the signatures that lie beside it, not yet believed.
struct SignedRecord {
    let path: String
    let bytes: [UInt8]
    /// The armoured signature files, in their order.
    let signatures: [[UInt8]]

    /// Most signatures read of one record: more signers than that, and the threshold would be unmanageable anyway.
    static let maximumSignatureCount = 16

    /// Reads a record and its signatures; `nil` when there is no such record.
    init?(at path: String, from source: any RecordSource) throws(AuthorityError) {
        guard let bytes = try source.bytes(at: path, limit: RecordText.maximumByteCount) else { return nil }
        var signatures: [[UInt8]] = []
        for number in 1...Self.maximumSignatureCount {
            let file = AuthorityLayout.signature(of: path, number: number)
            guard let signature = try source.bytes(at: file, limit: SSHSignature.maximumByteCount) else { break }
            signatures.append(signature)
        }
        self.path = path
        self.bytes = bytes
        self.signatures = signatures
    }

    var id: RecordID { RecordID(of: bytes) }

    /// The keys whose signatures over these bytes are good, and why the others are not.
    func signers(in namespace: SignatureNamespace) -> (keys: [SSHPublicKey], faults: [String]) {
        var keys: [SSHPublicKey] = []
        var faults: [String] = []
        for armoured in signatures {
            do throws(SignatureError) {
                keys.append(
                    try SSHSignature.verify(
                        armoured: armoured, message: bytes, namespace: namespace
                    ).key)
            } catch {
                faults.append(error.reason)
            }
        }
        return (keys, faults)
    }
}
