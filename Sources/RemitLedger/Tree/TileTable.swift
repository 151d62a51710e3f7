/// The tree's hashes in the ledger's own file, written in the transaction that appends.
///
/// With them a root or a proof reads a few rows, however many entries there are.
enum TileTable {
    static let schema = """
        CREATE TABLE tile (
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
            number INTEGER NOT NULL CHECK (number >= 0),
            hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
            PRIMARY KEY (level, number)
        ) STRICT;
        CREATE TRIGGER tile_made_once BEFORE INSERT ON tile
            WHEN EXISTS (SELECT 1 FROM tile WHERE level = NEW.level AND number = NEW.number)
            BEGIN SELECT RAISE(ABORT, 'a tile is made once'); END;
        CREATE TRIGGER tile_only_grows BEFORE UPDATE ON tile
            WHEN NEW.level IS NOT OLD.level OR NEW.number IS NOT OLD.number
                OR length(NEW.hashes) <= length(OLD.hashes)
                OR substr(NEW.hashes, 1, length(OLD.hashes)) IS NOT OLD.hashes
            BEGIN SELECT RAISE(ABORT, 'a tile only grows'); END;
        CREATE TRIGGER tile_never_deleted BEFORE DELETE ON tile
            BEGIN SELECT RAISE(ABORT, 'tiles are never deleted'); END;
        CREATE TRIGGER entry_fits_tile BEFORE INSERT ON entry WHEN length(NEW.bytes) > 65535
            BEGIN SELECT RAISE(ABORT, 'an entry is at most 65535 bytes long'); END;
        """

    static let insertion = "INSERT INTO tile (level, number, hashes) VALUES (?, ?, ?)"
    static let growth = "UPDATE tile SET hashes = ? WHERE level = ? AND number = ?"
    static let reading = "SELECT hashes FROM tile WHERE level = ? AND number = ?"

    /// Puts the entries of an older file into the tree.
    static func fill(_ database: borrowing Database) throws(LedgerError) {
        let entry = try database.prepare("SELECT bytes FROM entry WHERE sequence = ?")
        let insertion = try database.prepare(Self.insertion)
        var builder = TreeBuilder()
        for sequence in 0..<(try database.integer("SELECT count(*) FROM entry")) {
            guard let bytes = try entry.first([.integer(sequence + 1)], { row in row.bytes(0) }) else {
                throw LedgerError(.corrupt, "entry \(sequence + 1) is missing")
            }
            for tile in builder.append(.leaf(bytes)) {
                try insertion.run([.integer(Int64(tile.level)), .integer(tile.number), blob(tile.hashes)])
            }
        }
        for (level, hashes) in builder.border.enumerated() where !hashes.isEmpty {
            let number = Tile.count(atLevel: level, size: builder.size) / Tile.width
            try insertion.run([.integer(Int64(level)), .integer(number), blob(hashes)])
        }
    }

    static func blob(_ hashes: [TreeHash]) -> SQLValue { .bytes(hashes.flatMap(\.bytes)) }

    /// The hashes in a row, or `nil` where its length is none.
    static func hashes(_ bytes: [UInt8]) -> [TreeHash]? {
        guard bytes.count.isMultiple(of: TreeHash.byteCount) else { return nil }
        return stride(from: 0, to: bytes.count, by: TreeHash.byteCount).compactMap { start in
            TreeHash(bytes: bytes[start..<start + TreeHash.byteCount])
        }
    }
}

extension LedgerTransaction: TileSource {
    package func tile(level: Int, number: Int64) throws(LedgerError) -> [TreeHash] {
        let row = try statements.tile.first([.integer(Int64(level)), .integer(number)]) { row in row.bytes(0) }
        guard let row else { return [] }
        guard let hashes = TileTable.hashes(row) else {
            throw LedgerError(.corrupt, "tile \(level)/\(number) of the tree is no row of hashes")
        }
        return hashes
    }

    /// Adds the entry at this index, counted from 0, to the tree.
    func addToTree(_ entry: [UInt8], at index: Int64) throws(LedgerError) {
        var (level, index, hash) = (Int64(0), index, TreeHash.leaf(entry))
        while true {
            let (number, place) = index.quotientAndRemainder(dividingBy: Tile.width)
            var hashes = try tile(level: Int(level), number: number)
            guard hashes.count == Int(place) else {
                throw LedgerError(
                    .corrupt, "tile \(level)/\(number) of the tree does not end before entry \(index + 1)")
            }
            hashes.append(hash)
            if place == 0 {
                try statements.addTile.run([.integer(level), .integer(number), TileTable.blob(hashes)])
            } else {
                try statements.growTile.run([TileTable.blob(hashes), .integer(level), .integer(number)])
            }
            guard hashes.count == Int(Tile.width) else { return }
            (hash, index, level) = (TreeHash.root(of: hashes[...]), number, level + 1)
        }
    }
}

extension Ledger: TileSource {
    package func tile(level: Int, number: Int64) throws(LedgerError) -> [TreeHash] {
        try session.tile(level: level, number: number)
    }
}
