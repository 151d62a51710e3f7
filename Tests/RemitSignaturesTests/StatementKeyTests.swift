import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Statements are signed here and verified by `openssl`, and the other way about.
@Suite struct StatementKeyTests {
    static let payload = Array("{\"_type\":\"https://in-toto.io/Statement/v1\"}".utf8)

    static func openssl(_ arguments: [String], input: [UInt8] = [], in directory: TemporaryDirectory) throws -> Output {
        try spawn(
            ["openssl"] + arguments, input: input, environment: HermeticGit.environment(home: directory.path),
            directory: directory.path)
    }

    static func options(_ kind: StatementKey.Kind) -> [String] {
        kind == .ed25519 ? ["-algorithm", "ed25519"] : ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    }

    /// Whether `openssl` finds the signature good over the bytes, by the public key in PEM.
    static func opensslAccepts(
        _ signature: [UInt8], over bytes: [UInt8], by pem: String, _ kind: StatementKey.Kind,
        in directory: TemporaryDirectory
    ) throws -> Bool {
        let files = [
            try directory.write(Array(pem.utf8), to: "public.pem"), try directory.write(signature, to: "signature"),
            try directory.write(bytes, to: "signed"),
        ]
        let verify =
            kind == .ed25519
            ? ["pkeyutl", "-verify", "-pubin", "-inkey", files[0], "-rawin", "-sigfile", files[1], "-in", files[2]]
            : ["dgst", "-sha256", "-verify", files[0], "-signature", files[1], files[2]]
        return try openssl(verify, in: directory).status == 0
    }

