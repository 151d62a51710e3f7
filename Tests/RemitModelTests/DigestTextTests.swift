import RemitModel
import RemitTestSupport
import Testing

private let forty = "0123456789abcdef0123456789abcdef01234567"
private let thirtyNine = forty.dropLast()
private let sixtyFour = String(repeating: "0123456789abcdef", count: 4)
private let as42 = String(repeating: "A", count: 42)

@Suite struct DigestTextTests {
    @Test func `an object id is read, printed and compared`() throws {
        let id = try #require(ObjectID(hex: forty))
        #expect(id.hex == forty)
        #expect(id.description == forty)
        #expect(id.abbreviated == "0123456789ab")
        #expect(ObjectID(bytes: id.bytes) == id)
        #expect(!id.isZero)
        #expect(ObjectID.zero.hex == String(repeating: "0", count: 40))
        #expect(ObjectID(hex: ObjectID.zero.hex)?.isZero == true)
    }

    @Test(arguments: [
        "", "\(thirtyNine)", "\(forty)0", sixtyFour, forty.uppercased(), "0x\(forty.dropFirst(2))",
        " \(forty.dropFirst())", "\(thirtyNine)g", "\(thirtyNine)\n", "\(thirtyNine)é",
    ])
    func `an object id is 40 lower-case digits and nothing else`(text: String) {
        #expect(ObjectID(hex: text) == nil)
    }

    @Test func `object ids are ordered as their bytes are`() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<500 {
            var (left, right) = (random.bytes(20), random.bytes(20))
            // Equal beginnings, so that each of the parts is what decides.
            let common = random.below(20)
            right.replaceSubrange(..<common, with: left[..<common])
            if random.oneIn(10) { right = left }
            left[19] = random.oneIn(2) ? right[19] : left[19]
            let (one, other) = (try #require(ObjectID(bytes: left)), try #require(ObjectID(bytes: right)))
            #expect((one < other) == left.lexicographicallyPrecedes(right), "seed 3")
            #expect(one.bytes == left)
        }
        #expect(ObjectID(bytes: [UInt8](repeating: 0, count: 21)) == nil)
        #expect(ObjectID(bytes: [UInt8](repeating: 0, count: 19)) == nil)
    }

    @Test func `a record id is read with and without its prefix`() throws {
        let id = try #require(RecordID(sixtyFour))
        #expect(RecordID("sha256:" + sixtyFour) == id)
        #expect(id.description == "sha256:" + sixtyFour)
        #expect(id.hex == sixtyFour)
        #expect(id.abbreviated == "0123456789ab")
    }

    @Test(arguments: [
        "", "sha256:", forty, sixtyFour.uppercased(), "\(sixtyFour)0", "SHA256:\(sixtyFour)",
        "sha256:sha256:\(sixtyFour)", "sha256: \(sixtyFour)", "sha512:\(sixtyFour)", "\(sixtyFour.dropLast())G",
    ])
    func `a record id has one spelling`(text: String) {
        #expect(RecordID(text) == nil)
    }

    @Test func `a fingerprint is what ssh-keygen prints`() throws {
        let directory = try TemporaryDirectory()
        let text = try SSHKey(named: "key", in: directory).fingerprint()
        let fingerprint = try #require(KeyFingerprint(text))
        #expect(fingerprint.description == text)
        #expect(fingerprint.hex.utf8.count == 64)
        #expect(KeyFingerprint(digest: fingerprint.digest) == fingerprint)
    }

    /// 32 bytes leave two bits over in the last of 43 digits, and `B` sets one of them.
    @Test(arguments: [
        "", "SHA256:", "SHA256:\(as42)", "SHA256:\(as42)AA", "SHA256:\(as42)A=", "sha256:\(as42)A", "MD5:\(as42)A",
        "SHA256:\(as42)B", "SHA256:\(as42)_", "SHA256: \(as42)",
    ])
    func `a fingerprint has one spelling`(text: String) {
        #expect(KeyFingerprint(text) == nil)
    }
}

@Suite struct BaseTextTests {
    @Test(arguments: [
        ("", "", ""), ("f", "Zg==", "66"), ("fo", "Zm8=", "666f"), ("foo", "Zm9v", "666f6f"),
        ("foob", "Zm9vYg==", "666f6f62"), ("fooba", "Zm9vYmE=", "666f6f6261"), ("foobar", "Zm9vYmFy", "666f6f626172"),
    ])
    func `the vectors of RFC 4648`(plain: String, base64: String, hex: String) {
        let bytes = Array(plain.utf8)
        let bare = base64.replacing("=", with: "")
        #expect(Base64.text(bytes, padding: .required) == base64)
        #expect(Base64.text(bytes, padding: .forbidden) == bare)
        #expect(Base64.decode(base64.utf8, padding: .required) == bytes)
        #expect(Base64.decode(bare.utf8, padding: .forbidden) == bytes)
        #expect(Hex.text(bytes) == hex)
        #expect(Hex.decode(hex.utf8) == bytes)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9", "Zm-_", "Zg==Zg==",
        "Zm9vZ", "Zé==",
    ])
    func `base64 has one spelling`(text: String) {
        #expect(Base64.decode(text.utf8, padding: .required) == nil)
    }

    @Test(arguments: ["Zg==", "Zm8=", "Z", "Zh", "Zm9vYm", "Zm9 "])
    func `base64 without padding has one spelling`(text: String) {
        #expect(Base64.decode(text.utf8, padding: .forbidden) == nil)
    }

    @Test func `whatever decodes is spelled just so`() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<5000 {
            let text = (0..<random.below(9)).map { _ in Array("AQgw/+=_ \n09".utf8)[random.below(12)] }
            for padding in [Base64.Padding.required, .forbidden] {
                guard let bytes = Base64.decode(text, padding: padding) else { continue }
                #expect(Array(Base64.text(bytes, padding: padding).utf8) == text, "seed 4")
            }
        }
    }

    @Test(arguments: ["a", "abc", "AB", "0x", "g0", "0g", " 0", "0\n", "é"])
    func `hexadecimal is pairs of lower-case digits`(text: String) {
        #expect(Hex.decode(text.utf8) == nil)
    }
}

@Suite struct ByteStringTests {
    @Test func `is ordered by unsigned bytes, shorter first`() {
        let sorted = [[], [0x00], [0x41], [0x41, 0x00], [0x41, 0x7F], [0x61], [0x7F], [0x80], [0xFF], [0xFF, 0x00]]
            .map { ByteString($0 as [UInt8]) }
        #expect(sorted.reversed().sorted() == sorted)
        for (one, other) in zip(sorted, sorted.dropFirst()) {
            #expect(one < other)
            #expect(!(other < one))
        }
    }

    @Test func `shows bytes that are not printable`() {
        #expect(ByteString([0x61, 0x5C, 0x0A, 0xFF, 0x20]).debugDescription == "a\\x5c\\x0a\\xff ")
        #expect(("refs/tags/é" as ByteString).starts(with: "refs/tags/"))
        #expect(!("refs/tag" as ByteString).starts(with: "refs/tags/"))
    }
}
