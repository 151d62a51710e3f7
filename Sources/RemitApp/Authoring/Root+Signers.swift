import RemitFormats
import RemitModel
import RemitSignatures

extension Root {
    /// The administrator who made a signature; `nil` when it is bad, or nobody's of this root.
    func signer(of signature: [UInt8], over record: [UInt8], in namespace: SignatureNamespace) -> String? {
        do throws(SignatureError) {
            let signed = try SSHSignature.verify(armoured: signature, message: record, namespace: namespace)
            return administrators.first { $0.keys.contains(signed.key.line) }?.id
        } catch {
            return nil
        }
    }
}
