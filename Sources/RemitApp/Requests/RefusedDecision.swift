import RemitReport
import RemitFormats
package import RemitModel

/// A decision as its JSON says it, as far as a request can be made from it.
///
/// Members that are not needed are passed over, since later versions add some; those that are needed are read
/// strictly. Nothing in it is believed: what comes of it is a request, and a person reads that.
package struct RefusedDecision: Hashable, Sendable {
    package let repository: String
    package let findings: [Finding]
    /// How many findings there were; the decision may hold fewer.
    package let findingCount: Int
    /// The ledger's entry that holds it, where it came from there.
    package let entry: Int?

    package static let schema = "decision/v1"
    /// The longest one that is read: 16 MiB, ten thousand findings and who wrote ten thousand commits.
    package static let maximumByteCount = 16 << 20

    package init(repository: String, findings: [Finding], findingCount: Int, entry: Int? = nil) {
        self.repository = repository
        self.findings = findings
        self.findingCount = findingCount
        self.entry = entry
    }

    /// Reads what `remit check --format json` prints and what the ledger holds.
    package init(_ bytes: [UInt8], source: String, entry: Int? = nil) throws(AppError) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(bytes, bytesAtMost: Self.maximumByteCount) } catch {
            throw AppError(
                "\(source) is not a decision: at byte \(error.offset) it \(error.fault)",
                hint: "give what 'remit check --format json' printed", status: .usage)
        }
        let decision = DecisionMember(value, name: "", of: source)
        guard try decision.text("schema") == Self.schema else {
            throw decision.fault("is not a decision of schema '\(Self.schema)'")
        }
        repository = try decision.text("repository")
        findingCount = try decision.number("finding_count")
        self.entry = entry
        var findings: [Finding] = []
        for member in try decision.list("findings") { findings.append(try Finding(member)) }
        self.findings = findings
    }
}

extension Finding {
    fileprivate init(_ member: DecisionMember) throws(AppError) {
        let word = try member.text("rule")
        guard let rule = RuleCode(rawValue: word) else { throw member.fault("has the unknown rule '\(word)'") }
        var facts = Facts()
        facts.delegation = try member.optional("delegation", "the id of a delegation") { RecordID($0) }
        facts.named = try member.bytes("named")
        facts.agent = try member.optionalText("agent")
        facts.operation = try member.optional("operation", "an operation") { Operation(rawValue: $0) }
        facts.found = try member.bytes("found")
        facts.at = try member.optional("at", "a moment") { Instant($0) }
        facts.limit = try member.optionalNumber("limit")
        facts.used = try member.optionalNumber("used")
        facts.reason = try member.optionalText("reason")
        facts.ask = try member.texts("ask")
        facts.granted = try member.texts("granted")
        self.init(
            rule, ref: try member.bytes("ref"),
            commit: try member.optional("commit", "the id of a commit") { ObjectID(hex: $0) },
            path: try member.bytes("path"), facts: facts)
    }
}

/// One object of a decision, and what to call it in a fault.
private struct DecisionMember {
    private let members: [String: JSONValue]
    private let name: String
    private let source: String

    init(_ value: JSONValue, name: String, of source: String) {
        if case .object(let members) = value { self.members = members } else { members = [:] }
        self.name = name
        self.source = source
    }

    func fault(_ text: String) -> AppError {
        AppError(
            name.isEmpty ? "\(source) \(text)" : "\(source): \(name) \(text)",
            hint: "give what 'remit check --format json' printed", status: .usage)
    }

    func optionalText(_ key: String) throws(AppError) -> String? {
        switch members[key] {
        case nil, .null: return nil
        case .text(let text): return text
        default: throw fault("has a '\(key)' that is not a string")
        }
    }

    func text(_ key: String) throws(AppError) -> String {
        guard let text = try optionalText(key) else { throw fault("has no '\(key)'") }
        return text
    }

    func optionalNumber(_ key: String) throws(AppError) -> Int? {
        switch members[key] {
        case nil, .null: return nil
        case .number(let number) where (0...Int(Int32.max)).contains(number): return number
        default: throw fault("has a '\(key)' that is not a whole number from 0 to \(Int32.max)")
        }
    }

    func number(_ key: String) throws(AppError) -> Int {
        guard let number = try optionalNumber(key) else { throw fault("has no '\(key)'") }
        return number
    }

    func optional<Value>(
        _ key: String, _ kind: String, _ read: (String) -> Value?
    ) throws(AppError) -> Value? {
        guard let text = try optionalText(key) else { return nil }
        guard let value = read(text) else { throw fault("has a '\(key)' that is not \(kind)") }
        return value
    }

    /// Text, or bytes that are not UTF-8 in base64.
    func bytes(_ key: String) throws(AppError) -> ByteString? {
        guard case .object(let inner) = members[key] else { return try optionalText(key).map { ByteString($0) } }
        guard case .text(let text) = inner["base64"], let bytes = Base64.decode(text.utf8, padding: .required) else {
            throw fault("has a '\(key)' that is not base64")
        }
        return ByteString(bytes)
    }

    func texts(_ key: String) throws(AppError) -> [String] {
        try values(key).map { value throws(AppError) in
            guard case .text(let text) = value else { throw fault("has a '\(key)' that is not a list of strings") }
            return text
        }
    }

    func list(_ key: String) throws(AppError) -> [DecisionMember] {
        try values(key).enumerated().map { index, value throws(AppError) in
            guard case .object = value else { throw fault("has a '\(key)' that is not a list of objects") }
            return DecisionMember(value, name: "finding \(index + 1)", of: source)
        }
    }

    private func values(_ key: String) throws(AppError) -> [JSONValue] {
        switch members[key] {
        case nil, .null: return []
        case .list(let values): return values
        default: throw fault("has a '\(key)' that is not a list")
        }
    }
}
