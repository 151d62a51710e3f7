import RemitModel

/// Names by which a finding is known again in the next run, so that a system shows it as the same one.
///
/// Made from what stays when the branch is rebased: the rule, the place, and whose work it is. Two findings of one
/// report never share a name: systems drop the second of such a pair.
struct Fingerprints {
    private let digest: Channel.Digest
    private var given: [[UInt8]: Int] = [:]

    init(_ digest: @escaping Channel.Digest) {
        self.digest = digest
    }

    /// 64 lower-case hexadecimal digits.
    mutating func next(for group: FindingGroup) -> String {
        let facts = group.facts
        let identity = JSONText.array([
            .string(group.rule.rawValue), .bytes(group.ref ?? ""), .bytes(group.paths.shown.first ?? ""),
            .string(facts.agent ?? ""), .string(facts.operation?.rawValue ?? ""),
            .string(facts.environment ?? ""),
        ]).encoded
        let occurrence = given[identity, default: 0]
        given[identity] = occurrence + 1
        return digest(identity + Array("#\(occurrence)".utf8)).hex
    }
}
