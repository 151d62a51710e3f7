import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite struct SSHCertificateTests {
    static func key(_ byte: UInt8) throws -> SSHPublicKey {
        var writer = SSHWriter()
        writer.append(string: "ssh-ed25519".utf8)
        writer.append(string: [UInt8](repeating: byte, count: 32))
        return try SSHPublicKey(blob: writer.bytes)
    }

    static func sound() throws -> TestCertificate { TestCertificate(for: try key(9), by: try key(8)) }

    @Test(
        arguments: [("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048)] as [(String, Int?)]
    )
    func `ssh-keygen's certificates are read for every type of key`(type: String, bits: Int?) throws {
        let directory = try TemporaryDirectory()
        let authority = try SSHKey(named: "authority", in: directory)
        let agent = try SSHKey(named: "agent", type: type, bits: bits, in: directory)
        try authority.certify(agent, principals: ["b", "a"], valid: "20261120090000Z:20261120170000Z")
        let text = String(decoding: try readFile(agent.certificatePath), as: UTF8.self)
        let encoded = try #require(text.split(separator: " ").dropFirst().first)
        let blob = try #require(Base64.decode(encoded.utf8, padding: .required))
        let certificate = try SSHCertificate(blob: blob)
        #expect(try certificate.key == SSHPublicKey(line: agent.publicLine))
        #expect(try certificate.authority == SSHPublicKey(line: authority.publicLine))
        #expect(certificate.serial == 42 && certificate.keyID == "agent 7" && certificate.role == .user)
        #expect(certificate.principals == ["b", "a"] && certificate.criticalOptions.isEmpty)
        #expect(certificate.validFrom == Instant("2026-11-20T09:00:00Z"))
        #expect(certificate.validUntil == Instant("2026-11-20T17:00:00Z"))
        for count in blob.indices {
            #expect(throws: SSHFormatError.self) { try SSHCertificate(blob: Array(blob.prefix(count))) }
        }
        #expect(throws: SSHFormatError.certificate) { try SSHPublicKey(line: text) }
    }

    @Test func `the greatest number is no end`() throws {
        var fields = try Self.sound()
        fields.validAfter = 0
        fields.validBefore = .max
        let certificate = try SSHCertificate(blob: fields.blob)
        #expect(certificate.validFrom == Instant(seconds: 0) && certificate.validUntil == nil)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: SSHFormatError
        let change: @Sendable (inout TestCertificate) throws -> Void

        init(
            _ name: String, _ error: SSHFormatError,
            _ change: @escaping @Sendable (inout TestCertificate) throws -> Void
        ) {
            testDescription = name
            self.error = error
            self.change = change
        }
    }

    static let long = [UInt8](repeating: 0x61, count: 1025)

    static let faults = [
        Fault("type of version 00", .keyType) { $0.type = "ssh-ed25519-cert-v00@openssh.com" },
        Fault("type of a plain key", .keyType) { $0.type = "ssh-ed25519" },
        Fault("DSA", .keyType) { $0.type = "ssh-dss-cert-v01@openssh.com" },
        Fault("another type than its key", .key) { $0.type = "ecdsa-sha2-nistp256-cert-v01@openssh.com" },
        Fault("long nonce", .certificateTooLong) { $0.nonce = [UInt8](repeating: 1, count: 257) },
        Fault("long blob", .certificateTooLong) { $0.trailing = [UInt8](repeating: 0, count: 8192) },
        Fault("weak key", .weakKey) {
            var writer = SSHWriter()
            writer.append(string: [UInt8](repeating: 0, count: 32))
            $0.key = writer.bytes
        },
        Fault("role 0", .certificateRole) { $0.role = 0 },
        Fault("role 3", .certificateRole) { $0.role = 3 },
        Fault("long key id", .certificateText) { $0.keyID = long },
        Fault("key id of two lines", .certificateText) { $0.keyID = Array("a\nb".utf8) },
        Fault("key id not UTF-8", .certificateText) { $0.keyID = [0xFF] },
        Fault("principal with NUL", .certificateText) { $0.principals = [[0x61, 0]] },
        Fault("long principal", .certificateText) { $0.principals = [long] },
        Fault("257 principals", .certificatePrincipals) { $0.principals = Array(repeating: [0x61], count: 257) },
        Fault("empty time", .certificateTime) { $0.validBefore = $0.validAfter },
        Fault("backward time", .certificateTime) { $0.validBefore = $0.validAfter - 1 },
        Fault("begins after all time", .certificateTime) { ($0.validAfter, $0.validBefore) = (1 << 63, .max) },
        Fault("ends after all time", .certificateTime) { $0.validBefore = 1 << 63 },
        Fault("options out of order", .certificateOptions) { $0.criticalOptions = [("b", []), ("a", [])] },
        Fault("an option twice", .certificateOptions) { $0.criticalOptions = [("a", []), ("a", [])] },
        Fault("extensions out of order", .certificateOptions) { $0.extensions = [("b", []), ("a", [])] },
        Fault("65 options", .certificateOptions) { fields in
            fields.extensions = (100..<165).map { ("\($0)", []) }
        },
        Fault("reserved", .certificateReserved) { $0.reserved = [0] },
        Fault("an authority with a certificate", .certificateAuthority) { $0.authority = try sound().blob },
        Fault("an authority of an unknown type", .keyType) {
            var writer = SSHWriter()
            writer.append(string: "ssh-ed448".utf8)
            $0.authority = writer.bytes
        },
        Fault("a signature of another type than the authority", .signatureAlgorithm) {
            var writer = SSHWriter()
            writer.append(string: "rsa-sha2-512".utf8)
            writer.append(string: [UInt8](repeating: 1, count: 64))
            $0.signature = writer.bytes
        },
        Fault("a short signature", .signature) {
            var writer = SSHWriter()
            writer.append(string: "ssh-ed25519".utf8)
            writer.append(string: [UInt8](repeating: 1, count: 63))
            $0.signature = writer.bytes
        },
        Fault("more behind", .trailingBytes) { $0.trailing = [0] },
    ]

    @Test(arguments: faults)
    func `what is read more strictly than by OpenSSH, or not at all`(fault: Fault) throws {
        var fields = try Self.sound()
        #expect(throws: Never.self) { try SSHCertificate(blob: fields.blob) }
        try fault.change(&fields)
        #expect(throws: fault.error) { try SSHCertificate(blob: fields.blob) }
    }
}
