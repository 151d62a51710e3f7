import RemitModel

/// What a log asks of a witness: to cosign a checkpoint that goes on from the one it cosigned last (C2SP tlog-witness,
/// `add-checkpoint`).
package struct WitnessRequest: Hashable, Sendable {
    /// The size that the witness cosigned last; 0 where it cosigned none, or where that is not known.
    package let old: Int64
    /// That the checkpoint's tree begins with that one; empty from 0 and to the same size.
    package let proof: [TreeHash]
    package let checkpoint: SignedNote

    package init(old: Int64, proof: [TreeHash], checkpoint: SignedNote) {
        self.old = old
        self.proof = proof
        self.checkpoint = checkpoint
    }

    package var bytes: [UInt8] {
        let lines = ["old \(old)"] + proof.map { Base64.text($0.bytes, padding: .required) } + [""]
        return Array(lines.map { $0 + "\n" }.joined().utf8) + checkpoint.bytes
    }
}

/// What a witness answers.
package enum WitnessAnswer: Hashable, Sendable {
    /// Its signature under the checkpoint, checked.
    case cosigned(SignedNote.Signature)
    /// It cosigned a tree of another size last than the one that the request goes on from.
    case hasSeen(Int64)
    case unknownLog
    case badLogSignature
    /// What it cosigned before is no beginning of this tree.
    case inconsistent
    case other(Int)

    /// The longest answer that is read.
    package static let maximumByteCount = SignedNote.maximumByteCount
    private static let sizeType = "text/x.tlog.size"

    /// - Parameters:
    ///   - type: what the answer says that it is, its Content-Type.
    ///   - key: the only one whose signatures count; others in the answer are passed over.
    package init(
        status: Int, type: String, body: [UInt8], to checkpoint: SignedNote, by key: NoteKey
    ) throws(NoteError) {
        switch status {
        case 200: self = .cosigned(try Self.cosignature(in: body, under: checkpoint, by: key))
        case 403: self = .badLogSignature
        case 404: self = .unknownLog
        case 409:
            guard type.prefix(while: { $0 != ";" && $0 != " " }) == Self.sizeType, body.last == 0x0A,
                let text = String(validating: body.dropLast(), as: UTF8.self), let size = Checkpoint.number(text)
            else { throw NoteError("it answers 409 without the size that it has seen") }
            self = .hasSeen(size)
        case 422: self = .inconsistent
        default: self = .other(status)
        }
    }

    private static func cosignature(
        in body: [UInt8], under checkpoint: SignedNote, by key: NoteKey
    ) throws(NoteError) -> SignedNote.Signature {
        // Only what the answer brings counts: a checkpoint that is sent again has been cosigned before.
        let bare = try checkpoint.without(key)
        guard let signature = try bare.adding(body).signatures(of: key).first else {
            throw NoteError("it holds no cosignature of '\(key.text)'")
        }
        guard signature.cosignedAt != nil else { throw NoteError("its cosignature has no time") }
        return signature
    }
}

extension SignedNote {
    fileprivate func without(_ key: NoteKey) throws(NoteError) -> SignedNote {
        try SignedNote(text: text, signatures: signatures.filter { $0.name != key.name || $0.id != key.id })
    }
}
