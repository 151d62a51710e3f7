package import RemitLedger
import RemitModel
import RemitReport

/// What an entry rests on: its document and its inputs, each by digest.
package struct EvidenceManifest: Hashable, Sendable {
    package static let schema = "evidence/v1"
    package static let saltByteCount = 16

    /// Random bytes: without them the digest in the entry would tell whoever guesses the rest whether it is right,
    /// after all of it has been erased.
    package let salt: [UInt8]
    /// The decision, effect, event or anchor in full.
    package let document: EvidenceDigest
    package let inputs: [Input]

    package struct Input: Hashable, Sendable {
        package let role: String
        package let digest: EvidenceDigest

        package init(role: String, digest: EvidenceDigest) {
            self.role = role
            self.digest = digest
        }
    }

    package init(salt: [UInt8] = newSalt(), document: EvidenceDigest, inputs: [Input] = []) {
        self.salt = salt
        self.document = document
        self.inputs = inputs
    }

    package static func newSalt() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<saltByteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    package var bytes: [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)),
            ("salt", .string(Hex.text(salt))),
            ("document", .string(document.description)),
            (
                "inputs",
                .array(
                    inputs.map {
                        .object([("role", .string($0.role)), ("digest", .string($0.digest.description))])
                    })
            ),
        ]).encoded
    }

    package init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema else { throw members.fault("it is no manifest") }
        guard let salt = Hex.decode(try members.text("salt").utf8), salt.count == Self.saltByteCount else {
            throw members.fault("'salt' is not \(Self.saltByteCount) bytes in hexadecimal")
        }
        self.salt = salt
        document = try members.digest("document")
        var inputs: [Input] = []
        for input in try members.objects("inputs") {
            inputs.append(Input(role: try input.text("role"), digest: try input.digest("digest")))
        }
        self.inputs = inputs
    }

    /// The digest of the input with this role.
    package subscript(role: String) -> EvidenceDigest? { inputs.first { $0.role == role }?.digest }
}
