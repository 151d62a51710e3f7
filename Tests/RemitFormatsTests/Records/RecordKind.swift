import RemitFormats
import RemitModel

/// The kinds of record, so that one test can go over all of them.
enum RecordKind: String, CaseIterable, Sendable {
    case delegation, agent, policy, root, revocation, baseline, timestamp, marks

    var sample: String {
        switch self {
        case .delegation: RecordSamples.delegation
        case .agent: RecordSamples.agent
        case .policy: RecordSamples.policy
        case .root: RecordSamples.root
        case .revocation: RecordSamples.revocation
        case .baseline: RecordSamples.baseline
        case .timestamp: RecordSamples.timestamp
        case .marks: RecordSamples.marks
        }
    }

    func parse(_ bytes: [UInt8]) throws(RecordError) -> AnyHashable {
        switch self {
        case .delegation: AnyHashable(try Delegation(record: bytes, file: "x.toml"))
        case .agent: AnyHashable(try Agent(record: bytes, file: "x.toml"))
        case .policy: AnyHashable(try Policy(record: bytes, file: "x.toml"))
        case .root: AnyHashable(try Root(record: bytes, file: "x.toml"))
        case .revocation: AnyHashable(try Revocation(record: bytes, file: "x.toml"))
        case .baseline: AnyHashable(try Baseline(record: bytes, file: "x.toml"))
        case .timestamp: AnyHashable(try Timestamp(record: bytes, file: "x.toml"))
        case .marks: AnyHashable(try OwnMarks(record: bytes, file: "x.toml"))
        }
    }

    /// The statement of the refusal, or `nil` when the record is accepted.
    func refusal(of bytes: [UInt8]) -> String? {
        do throws(RecordError) {
            _ = try parse(bytes)
            return nil
        } catch {
            return error.statement
        }
    }

    /// The refusal of the sample after one change of its text.
    func refusal(replacing old: String, with new: String) -> String? {
        guard sample.contains(old) else { return "the sample does not hold '\(old)'" }
        return refusal(of: Array(sample.replacing(old, with: new, maxReplacements: 1).utf8))
    }
}