    @Test(arguments: StatementKey.Kind.allCases)
    func `openssl verifies what a new key signs, and nothing else`(kind: StatementKey.Kind) throws {
        let directory = try TemporaryDirectory()
        let key = try StatementKey(new: kind)
        let envelope = try key.sign(statement: Self.payload)
        let signature = try #require(envelope.signatures.first).bytes
        #expect(
            try Self.opensslAccepts(signature, over: envelope.signedBytes, by: key.publicPEM, kind, in: directory))
        #expect(
            try !Self.opensslAccepts(
                signature, over: envelope.signedBytes + [0x20], by: key.publicPEM, kind, in: directory))
        #expect(try StatementKey(pem: Array(key.pem.utf8)).publicKey == key.publicKey)
    }

    @Test(arguments: StatementKey.Kind.allCases)
    func `a key of openssl's signs, and openssl's own signature is good here`(kind: StatementKey.Kind) throws {
        let directory = try TemporaryDirectory()
        let pem = try Self.openssl(["genpkey"] + Self.options(kind), in: directory).stdout
        let key = try StatementKey(pem: pem)
        let signed = try key.sign(statement: Self.payload)
        #expect(signed.statement(signedByOneOf: [key.publicKey])?.payload == Self.payload)

        let file = try directory.write(pem, to: "key.pem")
        let exported = try Self.openssl(["pkey", "-in", file, "-pubout"], in: directory)
        #expect(String(decoding: exported.stdout, as: UTF8.self) == key.publicPEM)
        let bytes = try directory.write(signed.signedBytes, to: "bytes")
        let made =
            kind == .ed25519
            ? ["pkeyutl", "-sign", "-inkey", file, "-rawin", "-in", bytes] : ["dgst", "-sha256", "-sign", file, bytes]
        let foreign = DSSEEnvelope(
            statement: Self.payload,
            signatures: [.init(hint: nil, bytes: try Self.openssl(made, in: directory).stdout)])
        let read = try DSSEEnvelope(parsing: foreign.bytes)
        #expect(read.statement(signedByOneOf: [key.publicKey])?.signer == key.publicKey)
    }

    @Test func `any one of the keys is enough, wherever it stands, and no other key is`() throws {
        let (one, two, three) = (
            try StatementKey(new: .ed25519), try StatementKey(new: .p256), try StatementKey(new: .ed25519)
        )
        let envelope = try two.sign(statement: Self.payload)
        #expect(envelope.statement(signedByOneOf: [one.publicKey, two.publicKey])?.signer == two.publicKey)
        #expect(envelope.statement(signedByOneOf: [one.publicKey, three.publicKey]) == nil)
        #expect(envelope.statement(signedByOneOf: []) == nil)
        let both = DSSEEnvelope(
            statement: Self.payload,
            signatures: [.init(hint: nil, bytes: [0])] + envelope.signatures)
        #expect(both.statement(signedByOneOf: [two.publicKey]) != nil)
    }

    @Test func `a hint at a good key does not make a signature good`() throws {
        let (good, other) = (try StatementKey(new: .ed25519), try StatementKey(new: .ed25519))
        let signature = try #require(other.sign(statement: Self.payload).signatures.first)
        let lying = DSSEEnvelope(
            statement: Self.payload,
            signatures: [.init(hint: KeyFingerprint(of: good.publicKey), bytes: signature.bytes)])
        #expect(lying.statement(signedByOneOf: [good.publicKey]) == nil)
    }

    @Test func `a signature over another type of payload is none of a statement`() throws {
        let key = try StatementKey(new: .ed25519)
        let envelope = try key.sign(statement: Self.payload)
        let text = String(decoding: envelope.bytes, as: UTF8.self)
        let other = try DSSEEnvelope(
            parsing: Array(text.replacing("application/vnd.in-toto+json", with: "application/json").utf8))
        #expect(other.statement(signedByOneOf: [key.publicKey]) == nil)
    }

    @Test(arguments: StatementKey.Kind.allCases)
    func `every changed bit of a signature or payload is noticed`(kind: StatementKey.Kind) throws {
        let key = try StatementKey(new: kind)
        let signature = try #require(key.sign(statement: Self.payload).signatures.first).bytes
        for place in 0..<(signature.count * 8) {
            var changed = signature
            changed[place / 8] ^= 1 << UInt8(place % 8)
            let envelope = DSSEEnvelope(statement: Self.payload, signatures: [.init(hint: nil, bytes: changed)])
            #expect(envelope.statement(signedByOneOf: [key.publicKey]) == nil)
        }
        for place in Self.payload.indices {
            var changed = Self.payload
            changed[place] ^= 1
            let envelope = DSSEEnvelope(statement: changed, signatures: [.init(hint: nil, bytes: signature)])
            #expect(envelope.statement(signedByOneOf: [key.publicKey]) == nil)
        }
    }

    static let faults: [(options: [String], fault: StatementKeyError)] = [
        (["-algorithm", "x25519"], .kind), (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], .kind),
        (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], .kind),
        (["-algorithm", "ed25519", "-aes-256-cbc", "-pass", "pass:secret"], .encrypted),
    ]

    @Test(arguments: faults.indices)
    func `other keys are refused`(row: Int) throws {
        let directory = try TemporaryDirectory()
        let pem = try Self.openssl(["genpkey"] + Self.faults[row].options, in: directory)
        try #require(pem.status == 0, "\(pem.errorText)")
        #expect(throws: Self.faults[row].fault) { try StatementKey(pem: pem.stdout) }
    }

    @Test func `what is no key is refused`() throws {
        let directory = try TemporaryDirectory()
        let person = try SSHKey(named: "person", in: directory)
        #expect(throws: StatementKeyError.notPEM) { try StatementKey(pem: readFile(person.privatePath)) }
        #expect(throws: StatementKeyError.notPEM) { try StatementKey(pem: []) }
        #expect(throws: StatementKeyError.notPEM) { try StatementKey(pem: [0xFF]) }
        let pem = try StatementKey(new: .ed25519).pem
        #expect(throws: StatementKeyError.kind) { try StatementKey(pem: Array(pem.dropLast(40).utf8)) }
        let long = Array((pem + String(repeating: "\n", count: StatementKey.maximumByteCount)).utf8)
        #expect(throws: StatementKeyError.notPEM) { try StatementKey(pem: long) }
    }
}
