import RemitEvidence
import RemitFormats
import RemitModel
import RemitReport
import RemitRules

/// What a ledger remembers, as the gate asks for it: the answers of the ledger itself, or those that it once gave.
final class MemoryView: Memory {
    private let live: (any Memory)?
    private let archived: ArchivedAnswers?
    let transcript = Transcript()

    init(_ live: any Memory) {
        self.live = live
        archived = nil
    }

    init(_ answers: ArchivedAnswers) {
        live = nil
        archived = answers
    }

    private func ask<Value: Archivable>(
        _ question: String, _ answer: (any Memory) throws(GateError) -> Value
    ) throws(GateError) -> Value {
        guard let live else { return try recall(question) }
        do throws(GateError) {
            let value = try answer(live)
            transcript.keep(question, value.archived)
            return value
        } catch {
            transcript.keep(question, .null, fault: error.archived)
            throw error
        }
    }

    private func recall<Value: Archivable>(_ question: String) throws(GateError) -> Value {
        try (archived ?? .none).recall(question) { _ in
            GateError(.undecidedLedger, "the archive has no answer to '\(question)'")
        }
    }

    func firstSeen(
        _ commit: ObjectID, under delegation: RecordID, in repository: String
    ) throws(GateError) -> Instant? {
        try ask("seen \(commit) \(delegation) \(repository)") { memory throws(GateError) in
            try memory.firstSeen(commit, under: delegation, in: repository)
        }
    }

    func firstSeen(
        _ change: TreeChange, under delegation: RecordID, in repository: String
    ) throws(GateError) -> Instant? {
        try ask("seen \(Self.words(change)) \(delegation) \(repository)") { memory throws(GateError) in
            try memory.firstSeen(change, under: delegation, in: repository)
        }
    }

    func hasSeenChanges() throws(GateError) -> Bool {
        try ask("has seen changes") { memory throws(GateError) in try memory.hasSeenChanges() }
    }

    func delegations(of change: TreeChange, in repository: String) throws(GateError) -> [RecordID] {
        try ask("delegations of \(Self.words(change)) \(repository)") { memory throws(GateError) in
            try memory.delegations(of: change, in: repository)
        }
    }

    func rollback(to state: AuthorityState) throws(GateError) -> String? {
        try ask("rollback to \(state.root) \(state.policy) \(state.policyID)") { memory throws(GateError) in
            try memory.rollback(to: state)
        }
    }

    func latestMoment(after now: Instant) throws(GateError) -> Instant? {
        try ask("latest moment after \(now)") { memory throws(GateError) in try memory.latestMoment(after: now) }
    }

    private static func words(_ change: TreeChange) -> String { "\(change.base)..\(change.result)" }
}

// What was read of the ledger in the transaction that recorded the decision.
extension MemoryView {
    private static let past = "past"

    func keep(_ past: Past) { transcript.keep(Self.past, past.archived) }

    func past() throws(GateError) -> Past { try recall(Self.past) }

    private static let recording = "recording"

    /// Keeps why a decision could not be recorded, where another one then was.
    func keep(recordingFault fault: GateError) { transcript.keep(Self.recording, .null, fault: fault.archived) }

    /// Fails as the ledger did when a first decision was to be recorded.
    func requireRecording() throws(GateError) {
        guard case .fault(let kept)? = archived?[Self.recording], let fault = GateError(archived: kept) else { return }
        throw fault
    }
}

extension Past: Archivable {
    var archived: JSONText {
        let parts: [JSONText] = [
            .array(spent.sorted { $0.key < $1.key }.map { .array([$0.key.archived, $0.value.archived]) }),
            commits.sorted().archived,
            .array(files.sorted { $0.key < $1.key }.map { .array([$0.key.archived, $0.value.sorted().archived]) }),
        ]
        return .array(parts + (certificate.map { [Int($0).archived] } ?? []))
    }

    init?(archived: JSONValue) {
        guard case .list(let parts) = archived, (3...4).contains(parts.count),
            let spent = Self.map(parts[0], to: Spent.self),
            let commits = [ObjectID](archived: parts[1]), let files = Self.map(parts[2], to: [ByteString].self)
        else { return nil }
        self.init(spent: spent, commits: Set(commits), files: files.mapValues { Set($0) })
        guard parts.count == 4 else { return }
        guard let entry = Int(archived: parts[3]) else { return nil }
        certificate = Int64(entry)
    }

    private static func map<Value: Archivable>(_ value: JSONValue, to type: Value.Type) -> [RecordID: Value]? {
        guard case .list(let pairs) = value else { return nil }
        var map: [RecordID: Value] = [:]
        for pair in pairs {
            guard case .list(let parts) = pair, parts.count == 2, let key = RecordID(archived: parts[0]),
                let value = Value(archived: parts[1])
            else { return nil }
            map[key] = value
        }
        return map
    }
}

extension Spent: Archivable {
    var archived: JSONText { [commits, files, lines, bytes, pushes].archived }

    init?(archived: JSONValue) {
        guard let counts = [Int](archived: archived), counts.count == 5 else { return nil }
        self.init(commits: counts[0], files: counts[1], lines: counts[2], bytes: counts[3], pushes: counts[4])
    }
}

/// As far as a ledger's faults go, which are a rule and a reason.
extension GateError: Archivable {
    var archived: JSONText { [finding.rule.rawValue, finding.facts.reason ?? ""].archived }

    init?(archived: JSONValue) {
        guard let words = [String](archived: archived), words.count == 2, let rule = RuleCode(rawValue: words[0])
        else { return nil }
        self.init(rule, words[1])
    }
}
