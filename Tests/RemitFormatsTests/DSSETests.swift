import Foundation
import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite struct DSSETests {
    static let type = "http://example.com/HelloWorld"

    @Test func `what is signed is the specification's example`() {
        #expect(
            DSSEEnvelope.signedBytes(type: Self.type, payload: Array("hello world".utf8))
                == Array("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
        #expect(DSSEEnvelope.signedBytes(type: "a", payload: []) == Array("DSSEv1 1 a 0 ".utf8))
    }

    struct File: Decodable {
        struct Vector: Decodable {
            let payloadType: String
            let body: String
            let pae: String
        }
        let dsse: Vector
    }

    @Test(.enabled(if: sharedData("log-vectors.json") != nil))
    func `what is signed is the project's vector`() throws {
        let path = try #require(sharedData("log-vectors.json"))
        let vector = try JSONDecoder().decode(File.self, from: Data(readFile(path))).dsse
        #expect(
            DSSEEnvelope.signedBytes(type: vector.payloadType, payload: Array(vector.body.utf8))
                == Array(vector.pae.utf8))
    }

    /// The envelope of the specification's test vectors, protocol.md.
    static let example = #"""
        {"payload": "aGVsbG8gd29ybGQ=",
         "payloadType": "http://example.com/HelloWorld",
         "signatures": [
           {"keyid": "66301bbf",
            "sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}
         ]}
        """#

    @Test func `the specification's envelope is read`() throws {
        let envelope = try DSSEEnvelope(parsing: Array(Self.example.utf8))
        #expect(envelope.payloadType == Self.type)
        #expect(envelope.payload == Array("hello world".utf8))
        #expect(envelope.signatures.map(\.bytes.count) == [64])
        #expect(envelope.signatures.map(\.hint) == [nil])
        #expect(envelope.signedBytes == Array("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
    }

    @Test(arguments: ["-_8=", "-_8", "+/8=", "+/8"])
    func `both alphabets of base64 are read, padded or not`(text: String) throws {
        let json = #"{"payload":"\#(text)","payloadType":"t","signatures":[{"sig":"AA","x":1}],"more":{"a":[]}}"#
        let envelope = try DSSEEnvelope(parsing: Array(json.utf8))
        #expect(envelope.payload == [0xFB, 0xFF])
        #expect(envelope.signatures == [.init(hint: nil, bytes: [0])])
    }

    @Test func `the envelope that is written is one line and is read back`() throws {
        let hint = try #require(KeyFingerprint(digest: [UInt8](repeating: 7, count: 32)))
        let envelope = DSSEEnvelope(
            statement: Array("{\"a\":1}\n".utf8), signatures: [.init(hint: hint, bytes: [1, 2, 3])])
        #expect(
            String(decoding: envelope.bytes, as: UTF8.self)
                == #"{"payload":"eyJhIjoxfQo=","payloadType":"application/vnd.in-toto+json","#
                + #""signatures":[{"keyid":"SHA256:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","sig":"AQID"}]}"#)
        let read = try DSSEEnvelope(parsing: envelope.bytes)
        #expect(read.payload == envelope.payload && read.signedBytes == envelope.signedBytes)
        #expect(read.signatures == [.init(hint: nil, bytes: [1, 2, 3])])
    }

    static let faults: [(json: String, fault: String)] = [
        ("[]", "is not a JSON object"), ("{", "lacks the name of a member, at byte 1"),
        (#"{"payload":"","payload":""}"#, "has a member twice, at byte 26"),
        (#"{"payload":"","signatures":[]}"#, "has no 'payloadType' of printable characters"),
        (#"{"payload":"","payloadType":"a b"}"#, "has no 'payloadType' of printable characters"),
        (#"{"payload":"","payloadType":"a\"b"}"#, "has no 'payloadType' of printable characters"),
        (#"{"payload":"A+_A","payloadType":"t"}"#, "has no 'payload' in base64"),
        (#"{"payload":"A","payloadType":"t"}"#, "has no 'payload' in base64"),
        (#"{"payload":"AB==","payloadType":"t"}"#, "has no 'payload' in base64"),
        (#"{"payload":"AA= =","payloadType":"t"}"#, "has no 'payload' in base64"),
        (#"{"payload":"","payloadType":"t"}"#, "has no 'signatures', or more than 16"),
        (#"{"payload":"","payloadType":"t","signatures":[]}"#, "has no 'signatures', or more than 16"),
        (
            #"{"payload":"","payloadType":"t","signatures":[\#(Array(repeating: "{}", count: 17).joined(separator: ","))]}"#,
            "has no 'signatures', or more than 16"
        ),
        (
            #"{"payload":"","payloadType":"t","signatures":[{"sig":""}]}"#,
            "has a signature without 'sig' in base64"
        ),
        (
            #"{"payload":"","payloadType":"t","signatures":[{"keyid":"k"}]}"#,
            "has a signature without 'sig' in base64"
        ),
    ]

    @Test(arguments: faults.indices)
    func `everything else is refused`(row: Int) {
        let error = #expect(throws: DSSEError.self) { try DSSEEnvelope(parsing: Array(Self.faults[row].json.utf8)) }
        #expect(error?.fault == Self.faults[row].fault)
    }

    @Test func `an envelope over 1 MiB is refused before it is read`() {
        let error = #expect(throws: DSSEError.self) {
            try DSSEEnvelope(parsing: [UInt8](repeating: 0x20, count: DSSEEnvelope.maximumByteCount + 1))
        }
        #expect(error?.fault == "is longer than 1 MiB")
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a changed envelope is read as something that can be written again, or refused`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            var bytes = Array(Self.example.utf8)
            for _ in 0...random.below(4) {
                let place = random.below(bytes.count)
                if random.oneIn(3) { bytes.remove(at: place) } else { bytes[place] = random.bytes(1)[0] }
            }
            let envelope: DSSEEnvelope
            do throws(DSSEError) {
                envelope = try DSSEEnvelope(parsing: bytes)
            } catch {
                #expect(!error.fault.isEmpty)
                continue
            }
            #expect(try DSSEEnvelope(parsing: envelope.bytes) == envelope)
        }
    }
}
