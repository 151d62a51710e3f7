package import RemitModel
import RemitFormats
import RemitSignatures

extension Authority {
    /// Whose key a good git signature was made with.
    package func holder(of key: KeyFingerprint) throws(AuthorityError) -> KeyHolder {
        if let known = holders[key] { return known }
        let holder = try find(key)
        holders[key] = holder
        return holder
    }

    private func find(_ key: KeyFingerprint) throws(AuthorityError) -> KeyHolder {
        for signer in personKeys[key] ?? [] {
            let person = policy.persons.first {
                signer.signs(as: $0.id, namespace: SignatureNamespace.git.rawValue, at: now)
            }
            // A revoked key proves nobody any more; it is not a task key either, unless its file says so.
            guard let person, try revocation(of: key, heldBy: .person(person.id)) == nil else { continue }
            return .person(person.id)
        }
        guard let pointer = try pointer(at: AuthorityLayout.key(key)) else { return .unknown }
        switch pointer {
        case .delegation(let id):
            // A pointer proves nothing: the delegation must name the key too. One that does not exist, or may not be
            // believed, is still reported, so that the commit is refused by name rather than taken for a stranger's.
            if case .verified(let verified) = try delegation(id), !verified.delegation.keys.contains(key) {
                return .unknown
            }
            return .delegation(id)
        case .agent(let id):
            guard case .registered(let verified) = try agent(id), verified.agent.identities.contains(.key(key)) else {
                return .unknown
            }
            return .agent(id)
        }
    }

    /// Who has a key for git by the people's file though it was revoked; `nil` where that is not so.
    package func revoked(_ key: KeyFingerprint) throws(AuthorityError) -> (person: String, by: Revocation)? {
        for signer in personKeys[key] ?? [] {
            for person in policy.persons
            where signer.signs(
                as: person.id, namespace: SignatureNamespace.git.rawValue, at: now)
            {
                if let revocation = try revocation(of: key, heldBy: .person(person.id)) {
                    return (person.id, revocation)
                }
            }
        }
        return nil
    }

    /// The person whom a git server's account belongs to.
    package func person(withLogin login: ByteString) -> Person? {
        policy.persons.first { person in person.logins.contains { $0.utf8.elementsEqual(login.bytes) } }
    }

    enum Pointer: Hashable {
        case delegation(RecordID)
        case agent(String)
    }

    /// Longest line of a file under `keys/` or `identities/`, in bytes.
    static let maximumPointerByteCount = 512

    /// Reads a file of one line, `delegation sha256:…` or `agent <id>`.
    func pointer(at path: String) throws(AuthorityError) -> Pointer? {
        guard let bytes = try source.bytes(at: path, limit: Self.maximumPointerByteCount) else { return nil }
        let malformed = AuthorityError(
            .malformed, "'\(path)' must be one line, 'delegation sha256:...' or 'agent ID'")
        guard bytes.last == UInt8(ascii: "\n"), let line = String(validating: bytes.dropLast(), as: UTF8.self) else {
            throw malformed
        }
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2 else { throw malformed }
        switch words[0] {
        case "delegation":
            guard words[1].hasPrefix(RecordID.prefix), let id = RecordID(words[1]) else { throw malformed }
            return .delegation(id)
        case "agent":
            guard RecordTable.isIdentifier(String(words[1])) else { throw malformed }
            return .agent(String(words[1]))
        default: throw malformed
        }
    }
}
