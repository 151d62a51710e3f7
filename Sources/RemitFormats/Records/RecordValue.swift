import TOMLKit

/// A value of a record: the part of TOML that records use, nothing else.
package indirect enum RecordValue: Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// A date-time with an offset; its spelling is checked where it is read.
    case moment
    case list([RecordValue])
    case table([String: RecordValue])
    /// Floating-point numbers, local dates and times: no key of a record takes one.
    case other(String)

    /// Each list and each table in it is a level: `[[repository]]`, its `[[repository.ref]]`, their keys, and a list.
    private static let maximumDepth = 6

    static func parse(_ source: RecordText) throws(RecordError) -> [String: RecordValue] {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: source.text)
        } catch let error as TOMLParseError {
            throw RecordError(file: source.file, line: error.source.begin.line, fault: error.description)
        } catch {
            throw RecordError(file: source.file, fault: "is not TOML")
        }
        return try read(table, in: source, depth: 0)
    }

    private static func read(
        _ table: TOMLTable, in source: RecordText, depth: Int
    ) throws(RecordError) -> [String: RecordValue] {
        guard depth < maximumDepth else {
            throw RecordError(file: source.file, fault: "nests tables or lists too deeply")
        }
        var values: [String: RecordValue] = [:]
        for key in table.keys {
            guard let value = table[key] else {
                throw RecordError(file: source.file, key: key, fault: "cannot be read")
            }
            values[key] = try read(value, in: source, depth: depth + 1)
        }
        return values
    }

    private static func read(
        _ value: any TOMLValueConvertible, in source: RecordText, depth: Int
    ) throws(RecordError) -> RecordValue {
        switch value.type {
        case .string: return value.string.map { .text($0) } ?? .other("string")
        case .int: return value.int.map { .number($0) } ?? .other("integer")
        case .bool: return value.bool.map { .flag($0) } ?? .other("boolean")
        case .dateTime: return .moment
        case .table:
            guard let table = value.table else { return .other("table") }
            return .table(try read(table, in: source, depth: depth))
        case .array:
            guard let array = value.array, depth < maximumDepth else { return .other("array") }
            var elements: [RecordValue] = []
            for index in 0..<array.count {
                elements.append(try read(array[index], in: source, depth: depth + 1))
            }
            return .list(elements)
        case .double, .date, .time: return .other(value.type.description)
        }
    }
}
