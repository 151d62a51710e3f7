import RemitFormats
import RemitModel

/// What a path of an authority is for: the layout of `AuthorityLayout`, read backwards.
enum AuthorityPlace: Hashable {
    case root(Int)
    case policy
    case people
    case marks
    case timestamp
    case agent(String)
    case delegation(RecordID)
    case approval(RecordID, of: ObjectID)
    case exception(RecordID, for: ObjectID)
    case baseline(of: String)
    /// One of the places of a target's revocations, counted from 0.
    case revocation(Revocation.Target, index: Int)
    case request(RecordID)
    case decline(of: RecordID)
    case key(KeyFingerprint)
    case identity(RecordID)
    case proposedRoot(Int)
    case proposedPolicy
    case proposedPeople
    case proposedMarks
    case readme
    case licence
    case attributes

    /// The place that a path names; `nil` where nothing lies.
    ///
    /// Whatever is read out of the path must give the same path again, so that no place has two names; its shelf is
    /// the other place where the same record may lie.
    init?(path: String) {
        let place = Self.candidates(for: path).first { candidate in
            let places = [candidate.path, AuthorityLayout.shelf(of: candidate.path)].compactMap(\.self)
            return places.contains { $0.utf8.elementsEqual(path.utf8) }
        }
        guard let place else { return nil }
        self = place
    }

    var path: String {
        switch self {
        case .root(let version): AuthorityLayout.root(version)
        case .policy: AuthorityLayout.policy
        case .people: AuthorityLayout.people
        case .marks: AuthorityLayout.marks
        case .timestamp: AuthorityLayout.timestamp
        case .agent(let id): AuthorityLayout.agent(id)
        case .delegation(let id): AuthorityLayout.delegation(id)
        case .approval(let id, let commit): AuthorityLayout.approval(id, of: commit)
        case .exception(let id, let commit): AuthorityLayout.exception(id, for: commit)
        case .baseline(let repository): AuthorityLayout.baseline(of: repository)
        case .revocation(let target, let index): AuthorityLayout.revocations(of: target)[index]
        case .request(let id): AuthorityLayout.request(id)
        case .decline(let request): AuthorityLayout.decline(of: request)
        case .key(let key): AuthorityLayout.key(key)
        case .identity(let digest): AuthorityLayout.identity(digest)
        case .proposedRoot(let version): AuthorityLayout.proposal(of: AuthorityLayout.root(version))
        case .proposedPolicy: AuthorityLayout.proposal(of: AuthorityLayout.policy)
        case .proposedPeople: AuthorityLayout.proposal(of: AuthorityLayout.people)
        case .proposedMarks: AuthorityLayout.proposal(of: AuthorityLayout.marks)
        case .readme: "README.md"
        case .licence: "LICENSE"
        case .attributes: ".gitattributes"
        }
    }

    /// Whether signatures lie beside the file.
    var isSigned: Bool {
        switch self {
        case .root, .policy, .agent, .delegation, .approval, .exception, .baseline, .revocation, .decline,
            .proposedRoot, .proposedPolicy, .timestamp:
            true
        case .people, .marks, .request, .key, .identity, .proposedPeople, .proposedMarks, .readme, .licence,
            .attributes:
            false
        }
    }

    private static let fixed: [AuthorityPlace] = [
        .policy, .people, .marks, .timestamp, .proposedPolicy, .proposedPeople, .proposedMarks, .readme, .licence,
        .attributes,
    ]

