package import RemitFormats

/// The fields of a certificate, each free to be changed before it is put together.
package struct TestCertificate: Sendable {
    package var type = "ssh-ed25519-cert-v01@openssh.com"
    package var nonce = [UInt8](repeating: 7, count: 32)
    /// The fields of the key behind its type, as the wire has them.
    package var key: [UInt8]
    package var serial: UInt64 = 42
    package var role: UInt32 = 1
    package var keyID = Array("agent 7".utf8)
    package var principals: [[UInt8]] = []
    package var validAfter: UInt64 = 1_795_165_200
    package var validBefore: UInt64 = 1_795_176_000
    package var criticalOptions: [(name: String, data: [UInt8])] = []
    package var extensions: [(name: String, data: [UInt8])] = []
    package var reserved: [UInt8] = []
    /// The authority's blob.
    package var authority: [UInt8]
    package var signature: [UInt8] = []
    package var trailing: [UInt8] = []

    /// A certificate for a key, whose authority's signature is bytes of the right shape that fit nothing.
    package init(for key: SSHPublicKey, by authority: SSHPublicKey) {
        var type = SSHWriter()
        type.append(string: key.type.rawValue.utf8)
        self.key = Array(key.blob.dropFirst(type.bytes.count))
        self.type = key.type.rawValue.replacing("@openssh.com", with: "") + "-cert-v01@openssh.com"
        self.authority = authority.blob
        var signature = SSHWriter()
        signature.append(string: "ssh-ed25519".utf8)
        signature.append(string: [UInt8](repeating: 1, count: 64))
        self.signature = signature.bytes
    }

    /// What an authority signs.
    package var signedBytes: [UInt8] {
        var writer = SSHWriter()
        writer.append(string: type.utf8)
        writer.append(string: nonce)
        writer.append(raw: key)
        writer.append(uint64: serial)
        writer.append(uint32: role)
        writer.append(string: keyID)
        var list = SSHWriter()
        for principal in principals { list.append(string: principal) }
        writer.append(string: list.bytes)
        writer.append(uint64: validAfter)
        writer.append(uint64: validBefore)
        for options in [criticalOptions, extensions] {
            var list = SSHWriter()
            for option in options {
                list.append(string: option.name.utf8)
                list.append(string: option.data)
            }
            writer.append(string: list.bytes)
        }
        writer.append(string: reserved)
        writer.append(string: authority)
        return writer.bytes
    }

    package var blob: [UInt8] {
        var writer = SSHWriter()
        writer.append(raw: signedBytes)
        writer.append(string: signature)
        writer.append(raw: trailing)
        return writer.bytes
    }
}

extension SSHWriter {
    fileprivate mutating func append(uint64 value: UInt64) {
        append(uint32: UInt32(truncatingIfNeeded: value >> 32))
        append(uint32: UInt32(truncatingIfNeeded: value))
    }
}
