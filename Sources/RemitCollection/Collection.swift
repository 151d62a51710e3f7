package import RemitLedger

/// The evidence of many servers in one PostgreSQL database.
package final class Collection {
    let connection: PostgresConnection

    /// The database and where it is, for messages.
    package var place: String { connection.place }

    /// Whether the connection has not failed so far.
    package var isConnected: Bool { connection.isOpen }

    /// Connects; with `create` a database without a collection gets one.
    ///
    /// - Parameter say: told what the server says beside its answers, to be escaped by whoever shows it.
    package init(
        _ address: CollectionAddress, create: Bool = false, say: @escaping (String) -> Void
    ) throws(CollectionError) {
        connection = try PostgresConnection(address, say: say)
        try CollectionSchema.require(connection, create: create)
    }

    /// A log of the collection: its name is the origin of its checkpoints, and its key signs them.
    package struct Log: Hashable, Sendable {
        let id: Int64
        package let name: String
        package let key: NoteKey
    }

    /// Every log, by name.
    package func logs() throws(CollectionError) -> [Log] {
        let rows = try connection.run("SELECT id, name, key FROM remit.log ORDER BY name")
        var logs: [Log] = []
        for row in 0..<rows.count { logs.append(try Self.log(rows, row)) }
        return logs
    }

    package func log(named name: String) throws(CollectionError) -> Log? {
        let rows = try connection.run("SELECT id, name, key FROM remit.log WHERE name = $1", [.text(name)])
        return rows.count == 1 ? try Self.log(rows, 0) : nil
    }

    private static func log(_ rows: PostgresRows, _ row: Int) throws(CollectionError) -> Log {
        let name = try rows.text(row, 1)
        let key: NoteKey
        do throws(NoteError) {
            key = try NoteKey(try text(rows, row))
        } catch {
            throw CollectionError(.corrupt, "the key of the log '\(name)' in the collection: \(error)")
        }
        guard key.name == name else {
            throw CollectionError(.corrupt, "the log '\(name)' has the key of '\(key.name)' in the collection")
        }
        return Log(id: try rows.integer(row, 0), name: name, key: key)
    }

    private static func text(_ rows: PostgresRows, _ row: Int) throws(NoteError) -> String {
        String(decoding: rows.optionalBytes(row, 2) ?? [], as: UTF8.self)
    }

    /// The input with this digest; checked against it.
    package func input(_ digest: EvidenceDigest) throws(CollectionError) -> [UInt8]? {
        let rows = try connection.run(
            "SELECT bytes FROM remit.input WHERE digest = $1 AND octet_length(bytes) <= $2::bigint",
            [.bytes(digest.bytes), .integer(Int64(Ledger.maximumInputByteCount))])
        guard rows.count == 1 else { return nil }
        let bytes = try rows.bytes(0, 0)
        guard EvidenceDigest(of: bytes) == digest else {
            throw CollectionError(.corrupt, "input \(digest) of the collection differs from its digest")
        }
        return bytes
    }
}
