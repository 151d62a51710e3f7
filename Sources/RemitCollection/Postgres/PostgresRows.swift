import CPostgreSQL

/// The answer to a statement, in binary form; its memory goes with it.
@safe
final class PostgresRows {
    private let handle: OpaquePointer

    @unsafe init(owning handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe PQclear(handle) }

    var count: Int { unsafe Int(PQntuples(handle)) }

    /// What the server says it did: "COMMIT", "INSERT 0 3".
    var command: String {
        guard let text = unsafe PQcmdStatus(handle) else { return "" }
        return unsafe String(cString: text)
    }

    /// How many rows the statement wrote.
    var written: Int { Int(command.split(separator: " ").last ?? "") ?? 0 }

    /// `nil` for a null.
    func optionalBytes(_ row: Int, _ column: Int) -> [UInt8]? {
        let (row, column) = (Int32(row), Int32(column))
        guard unsafe PQgetisnull(handle, row, column) == 0, let start = unsafe PQgetvalue(handle, row, column) else {
            return nil
        }
        let count = unsafe Int(PQgetlength(handle, row, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func bytes(_ row: Int, _ column: Int) throws(CollectionError) -> [UInt8] {
        guard let bytes = optionalBytes(row, column) else { throw Self.unexpected }
        return bytes
    }

    /// A `bigint`, an `integer`, or a `boolean` as 0 or 1.
    func integer(_ row: Int, _ column: Int) throws(CollectionError) -> Int64 {
        let bytes = try bytes(row, column)
        switch bytes.count {
        case 8: return bytes.reduce(0) { $0 << 8 | Int64($1) }
        case 4: return Int64(Int32(truncatingIfNeeded: bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        case 1: return Int64(bytes[0])
        default: throw Self.unexpected
        }
    }

    func text(_ row: Int, _ column: Int) throws(CollectionError) -> String {
        guard let text = String(validating: try bytes(row, column), as: UTF8.self) else { throw Self.unexpected }
        return text
    }

    private static var unexpected: CollectionError {
        CollectionError(.corrupt, "the server answered with another type than the collection's tables have")
    }
}
