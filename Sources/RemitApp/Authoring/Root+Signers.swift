import RemitFormats
import RemitModel
import RemitSignatures

extension Root {
    /// The administrator who made a signature; `nil` when it is bad, or nobody's of this root.
    func signer(of signature: [UInt8], over record: [UInt8], in namespace: SignatureNamespace) -> String? {
        do throws(SignatureError) {
            let signed = try SSHSignature.verify(armoured: signature, message: record, namespace: namespace)
            return administrator(holding: signed.key)
        } catch {
            return nil
        }
    }

    /// The administrator whose key it is.
    func administrator(holding key: SSHPublicKey) -> String? {
        administrators.first { $0.keys.contains(key.line) }?.id
    }
}
