import RemitFormats
import RemitModel

/// An issuer's published keys (RFC 7517, section 5), by their `kid`.
package struct KeySet: Hashable, Sendable {
    private enum Entry: Hashable {
        case key(JSONWebKey)
        /// It is there, and why it cannot be used.
        case unusable(String)
    }

    /// The longest that is read; those of the big issuers have a few kilobytes.
    package static let maximumByteCount = 256 << 10

    private var entries: [ByteString: Entry] = [:]

    /// Members that only a private or a secret key has (RFC 7518, section 6).
    private static let secrets = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    /// Reads a key set.
    ///
    /// Keys of other kinds and without `kid` are no fault: sets hold keys for other uses. A set that gives away a
    /// private key, or has two keys of one name, is nothing to trust.
    package init(_ bytes: [UInt8]) throws(TokenError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw TokenError("the key set is longer than \(Self.maximumByteCount) bytes")
        }
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(bytes) } catch {
            throw TokenError("the key set \(error.fault), at byte \(error.offset)")
        }
        guard case .object(let members) = value, case .list(let keys) = members["keys"] else {
            throw TokenError("the key set is not an object with a list 'keys'")
        }
        for key in keys {
            guard case .object(let members) = key, case .text = members["kty"] else {
                throw TokenError("the key set holds a key without 'kty'")
            }
            if let secret = Self.secrets.first(where: { members[$0] != nil }) {
                throw TokenError("the key set holds a key that should be secret: it has '\(secret)'")
            }
            guard case .text(let name) = members["kid"] else { continue }
            guard entries.updateValue(Self.entry(members), forKey: ByteString(name)) == nil else {
                throw TokenError("the key set has two keys with kid '\(name)'")
            }
        }
    }

    private static func entry(_ members: [String: JSONValue]) -> Entry {
        do throws(TokenError) {
            if let key = try JSONWebKey(members) { return .key(key) }
            return .unusable("it is not for verifying RS256, ES256 or ES384")
        } catch {
            return .unusable(error.reason)
        }
    }

    package func key(named name: String) throws(TokenError) -> JSONWebKey {
        switch entries[ByteString(name)] {
        case .key(let key): return key
        case .unusable(let reason): throw TokenError("its key '\(name)' cannot be used: \(reason)")
        case nil: throw TokenError("its key '\(name)' is not among the keys of its issuer")
        }
    }
}