    /// Every place that the path could mean, as far as its parts can be read.
    ///
    /// An identifier may hold slashes, so its parts are counted from the end.
    private static func candidates(for path: String) -> [AuthorityPlace] {
        guard let slash = path.firstIndex(of: "/") else { return fixed }
        let rest = path[path.index(after: slash)...]
        let name = rest.lastIndex(of: "/").map { rest[rest.index(after: $0)...] } ?? rest
        let directory = rest.dropLast(name.count + 1)
        let stem = name.dropSuffix(".toml") ?? name
        switch path[..<slash] {
        case "roots": return version(stem).map { [.root($0)] } ?? []
        case "agents":
            return identifier(AuthorityLayout.unshelved(agent: rest).dropSuffix(".toml")).map { [.agent($0)] } ?? []
        case "delegations": return RecordID(stem).map { [.delegation($0)] } ?? []
        case "approvals": return ofCommit(stem, directory).map { [.approval($0.id, of: $0.commit)] } ?? []
        case "exceptions":
            let repository = identifier(rest.dropPrefix("baseline-")?.dropSuffix(".toml"))
            return repository.map { [.baseline(of: $0)] }
                ?? ofCommit(stem, directory).map { [.exception($0.id, for: $0.commit)] } ?? []
        case "revocations": return revocations(stem, directory)
        case "requests":
            if let request = stem.dropSuffix(".declined") { return RecordID(request).map { [.decline(of: $0)] } ?? [] }
            return RecordID(stem).map { [.request($0)] } ?? []
        case "keys": return fingerprint(name).map { [.key($0)] } ?? []
        case "identities": return RecordID(name).map { [.identity($0)] } ?? []
        case "proposals": return fixed + (version(stem).map { [.proposedRoot($0)] } ?? [])
        default: return []
        }
    }

    private static func identifier(_ text: Substring?) -> String? {
        text.map(String.init).flatMap { RecordTable.isIdentifier($0) ? $0 : nil }
    }

    private static func fingerprint(_ digits: Substring) -> KeyFingerprint? {
        RecordID(digits).flatMap { KeyFingerprint(digest: $0.bytes) }
    }

    private static func version(_ digits: Substring) -> Int? {
        Int(digits).flatMap { (1...RootChain.maximumLength).contains($0) ? $0 : nil }
    }

    private static func ofCommit(_ stem: Substring, _ directory: Substring) -> (id: RecordID, commit: ObjectID)? {
        guard let id = RecordID(stem), let commit = ObjectID(hex: directory.utf8.suffix(ObjectID.hexCount)) else {
            return nil
        }
        return (id, commit)
    }

    private static func revocations(_ stem: Substring, _ directory: Substring) -> [AuthorityPlace] {
        let agent = identifier(directory.dropPrefix("agent-")).map(Revocation.Target.agent)
        if let target = agent ?? (directory == "every-agent" ? .everyAgent : nil) {
            guard let number = Int(stem), (1...AuthorityLayout.maximumSuspensionCount).contains(number) else {
                return []
            }
            return [.revocation(target, index: number - 1)]
        }
        let target =
            stem.dropPrefix("key-").map { digits in fingerprint(digits).map(Revocation.Target.key) }
            ?? RecordID(stem).map(Revocation.Target.delegation)
        guard let target else { return [] }
        return AuthorityLayout.revocations(of: target).indices.map { .revocation(target, index: $0) }
    }
}

/// A path of an authority: a record or another file, or a signature beside a record.
struct AuthorityFile {
    let place: AuthorityPlace
    /// The number of the signature, from 1; `nil` for the file itself.
    let signature: Int?

    /// The name by which it is asked for, on whatever shelf it lies.
    var path: String { signature.map { AuthorityLayout.signature(of: place.path, number: $0) } ?? place.path }

    init?(path: String) {
        if let place = AuthorityPlace(path: path) {
            self.init(place: place, signature: nil)
            return
        }
        guard let end = path.ranges(of: ".sig").last else { return nil }
        let record = String(path[..<end.lowerBound])
        let digits = path[end.upperBound...]
        let number = digits.isEmpty ? 1 : Int(digits.dropFirst())
        guard let number, (1...SignedRecord.maximumSignatureCount).contains(number),
            let place = AuthorityPlace(path: record), place.isSigned,
            AuthorityLayout.signature(of: record, number: number).utf8.elementsEqual(path.utf8)
        else { return nil }
        self.init(place: place, signature: number)
    }

    private init(place: AuthorityPlace, signature: Int?) {
        self.place = place
        self.signature = signature
    }
}

extension Substring {
    fileprivate func dropPrefix(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }

    fileprivate func dropSuffix(_ suffix: String) -> Substring? {
        hasSuffix(suffix) ? dropLast(suffix.count) : nil
    }
}
