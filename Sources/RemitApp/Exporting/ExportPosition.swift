import RemitModel
import RemitReport

/// How far an export has come: the last entry of each log, a line `LOG#N` for each.
struct ExportPosition {
    private(set) var last: [String: Int64] = [:]

    /// More is no file of ours: some thousands of logs.
    private static let bytesAtMost = 1 << 20

    init() {}

    /// Reads positions as they are printed; a number alone is of the only log.
    init(_ texts: [String], logs: [String]) throws(AppError) {
        for text in texts {
            let mark = text.lastIndex(of: "#")
            let number = mark.map { text[text.index(after: $0)...] } ?? text[...]
            guard let sequence = Int64(number), sequence >= 0, String(sequence) == number else {
                throw AppError(
                    "'\(text)' is not a position", hint: "write LOG#N, as an export prints it", status: .usage)
            }
            guard let log = mark.map({ String(text[..<$0]) }) ?? (logs.count == 1 ? logs[0] : nil) else {
                throw AppError(
                    "'\(text)' names no log, and there are \(logs.count)", hint: "write LOG#N", status: .usage)
            }
            guard logs.contains(log) else {
                throw AppError(
                    "there is no log '\(log)'", hint: "there is: \(logs.joined(separator: ", "))", status: .usage)
            }
            guard last.updateValue(sequence, forKey: log) == nil else {
                throw AppError("the log '\(log)' is named twice", status: .usage)
            }
        }
    }

    /// Reads the file of an earlier export; a file that is not there is the beginning.
    static func kept(in path: String, logs: [String]) throws(AppError) -> ExportPosition {
        guard Files.exists(path) else { return ExportPosition() }
        let bytes = try Files.read(path, limit: bytesAtMost)
        guard let text = String(validating: bytes, as: UTF8.self), text.hasSuffix("\n") || text.isEmpty else {
            throw AppError("'\(path)' is no file of an export's positions", status: .undecided)
        }
        do throws(AppError) {
            return try ExportPosition(text.split(separator: "\n").map(String.init), logs: logs)
        } catch {
            throw AppError("'\(path)': \(error.message)", hints: error.hints, status: error.status)
        }
    }

    subscript(log: String) -> Int64 { last[log] ?? 0 }

    mutating func advance(_ log: String, to sequence: Int64) { last[log] = sequence }

    var lines: [String] { last.sorted { $0.key < $1.key }.map { "\($0.key)#\($0.value)" } }
}
