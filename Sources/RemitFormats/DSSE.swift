package import RemitModel

/// A signed envelope (DSSE v1.0, github.com/secure-systems-lab/dsse): a payload, its type, and signatures over both.
///
/// What was verified is what is used: `payload` is decoded once and never read from the envelope's text again.
package struct DSSEEnvelope: Hashable, Sendable {
    /// The longest envelope that is read: 1 MiB.
    package static let maximumByteCount = 1 << 20
    /// Most signatures that are looked at.
    package static let maximumSignatureCount = 16
    /// The type of an in-toto statement's payload.
    package static let statementType = "application/vnd.in-toto+json"

    package struct Signature: Hashable, Sendable {
        /// A hint for whoever looks for the key; written, and dropped in reading: nothing covers it, so it must decide
        /// nothing.
        package let hint: KeyFingerprint?
        package let bytes: [UInt8]

        package init(hint: KeyFingerprint?, bytes: [UInt8]) {
            self.hint = hint
            self.bytes = bytes
        }
    }

    package let payloadType: String
    package let payload: [UInt8]
    package let signatures: [Signature]

    package init(statement payload: [UInt8], signatures: [Signature]) {
        payloadType = Self.statementType
        self.payload = payload
        self.signatures = signatures
    }

    /// Reads an envelope.
    ///
    /// Members that the specification does not name are ignored, as it says; none may stand twice.
    package init(parsing bytes: [UInt8]) throws(DSSEError) {
        guard bytes.count <= Self.maximumByteCount else { throw DSSEError("is longer than 1 MiB") }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(bytes)
        } catch {
            throw DSSEError("\(error.fault), at byte \(error.offset)")
        }
        guard case .object(let members) = value else { throw DSSEError("is not a JSON object") }
        guard case .text(let type) = members["payloadType"], Self.isPlain(type) else {
            throw DSSEError("has no 'payloadType' of printable characters")
        }
        guard case .text(let text) = members["payload"], let payload = Self.decode(text) else {
            throw DSSEError("has no 'payload' in base64")
        }
        guard case .list(let list) = members["signatures"],
            (1...Self.maximumSignatureCount).contains(list.count)
        else { throw DSSEError("has no 'signatures', or more than \(Self.maximumSignatureCount)") }
        var signatures: [Signature] = []
        for element in list {
            guard case .object(let signature) = element, case .text(let text) = signature["sig"],
                let bytes = Self.decode(text), !bytes.isEmpty
            else { throw DSSEError("has a signature without 'sig' in base64") }
            signatures.append(Signature(hint: nil, bytes: bytes))
        }
        payloadType = type
        self.payload = payload
        self.signatures = signatures
    }

    /// What is signed: the pre-authentication encoding of type and payload.
    package var signedBytes: [UInt8] { Self.signedBytes(type: payloadType, payload: payload) }

    package static func signedBytes(type: String, payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }

    /// The envelope as JSON in one line, without a line feed.
    ///
    /// Everything in it is base64 or a type that needs no escaping.
    package var bytes: [UInt8] {
        let signatures = signatures.map { signature in
            let hint = signature.hint.map { #""keyid":"\#($0)","# } ?? ""
            return #"{\#(hint)"sig":"\#(Base64.text(signature.bytes, padding: .required))"}"#
        }
        let payload = Base64.text(payload, padding: .required)
        let members = #""payload":"\#(payload)","payloadType":"\#(payloadType)""#
        return Array(#"{\#(members),"signatures":[\#(signatures.joined(separator: ","))]}"#.utf8)
    }

    /// Either alphabet of RFC 4648, with or without padding: DSSE leaves that to the writer.
    private static func decode(_ text: String) -> [UInt8]? {
        let isPadded = text.utf8.count.isMultiple(of: 4)
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else {
            return Base64.decode(text.utf8, padding: isPadded ? .required : .forbidden)
        }
        var digits = Array(text.utf8)[...]
        for _ in 0..<2 where isPadded && digits.last == UInt8(ascii: "=") { digits = digits.dropLast() }
        return Base64.decodeURL(digits)
    }

    /// Whether a type can stand in a JSON string as it is: a media type or a URI.
    private static func isPlain(_ type: String) -> Bool {
        (1...255).contains(type.utf8.count)
            && type.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }
}

/// Why bytes are not an envelope that Remit reads; the fault stands after the name of the file.
package struct DSSEError: Error, Hashable, Sendable {
    package let fault: String

    init(_ fault: String) {
        self.fault = fault
    }
}
