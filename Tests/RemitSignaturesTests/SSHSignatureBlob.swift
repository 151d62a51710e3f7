import RemitFormats
import RemitModel
import Testing

/// The five fields after magic and version of an SSHSIG blob, to be put together again in other ways.
struct SSHSignatureBlob {
    var version: UInt32 = 1
    var key: [UInt8]
    var namespace: [UInt8]
    var reserved: [UInt8]
    var hash: [UInt8]
    var signature: [UInt8]

    init(_ armoured: [UInt8]) throws {
        var reader = SSHReader(try Self.dearmour(armoured))
        _ = try reader.bytes(10)
        key = Array(try reader.string())
        namespace = Array(try reader.string())
        reserved = Array(try reader.string())
        hash = Array(try reader.string())
        signature = Array(try reader.string())
        try reader.finish()
    }

    static func dearmour(_ armoured: [UInt8]) throws -> [UInt8] {
        let lines = armoured.split(separator: UInt8(ascii: "\n")).dropFirst().dropLast()
        return try #require(Base64.decode(Array(lines.joined()), padding: .required))
    }

    func with(key: [UInt8]) -> [UInt8] {
        var copy = self
        copy.key = key
        return copy.bytes
    }

    var bytes: [UInt8] {
        var writer = SSHWriter()
        writer.append(raw: SSHSignature.magic)
        writer.append(uint32: version)
        for field in [key, namespace, reserved, hash, signature] { writer.append(string: field) }
        return writer.bytes
    }
}
