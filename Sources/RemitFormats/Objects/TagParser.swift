package import RemitModel

/// Bytes of a tag object to `RawTag`, or the reason why they are malformed.
///
/// A tag is signed at its end: the signature begins at a line that begins an armour, and covers everything before it.
/// Git takes the last such line and, before 2.20, took the first; a tag with two of them is refused.
package enum TagParser {
    /// What git's `gpg-interface.c` takes for the first line of a signature.
    private static let armours = [
        "-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----", "-----BEGIN SIGNED MESSAGE-----",
        "-----BEGIN SSH SIGNATURE-----",
    ]

    package static func parse(_ bytes: [UInt8]) throws(MalformedObject) -> RawTag {
        var reader = try HeaderReader(bytes)
        let objectHeader = try reader.expect("object")
        guard let object = ObjectID(hex: objectHeader.value) else {
            throw MalformedObject(.objectID, "object: not 40 lower-case digits", at: objectHeader.range.lowerBound)
        }
        let kindHeader = try reader.expect("type")
        guard let kind = RawTag.Kind(rawValue: String(decoding: kindHeader.value, as: UTF8.self)) else {
            throw MalformedObject(.header, "a type that git does not have", at: kindHeader.range.lowerBound)
        }
        let name = try reader.expect("tag")
        guard !name.value.isEmpty else {
            throw MalformedObject(.header, "an empty tag name", at: name.range.lowerBound)
        }
        var tagger: Identity?
        while let header = try reader.next() {
            guard header.isNamed("tagger"), !header.isContinued else {
                throw unexpected(header)
            }
            guard tagger == nil else {
                throw MalformedObject(.duplicate, "two tagger headers", at: header.range.lowerBound)
            }
            tagger = try IdentityParser.parse(header.value, role: "tagger", offset: header.range.lowerBound)
        }
        let body = reader.position
        guard let signatureStart = try signatureStart(in: bytes, from: body) else {
            return RawTag(
                object: object, kind: kind, name: ByteString(name.value), tagger: tagger,
                message: Array(bytes[body...]), signature: nil, signedBytes: [])
        }
        return RawTag(
            object: object, kind: kind, name: ByteString(name.value), tagger: tagger,
            message: Array(bytes[body..<signatureStart]), signature: Array(bytes[signatureStart...]),
            signedBytes: Array(bytes[..<signatureStart]))
    }

    private static func unexpected(_ header: HeaderReader.Header) -> MalformedObject {
        if header.key.starts(with: "gpgsig".utf8) {
            return MalformedObject(.signature, "a signature header in a tag", at: header.range.lowerBound)
        }
        let isKnown = ["object", "type", "tag"].contains(header.name)
        return MalformedObject(
            isKnown ? .duplicate : .header, isKnown ? "two \(header.name) headers" : "a header that tags do not have",
            at: header.range.lowerBound)
    }

    private static func signatureStart(in bytes: [UInt8], from body: Int) throws(MalformedObject) -> Int? {
        var found: Int?
        var lineStart = body
        while lineStart < bytes.count {
            let line = bytes[lineStart...]
            if line.first == UInt8(ascii: "-"), armours.contains(where: { line.starts(with: $0.utf8) }) {
                guard found == nil else { throw MalformedObject(.duplicate, "two signatures", at: lineStart) }
                found = lineStart
            }
            guard let end = line.firstIndex(of: .lineFeed) else { break }
            lineStart = end + 1
        }
        return found
    }
}

extension HeaderReader {
    /// The next header, which must be this one and a single line.
    fileprivate mutating func expect(_ name: StaticString) throws(MalformedObject) -> Header {
        let start = position
        guard let header = try next() else { throw MalformedObject(.missing, "no \(name) header", at: start) }
        guard header.isNamed(name) else { throw MalformedObject(.missing, "no \(name) header", at: start) }
        guard !header.isContinued else { throw MalformedObject(.header, "a continued \(name) header", at: start) }
        return header
    }
}
