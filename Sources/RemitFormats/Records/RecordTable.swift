package import RemitModel

/// A strict reader of one table of a record: every key is asked for once, and what nobody asked for is refused.
///
/// A restriction that a reader does not know must not be skipped, or an unknown limit would turn a no into a yes
/// (standards.md 1.2); so an unknown key refuses the whole record.
package struct RecordTable {
    private let source: RecordText
    private let name: String
    private let occurrence: Int
    private var rest: [String: RecordValue]

    /// Longest string of a record, in bytes.
    package static let maximumTextByteCount = 4096
    /// Most elements of one list.
    package static let maximumListCount = 1024

    /// The top table of a record.
    package init(_ bytes: [UInt8], file: String) throws(RecordError) {
        let source = try RecordText(bytes, file: file)
        self.init(source: source, name: "", occurrence: 0, rest: try RecordValue.parse(source))
    }

    private init(source: RecordText, name: String, occurrence: Int, rest: [String: RecordValue]) {
        self.source = source
        self.name = name
        self.occurrence = occurrence
        self.rest = rest
    }

    package func refusal(_ key: String?, _ fault: String) -> RecordError {
        let line = key.flatMap { source.line(of: $0, in: name, occurrence: occurrence)?.number }
        let full = key.map { name.isEmpty ? $0 : "\(name).\($0)" }
        return RecordError(file: source.file, line: line, key: full, fault: fault)
    }

    /// Refuses whatever has not been read.
    package func finish() throws(RecordError) {
        if let key = rest.keys.sorted().first { throw refusal(key, "is not known") }
    }

    /// Whether a key is there that nobody has asked for yet.
    package func holds(_ key: String) -> Bool { rest[key] != nil }

    package mutating func optionalText(_ key: String) throws(RecordError) -> String? {
        guard let value = rest.removeValue(forKey: key) else { return nil }
        return try text(value, key)
    }

    package mutating func text(_ key: String) throws(RecordError) -> String {
        guard let value = try optionalText(key) else { throw refusal(key, "is missing") }
        return value
    }

    /// One of a closed list of words.
    package mutating func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Word? = nil
    ) throws(RecordError) -> Word where Word.RawValue == String {
        if let word: Word = try optionalWord(key) ?? fallback { return word }
        throw refusal(key, "is missing")
    }

    /// The same; `nil` where the key is left out.
    package mutating func optionalWord<Word: RawRepresentable & CaseIterable>(
        _ key: String
    ) throws(RecordError) -> Word? where Word.RawValue == String {
        guard let value = try optionalText(key) else { return nil }
        return try word(value, key)
    }

    package mutating func words<Word: RawRepresentable & CaseIterable & Hashable>(
        _ key: String
    ) throws(RecordError) -> Set<Word> where Word.RawValue == String {
        var result: Set<Word> = []
        for text in try texts(key) { result.insert(try word(text, key)) }
        return result
    }

    private func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, _ key: String
    ) throws(RecordError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal(key, "'\(text)' is not one of: \(known)")
        }
        return word
    }

    package mutating func texts(_ key: String) throws(RecordError) -> [String] {
        guard let value = rest.removeValue(forKey: key) else { return [] }
        guard case .list(let elements) = value else { throw refusal(key, "must be a list of strings") }
        guard elements.count <= Self.maximumListCount else {
            throw refusal(key, "has more than \(Self.maximumListCount) elements")
        }
        var result: [String] = []
        for element in elements { result.append(try text(element, key)) }
        guard Set(result).count == result.count else { throw refusal(key, "names an element twice") }
        return result
    }

    private func text(_ value: RecordValue, _ key: String) throws(RecordError) -> String {
        guard case .text(let text) = value else { throw refusal(key, "must be a string") }
        guard !text.isEmpty else { throw refusal(key, "is empty") }
        guard text.utf8.count <= Self.maximumTextByteCount else {
            throw refusal(key, "is longer than \(Self.maximumTextByteCount) bytes")
        }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw refusal(key, "holds a control character")
        }
        return text
    }

    package mutating func optionalNumber(
        _ key: String, _ range: ClosedRange<Int>
    ) throws(RecordError) -> Int? {
        guard let value = rest.removeValue(forKey: key) else { return nil }
        guard case .number(let number) = value, range.contains(number) else {
            throw refusal(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package mutating func number(_ key: String, _ range: ClosedRange<Int>) throws(RecordError) -> Int {
        guard let value = try optionalNumber(key, range) else { throw refusal(key, "is missing") }
        return value
    }

    package mutating func optionalFlag(_ key: String) throws(RecordError) -> Bool? {
        guard let value = rest.removeValue(forKey: key) else { return nil }
        guard case .flag(let flag) = value else { throw refusal(key, "must be true or false") }
        return flag
    }

    /// A moment in UTC, spelled `2026-11-20T09:00:00Z`.
    package mutating func optionalMoment(_ key: String) throws(RecordError) -> Instant? {
        guard let value = rest.removeValue(forKey: key) else { return nil }
        let spelling = source.line(of: key, in: name, occurrence: occurrence)?.value.prefix { $0 != " " && $0 != "#" }
        guard case .moment = value, let spelling, let moment = Instant(spelling) else {
            throw refusal(key, "must be a moment in UTC such as 2026-11-20T09:00:00Z, on the key's own line")
        }
        return moment
    }

    package mutating func moment(_ key: String) throws(RecordError) -> Instant {
        guard let value = try optionalMoment(key) else { throw refusal(key, "is missing") }
        return value
    }

    package mutating func table(_ key: String) throws(RecordError) -> RecordTable? {
        guard let value = rest.removeValue(forKey: key) else { return nil }
        guard case .table(let values) = value else { throw refusal(key, "must be a table") }
        return RecordTable(source: source, name: key, occurrence: 0, rest: values)
    }

    /// The tables under `[[key]]`, or under `[[name.key]]` where this one is itself one of several.
    package mutating func tables(_ key: String) throws(RecordError) -> [RecordTable] {
        guard let value = rest.removeValue(forKey: key) else { return [] }
        let full = name.isEmpty ? key : "\(name).\(key)"
        guard case .list(let elements) = value, elements.count <= Self.maximumListCount else {
            throw refusal(key, "must be a list of tables, each under [[\(full)]]")
        }
        // The lines of the text are found by counting headers, and those of other tables' entries come first.
        let first = name.isEmpty ? 0 : source.count(of: full, before: name, occurrence: occurrence)
        var result: [RecordTable] = []
        for (index, element) in elements.enumerated() {
            guard case .table(let values) = element else {
                throw refusal(key, "must be a list of tables, each under [[\(full)]]")
            }
            result.append(RecordTable(source: source, name: full, occurrence: first + index, rest: values))
        }
        return result
    }
}

extension RecordTable {
    /// A list of patterns, each read strictly.
    package mutating func patterns(_ key: String, refs: Bool = false) throws(RecordError) -> [PathPattern] {
        var result: [PathPattern] = []
        for text in try texts(key) {
            do {
                result.append(refs ? try PathPattern(ref: text) : try PathPattern(path: text))
            } catch {
                throw refusal(key, "'\(text)' \(error.rawValue)")
            }
        }
        return result
    }

    package mutating func optionalRecordID(_ key: String) throws(RecordError) -> RecordID? {
        guard let text = try optionalText(key) else { return nil }
        guard text.hasPrefix(RecordID.prefix), let id = RecordID(text) else {
            throw refusal(key, "must be 'sha256:' and 64 lower-case hexadecimal digits")
        }
        return id
    }

    package mutating func recordID(_ key: String) throws(RecordError) -> RecordID {
        guard let id = try optionalRecordID(key) else { throw refusal(key, "is missing") }
        return id
    }

    /// The full id of a git object.
    package mutating func objectID(_ key: String) throws(RecordError) -> ObjectID {
        let text = try text(key)
        guard let id = ObjectID(hex: text), !id.isZero else {
            throw refusal(key, "'\(text)' is not the full id of an object")
        }
        return id
    }

    package mutating func keys(_ key: String) throws(RecordError) -> [KeyFingerprint] {
        var result: [KeyFingerprint] = []
        for text in try texts(key) {
            guard let fingerprint = KeyFingerprint(text) else {
                throw refusal(key, "'\(text)' is not a key's fingerprint such as ssh-keygen -l prints (SHA256:...)")
            }
            result.append(fingerprint)
        }
        return result
    }

    /// The record's kind must be exactly this one.
    package mutating func require(type: String) throws(RecordError) {
        let found = try text("type")
        guard found == type else { throw refusal("type", "is '\(found)' where '\(type)' is needed") }
    }

    /// An id that can stand in a path, a message and a trailer: letters, digits, `.`, `_`, `-`, `@`, `+`, and `/` inside.
    package mutating func identifier(_ key: String) throws(RecordError) -> String {
        let text = try text(key)
        guard RecordTable.isIdentifier(text) else {
            throw refusal(key, "'\(text)' may hold only letters, digits and . _ - @ + (and / inside)")
        }
        return text
    }

    package static func isIdentifier(_ text: String) -> Bool {
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return text.utf8.count <= 255
            && segments.allSatisfy { segment in
                guard let first = segment.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else {
                    return false
                }
                return segment.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                        UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "+"):
                        true
                    default: false
                    }
                }
            }
    }
}
