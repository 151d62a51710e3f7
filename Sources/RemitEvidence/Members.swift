package import RemitFormats
package import RemitLedger
package import RemitModel

/// The members of a JSON object of the evidence, each read with its type or refused with its name.
package struct Members: Sendable {
    private let values: [String: JSONValue]
    /// What is read, as errors name it: "entry 7".
    package let source: String

    /// Reads an object from exact bytes.
    package init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(bytes, bytesAtMost: Ledger.maximumInputByteCount)
        } catch {
            throw EvidenceError("\(source) \(error.fault) at byte \(error.offset)")
        }
        try self.init(value, of: source)
    }

    package init(_ value: JSONValue, of source: String) throws(EvidenceError) {
        guard case .object(let values) = value else { throw EvidenceError("\(source) is not a JSON object") }
        self.values = values
        self.source = source
    }

    package func fault(_ reason: String) -> EvidenceError { EvidenceError("\(source): \(reason)") }

    /// A member as it stands; `nil` where it is missing or null.
    package subscript(name: String) -> JSONValue? {
        guard let value = values[name], value != .null else { return nil }
        return value
    }

    package func text(_ name: String) throws(EvidenceError) -> String {
        guard let text = try optionalText(name) else { throw fault("'\(name)' is missing") }
        return text
    }

    package func optionalText(_ name: String) throws(EvidenceError) -> String? {
        guard let value = self[name] else { return nil }
        guard case .text(let text) = value else { throw fault("'\(name)' is not a string") }
        return text
    }

    package func number(_ name: String) throws(EvidenceError) -> Int {
        guard case .number(let number)? = self[name] else { throw fault("'\(name)' is not a whole number") }
        return number
    }

    package func flag(_ name: String) throws(EvidenceError) -> Bool {
        guard case .flag(let flag)? = self[name] else { throw fault("'\(name)' is neither true nor false") }
        return flag
    }

    /// Bytes as `JSONText.bytes` writes them: a string, or `{"base64":"…"}`.
    package func bytes(_ name: String) throws(EvidenceError) -> ByteString {
        switch self[name] {
        case .text(let text)?: return ByteString(text)
        case let value?:
            guard let bytes = Self.bytes(value) else { throw fault("'\(name)' is neither a string nor base64") }
            return bytes
        case nil: throw fault("'\(name)' is missing")
        }
    }

    package static func bytes(_ value: JSONValue) -> ByteString? {
        switch value {
        case .text(let text): return ByteString(text)
        case .object(let members):
            guard members.count == 1, case .text(let text)? = members["base64"] else { return nil }
            return Base64.decode(Array(text.utf8), padding: .required).map { ByteString($0) }
        default: return nil
        }
    }

    package func list(_ name: String) throws(EvidenceError) -> [JSONValue] {
        guard case .list(let values)? = self[name] else { throw fault("'\(name)' is not a list") }
        return values
    }

    /// A map whose keys are not known beforehand.
    package func map(_ name: String) throws(EvidenceError) -> [String: JSONValue] {
        guard case .object(let values)? = self[name] else { throw fault("'\(name)' is not an object") }
        return values
    }

    /// A list of objects; each is named by its place.
    package func objects(_ name: String) throws(EvidenceError) -> [Members] {
        var found: [Members] = []
        for value in try list(name) {
            found.append(try Members(value, of: "\(source), '\(name)' \(found.count + 1)"))
        }
        return found
    }

    package func instant(_ name: String) throws(EvidenceError) -> Instant {
        guard let instant = Instant(try text(name)) else { throw fault("'\(name)' is not a moment in UTC") }
        return instant
    }

    package func digest(_ name: String) throws(EvidenceError) -> EvidenceDigest {
        guard let digest = EvidenceDigest(text: try text(name)) else { throw fault("'\(name)' is not a digest") }
        return digest
    }

    /// One word of a closed list.
    package func word<Word: RawRepresentable>(_ name: String, as type: Word.Type) throws(EvidenceError) -> Word
    where Word.RawValue == String {
        let text = try text(name)
        guard let word = Word(rawValue: text) else { throw fault("'\(name)' is '\(text)', which is not known") }
        return word
    }
}
