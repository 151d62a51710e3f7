import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

/// A root or a policy with the signatures that it has gathered so far; each administrator's counts once.
struct Pending<Record: Equatable> {
    let record: Record
    let bytes: [UInt8]
    let namespace: SignatureNamespace
    private(set) var signatures: [[UInt8]] = []

    var id: RecordID { RecordID(of: bytes) }

    init(_ record: Record, bytes: [UInt8], in namespace: SignatureNamespace) {
        self.record = record
        self.bytes = bytes
        self.namespace = namespace
    }

    /// Takes over the signatures that count for one of the roots and are not there yet; others would be in the way.
    mutating func gather(_ found: [[UInt8]], by roots: [Root]) {
        for signature in found
        where roots.contains(where: { root in
            signer(of: signature, in: root).map { !signers(in: root).contains($0) } ?? false
        }) {
            signatures.append(signature)
        }
    }

    private func signer(of signature: [UInt8], in root: Root) -> String? {
        root.signer(of: signature, over: bytes, in: namespace)
    }

    /// The administrators of a root who have signed, each once.
    func signers(in root: Root) -> [String] {
        signatures.compactMap { signer(of: $0, in: root) }.reduce(into: []) { all, id in
            if !all.contains(id) { all.append(id) }
        }
    }

    /// Whether as many administrators of a root have signed as it asks for.
    func isEnough(for root: Root) -> Bool { signers(in: root).count >= root.threshold }

    /// Those of the signatures that count for one root.
    func signatures(in root: Root) -> [[UInt8]] {
        signatures.filter { signer(of: $0, in: root) != nil }
    }

    /// Adds a person's signature.
    mutating func sign(with signer: Signer) throws(AppError) {
        signatures.append(try signer.sign(bytes, for: namespace))
    }
}
