package import RemitModel

/// Reads records of Agent Trace, version 0.1.0 (the RFC's sections 6.1, 6.4 and 6.7): which files of which revision
/// which tool wrote.
///
/// The RFC leaves open where records are kept. In a note there is one, or a list of them, or one on each line; in
/// `.agent-trace/traces.jsonl` one on each line, as its reference implementation appends them.
package struct AgentTrace: Hashable, Sendable {
    /// The commit that the record is about, or that was checked out when the tool wrote.
    package let revision: Revision?
    /// By file.
    package let lines: AttestedLines

    package enum Revision: Hashable, Sendable {
        /// As the RFC has it: the commit that holds the lines.
        case commit(ObjectID)
        /// As the reference implementation has it, whose version is `1.0`: what `HEAD` was before the commit.
        case parent(ObjectID)
    }

    /// What a file or a note holds.
    package struct Records: Hashable, Sendable {
        package fileprivate(set) var records: [AgentTrace] = []
        /// Why the first one cannot be read that cannot.
        package fileprivate(set) var fault: RecordBesideError?

        package init(fault: RecordBesideError? = nil) {
            self.fault = fault
        }
    }

    package static let file: ByteString = ".agent-trace/traces.jsonl"

    /// 4 MiB, some eight thousand edits.
    package static let maximumByteCount = JSONValue.maximumByteCount

    /// Reads all records that can be read.
    package static func parse(_ bytes: [UInt8]) -> Records {
        guard bytes.count <= maximumByteCount else {
            return Records(fault: RecordBesideError("it is longer than \(maximumByteCount) bytes"))
        }
        var found = Records()
        if let whole = whole(bytes) {
            for value in whole { found.add(value) }
            return found
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = Array(line)
            guard text.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
            do throws(JSONError) {
                found.add(try JSONValue(text, decimals: true))
            } catch {
                found.note(RecordBesideError(error))
            }
        }
        return found
    }

    /// The one value of a text, or the elements of the one list that it is.
    private static func whole(_ bytes: [UInt8]) -> [JSONValue]? {
        do throws(JSONError) {
            let value = try JSONValue(bytes, decimals: true)
            if case .list(let values) = value { return values }
            return [value]
        } catch {
            return nil
        }
    }

    init(_ value: JSONValue) throws(RecordBesideError) {
        guard case .object(let members) = value else { throw RecordBesideError("a record is no JSON object") }
        guard case .text(let version)? = members["version"], case .list(let files)? = members["files"] else {
            throw RecordBesideError("a record lacks 'version' or 'files'")
        }
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count),
            numbers.allSatisfy({ (1...6).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
            ),
            ["0", "1"].contains(numbers[0])
        else { throw RecordBesideError("a record's version is not known") }
        revision = try Self.revision(members["vcs"], namesParent: numbers.count == 2)
        var tool: String?
        if let value = members["tool"] {
            guard case .object(let named) = value else {
                throw RecordBesideError("a record's 'tool' is no JSON object")
            }
            if case .text(let name)? = named["name"] { tool = AttestedLines.tool(named: name) }
        }
        var lines = AttestedLines()
        for file in files { try Self.add(file, by: tool, to: &lines) }
        self.lines = lines
    }

    private static func revision(
        _ value: JSONValue?, namesParent: Bool
    ) throws(RecordBesideError) -> Revision? {
        guard let value, value != .null else { return nil }
        guard case .object(let vcs) = value, case .text(let type)? = vcs["type"],
            case .text(let name)? = vcs["revision"]
        else { throw RecordBesideError("a record's 'vcs' lacks 'type' or 'revision'") }
        // Other systems' names say nothing about a commit of git's.
        guard type == "git", let id = ObjectID(hex: name) else { return nil }
        return namesParent ? .parent(id) : .commit(id)
    }

    private static func add(
        _ file: JSONValue, by tool: String?, to lines: inout AttestedLines
    ) throws(RecordBesideError) {
        guard case .object(let file) = file, case .text(let path)? = file["path"],
            case .list(let conversations)? = file["conversations"]
        else { throw RecordBesideError("a file of a record lacks 'path' or 'conversations'") }
        for conversation in conversations {
            guard case .object(let conversation) = conversation, case .list(let ranges)? = conversation["ranges"] else {
                throw RecordBesideError("a conversation of a record lacks 'ranges'")
            }
            let usual = try contributor(conversation["contributor"])
            for range in ranges {
                guard case .object(let range) = range, case .number(let start)? = range["start_line"],
                    case .number(let end)? = range["end_line"], start >= 1, end >= start, end <= Int(Int32.max)
                else { throw RecordBesideError("a range of a record has no lines") }
                switch try contributor(range["contributor"]) ?? usual {
                case .ai, .mixed:
                    let shown = ByteString("\(path): \(start)-\(end)")
                    lines.add(.init(tool: tool, path: ByteString(path), lines: end - start + 1, shown: shown))
                case .human: lines.add(personLines: end - start + 1)
                case .unknown, nil: break
                }
            }
        }
    }

    private enum Contributor: String {
        case human, ai, mixed, unknown
    }

    private static func contributor(_ value: JSONValue?) throws(RecordBesideError) -> Contributor? {
        guard let value else { return nil }
        guard case .object(let members) = value, case .text(let type)? = members["type"],
            let contributor = Contributor(rawValue: type)
        else { throw RecordBesideError("a record's contributor has no type that is known") }
        return contributor
    }
}

extension AgentTrace.Records {
    fileprivate mutating func add(_ value: JSONValue) {
        do throws(RecordBesideError) { records.append(try AgentTrace(value)) } catch { note(error) }
    }

    fileprivate mutating func note(_ error: RecordBesideError) { fault = fault ?? error }
}
