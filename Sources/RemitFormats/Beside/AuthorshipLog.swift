import RemitModel

/// Reads git-ai's authorship log, the text of a note under `refs/notes/ai`: which lines of a commit which agent wrote.
///
/// Format: "Git AI Standard v3.0.0", sections 1.2.2 to 1.2.4, schema `authorship/3.0.0`. An attestation section comes
/// first, a file's path on a line and below it, two spaces in, a key and ranges of lines each; then a line `---`; then a
/// JSON object that says which tool stands behind each key. Strict in what counts, the keys, the ranges and the tools:
/// what reads differently elsewhere is an error here. The standard's own software writes ranges that are not in order
/// and keys without an entry, so those are read.
///
/// That there is a log says nothing: its writer makes one for every commit. Only lines that a session attests do.
package enum AuthorshipLog {
    package static let schema = "authorship/3.0.0"

    /// 4 MiB: the largest of 10,685 in the standard's own repository has 3.2, with conversations inside.
    package static let maximumByteCount = JSONValue.maximumByteCount

    package static func parse(_ bytes: [UInt8]) throws(RecordBesideError) -> AttestedLines {
        guard bytes.count <= maximumByteCount else {
            throw RecordBesideError("it is longer than \(maximumByteCount) bytes")
        }
        guard let end = divider(in: bytes) else { throw RecordBesideError("it has no line '---'") }
        let entries = try attestations(in: bytes[..<end])
        let sessions = try Sessions(Array(bytes[end...].dropFirst(4)))
        var result = AttestedLines()
        for entry in entries {
            switch entry.key {
            case .person: result.add(personLines: entry.lines)
            case .session(let id):
                result.add(.init(tool: sessions.tool(of: id), lines: entry.lines, shown: entry.shown))
            case .prompt(let id):
                // Before the standard, words and UUIDs stood here; without an entry they tell of nobody.
                guard sessions.knows(id) || isHexadecimal(id) else { continue }
                result.add(.init(tool: sessions.tool(of: id), lines: entry.lines, shown: entry.shown))
            }
        }
        return result
    }

    /// Where the line `---` begins.
    private static func divider(in bytes: [UInt8]) -> Int? {
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if bytes[start..<end].elementsEqual("---".utf8) { return start }
            start = end + 1
        }
        return nil
    }

    // MARK: The attestation section

    private enum Key {
        /// `h_…`
        case person
        /// `s_…`, without the `::t_…` behind it.
        case session(String)
        /// Anything else: sixteen or seven hexadecimal digits, in older logs words.
        case prompt(String)
    }

    private struct Entry {
        let key: Key
        let lines: Int
        let shown: ByteString
    }

    private static func attestations(in bytes: ArraySlice<UInt8>) throws(RecordBesideError) -> [Entry] {
        var entries: [Entry] = []
        var path: ArraySlice<UInt8>?
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard line.starts(with: "  ".utf8) else {
                guard line.first != UInt8(ascii: " "), !line.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
                    throw RecordBesideError("a line of its attestations is neither a path nor an entry")
                }
                path = line
                continue
            }
            guard let path else { throw RecordBesideError("an entry of its attestations stands below no path") }
            let text = line.dropFirst(2)
            guard let space = text.firstIndex(of: UInt8(ascii: " ")), let key = key(text[..<space]) else {
                throw RecordBesideError("an entry of its attestations has no key")
            }
            let shown = ByteString(path.suffix(60) + Array(": ".utf8) + text)
            entries.append(Entry(key: key, lines: try count(text[(space + 1)...]), shown: shown))
        }
        return entries
    }

    private static func key(_ bytes: ArraySlice<UInt8>) -> Key? {
        guard (1...128).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.hasPrefix("h_") { return .person }
        guard text.hasPrefix("s_") else { return .prompt(text) }
        return .session(text.firstRange(of: "::").map { String(text[..<$0.lowerBound]) } ?? text)
    }

    private static func isHexadecimal(_ text: String) -> Bool {
        text.utf8.count >= 7 && text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// How many lines `1,2,19-222` are.
    private static func count(_ text: ArraySlice<UInt8>) throws(RecordBesideError) -> Int {
        var total = 0
        for range in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let ends = range.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard ends.count <= 2, let first = ends.first.flatMap(line), let last = ends.last.flatMap(line),
                first <= last
            else { throw RecordBesideError("an entry of its attestations has no ranges of lines") }
            total += last - first + 1
        }
        return total
    }

    /// A line's number from 1, of ten digits at most, so that no sum of a bounded text overflows.
    private static func line(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...10).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    // MARK: The metadata

    /// Which tool stands behind a key.
    private struct Sessions {
        private var tools: [String: String] = [:]

        init(_ bytes: [UInt8]) throws(RecordBesideError) {
            let value: JSONValue
            do throws(JSONError) { value = try JSONValue(bytes, decimals: true) } catch {
                throw RecordBesideError(error)
            }
            guard case .object(let members) = value else { throw RecordBesideError("its metadata is no JSON object") }
            guard case .text(let schema)? = members["schema_version"] else {
                throw RecordBesideError("its metadata names no schema")
            }
            guard schema == AuthorshipLog.schema else {
                throw RecordBesideError("its schema is not \(AuthorshipLog.schema)")
            }
            for name in ["prompts", "sessions"] {
                guard let value = members[name] else { continue }
                guard case .object(let records) = value else {
                    throw RecordBesideError("'\(name)' of its metadata is no JSON object")
                }
                for (id, record) in records {
                    guard case .object(let record) = record, case .object(let agent)? = record["agent_id"],
                        case .text(let tool)? = agent["tool"]
                    else { throw RecordBesideError("an entry of '\(name)' of its metadata names no tool") }
                    tools[id] = tool
                }
            }
        }

        func knows(_ id: String) -> Bool { tools[id] != nil }

        func tool(of id: String) -> String? { tools[id].flatMap(AttestedLines.tool) }
    }
}
