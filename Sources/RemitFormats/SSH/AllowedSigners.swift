/// The people file of an authority, `people.allowed_signers`, in OpenSSH's format and read strictly.
package struct AllowedSigners: Sendable {
    /// The longest file accepted.
    package static let maximumByteCount = 1 << 20
    /// The most lines accepted, empty ones and comments included.
    package static let maximumLineCount = 16_384

    /// The lines in the order of the file.
    package let signers: [AllowedSigner]
    private let byKey: [SSHPublicKey: [AllowedSigner]]

    package init(_ bytes: [UInt8]) throws(AllowedSignersError) {
        guard bytes.count <= Self.maximumByteCount else { throw AllowedSignersError(line: nil, code: .fileTooLong) }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw AllowedSignersError(line: 1, code: .byteOrderMark) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count <= Self.maximumLineCount else { throw AllowedSignersError(line: nil, code: .tooManyLines) }

        var signers: [AllowedSigner] = []
        for (offset, line) in lines.enumerated() {
            do {
                guard let parsed = try AllowedSignerLine(line) else { continue }
                signers.append(parsed.signer(line: offset + 1))
            } catch {
                throw AllowedSignersError(line: offset + 1, code: error)
            }
        }
        self.signers = signers
        byKey = Dictionary(grouping: signers, by: \.key)
    }

    /// The lines about a key, in the order of the file.
    package func signers(with key: SSHPublicKey) -> [AllowedSigner] {
        byKey[key] ?? []
    }
}
