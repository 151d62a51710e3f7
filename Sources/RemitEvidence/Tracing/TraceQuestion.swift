package import RemitModel
import RemitLedger

/// What is asked of the evidence.
package struct TraceQuestion: Hashable, Sendable {
    /// `nil` where only its form says it.
    package let kind: Trace.Kind?
    package let text: String
    package let repository: String?

    package static let commitDigitsAtLeast = 7
    package static let delegationDigitsAtLeast = 12

    package init(_ text: String, kind: Trace.Kind? = nil, in repository: String? = nil) {
        self.kind = kind
        self.text = text
        self.repository = repository
    }

    /// One thing that the text can mean.
    struct Meaning: Hashable {
        let kind: Trace.Kind
        let subject: Subject
        /// In full, as people write it.
        let value: ByteString
    }

    private var place: ByteString? { repository.map { ByteString($0) } }

    /// What the evidence knows that the text can mean.
    func meanings(in store: some EvidenceStore) throws(EvidenceError) -> [Meaning] {
        var meanings: [Meaning] = []
        for kind in kind.map({ [$0] }) ?? kinds { meanings += try self.meanings(as: kind, in: store) }
        return meanings
    }

    /// The kinds that have this form.
    private var kinds: [Trace.Kind] {
        if text.hasPrefix("refs/") { return [.ref] }
        if text.hasPrefix(RecordID.prefix) { return [.delegation] }
        let isHex = !text.isEmpty && text.utf8.allSatisfy { Hex.value($0) != nil }
        switch text.utf8.count {
        case ObjectID.hexCount where isHex: return [.commit]
        case (ObjectID.hexCount + 1)... where isHex: return [.delegation]
        case Self.delegationDigitsAtLeast... where isHex: return [.commit, .delegation, .agent, .environment]
        case Self.commitDigitsAtLeast... where isHex: return [.commit, .agent, .environment]
        default: return [.agent, .environment]
        }
    }

    private func meanings(as kind: Trace.Kind, in store: some EvidenceStore) throws(EvidenceError) -> [Meaning] {
        switch kind {
        case .commit:
            return try abbreviated(.commit, text, bytes: ObjectID.byteCount, Self.commitDigitsAtLeast, in: store) {
                bytes in
                ObjectID(bytes: bytes).map {
                    Meaning(kind: kind, subject: .commit($0, in: place), value: ByteString($0.hex))
                }
            }
        case .delegation:
            let digits = text.hasPrefix(RecordID.prefix) ? String(text.dropFirst(RecordID.prefix.count)) : text
            return try abbreviated(
                .delegation, digits, bytes: RecordID.byteCount, Self.delegationDigitsAtLeast, in: store
            ) { bytes in
                RecordID(bytes: bytes).map {
                    Meaning(kind: kind, subject: .delegation($0, in: place), value: ByteString($0.description))
                }
            }
        case .ref: return try named(kind, .ref(ByteString(text), in: place), in: store)
        case .agent: return try named(kind, .agent(text, in: place), in: store)
        case .environment: return try named(kind, .environment(text, in: place), in: store)
        }
    }

    private func named(
        _ kind: Trace.Kind, _ subject: Subject, in store: some EvidenceStore
    ) throws(EvidenceError) -> [Meaning] {
        guard try !store.entries(about: subject, limit: 1).isEmpty else { return [] }
        return [Meaning(kind: kind, subject: subject, value: ByteString(text))]
    }

    /// The first two things in the repository asked for whose ids begin with some digits: ids have one length, so that they
    /// lie in a range.
    private func abbreviated(
        _ kind: Subject.Kind, _ digits: String, bytes: Int, _ digitsAtLeast: Int, in store: some EvidenceStore,
        _ meaning: ([UInt8]) -> Meaning?
    ) throws(EvidenceError) -> [Meaning] {
        let missing = bytes * 2 - digits.utf8.count
        guard missing >= 0, digits.utf8.count >= digitsAtLeast,
            let first = Hex.decode(Array((digits + String(repeating: "0", count: missing)).utf8)),
            let last = Hex.decode(Array((digits + String(repeating: "f", count: missing)).utf8))
        else { return [] }
        var found: [Meaning] = []
        var next: [UInt8]? = first
        while let from = next, found.count < 2 {
            let values = try store.values(
                of: kind, from: ByteString(from), through: ByteString(last), limit: Self.valuesAtOnce)
            for value in values where found.count < 2 {
                guard let meaning = meaning(value.bytes) else { continue }
                // The values are those of every repository.
                if place != nil, try store.entries(about: meaning.subject, limit: 1).isEmpty { continue }
                found.append(meaning)
            }
            next = values.count < Self.valuesAtOnce ? nil : values.last.flatMap { Self.successor(of: $0.bytes) }
        }
        return found
    }

    private static let valuesAtOnce = 16

    /// The next id in their order; `nil` after the last.
    private static func successor(of id: [UInt8]) -> [UInt8]? {
        var id = id
        for index in id.indices.reversed() {
            id[index] &+= 1
            if id[index] != 0 { return id }
        }
        return nil
    }
}
