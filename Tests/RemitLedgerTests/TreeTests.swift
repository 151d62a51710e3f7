import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// Hashes held in memory: a tree to compare with.
struct MemoryTree: TileSource {
    let leaves: [TreeHash]

    func tile(level: Int, number: Int64) throws(LedgerError) -> [TreeHash] {
        var hashes = leaves
        for _ in 0..<level {
            hashes = stride(from: 0, to: hashes.count - 255, by: 256).map { Self.root(hashes[$0..<$0 + 256]) }
        }
        let start = Int(number) * 256
        return start < hashes.count ? Array(hashes[start..<min(start + 256, hashes.count)]) : []
    }

    /// The definition of RFC 6962, section 2.1, word by word.
    static func root(_ hashes: ArraySlice<TreeHash>) -> TreeHash {
        guard let first = hashes.first else { return .empty }
        guard hashes.count > 1 else { return first }
        var split = 1
        while split * 2 < hashes.count { split *= 2 }
        let middle = hashes.startIndex + split
        return .node(root(hashes[..<middle]), root(hashes[middle...]))
    }
}

/// The project's vectors of a log.
struct LogVectors: Decodable {
    struct Note: Decodable {
        let log_seed, log_vkey, witness_vkey, note, cosigned_message: String
    }
    struct Interop: Decodable {
        let vkey, text, sigline: String
    }
    let leaves_hex: [String]
    let roots_hex_by_size: [String]
    let inclusion_index_size: [String: [String]]
    let consistency_old_new: [String: [String]]
    let checkpoint: Note
    let note_interop: Interop

    static var areThere: Bool { sharedData("log-vectors.json") != nil }

    static func read() throws -> LogVectors {
        let path = try #require(sharedData("log-vectors.json"))
        return try JSONDecoder().decode(LogVectors.self, from: Data(readFile(path)))
    }

    func leaves() throws -> [[UInt8]] {
        try leaves_hex.map { try #require(Hex.decode($0.utf8)) }
    }
}

@Suite struct TreeTests {
    static let large = MemoryTree(leaves: (0..<70_000).map { TreeHash.leaf(Array("\($0)".utf8)) })

    @Test(.enabled(if: LogVectors.areThere))
    func `roots and proofs are those of the vectors`() throws {
        let vectors = try LogVectors.read()
        let tree = MemoryTree(leaves: try vectors.leaves().map(TreeHash.leaf))
        for (size, root) in vectors.roots_hex_by_size.enumerated() {
            #expect(try tree.root(size: Int64(size)).hex == root)
        }
        #expect(vectors.inclusion_index_size.count == 5 && vectors.consistency_old_new.count == 6)
        for (name, proof) in vectors.inclusion_index_size {
            let numbers = name.split(separator: ",").compactMap { Int64($0) }
            let found = try tree.inclusionProof(of: numbers[0], size: numbers[1])
            #expect(found.map(\.hex) == proof, "\(name)")
        }
        for (name, proof) in vectors.consistency_old_new {
            let numbers = name.split(separator: ",").compactMap { Int64($0) }
            let found = try tree.consistencyProof(from: numbers[0], to: numbers[1])
            #expect(found.map(\.hex) == proof, "\(name)")
        }
    }

    @Test func `the root is that of the definition at every size`() throws {
        let sizes = Array(0...70) + [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 70_000]
        for size in sizes {
            let expected = MemoryTree.root(Self.large.leaves[..<size])
            #expect(try Self.large.root(size: Int64(size)) == expected, "\(size)")
        }
    }

    @Test func `every proof of inclusion holds for its own leaf, index and size alone`() throws {
        for size in (1...34).map(Int64.init) {
            let root = try Self.large.root(size: size)
            for index in 0..<size {
                let leaf = Self.large.leaves[Int(index)]
                let proof = try Self.large.inclusionProof(of: index, size: size)
                func holds(_ leaf: TreeHash, _ index: Int64, _ size: Int64, _ proof: [TreeHash]) -> Bool {
                    TreeProof.includes(leaf, at: index, size: size, root: root, proof: proof)
                }
                #expect(holds(leaf, index, size, proof))
                #expect(!holds(root, index, size, proof) || size == 1)
                #expect(!holds(leaf, index, size, proof + [root]) && !holds(leaf, -1, size, proof))
                #expect(proof.isEmpty || !holds(leaf, index, size, proof.dropLast()))
                for other in 0..<size where other != index { #expect(!holds(leaf, other, size, proof)) }
                for place in proof.indices {
                    var bad = proof
                    bad[place] = .empty
                    #expect(!holds(leaf, index, size, bad))
                }
            }
        }
    }

    @Test func `every proof of consistency holds for its own sizes and roots alone`() throws {
        for size in (1...34).map(Int64.init) {
            let newer = (size: size, root: try Self.large.root(size: size))
            for older in 1...size {
                let old = (size: older, root: try Self.large.root(size: older))
                let proof = try Self.large.consistencyProof(from: older, to: size)
                #expect(TreeProof.isConsistent(from: old, to: newer, proof: proof))
                #expect(!TreeProof.isConsistent(from: (older, .empty), to: newer, proof: proof))
                #expect(!TreeProof.isConsistent(from: old, to: (size, .empty), proof: proof))
                #expect(!TreeProof.isConsistent(from: old, to: newer, proof: proof + [.empty]))
                for place in proof.indices {
                    var bad = proof
                    bad[place] = .empty
                    #expect(!TreeProof.isConsistent(from: old, to: newer, proof: bad))
                }
            }
            #expect(!TreeProof.isConsistent(from: (0, .empty), to: newer, proof: []))
            #expect(!TreeProof.isConsistent(from: newer, to: (size - 1, newer.root), proof: []))
        }
    }

    @Test func `proofs reach over the borders of tiles`() throws {
        for (index, size) in [(0, 257), (255, 256), (256, 257), (65_535, 70_000), (69_999, 70_000)] as [(Int64, Int64)]
        {
            let proof = try Self.large.inclusionProof(of: index, size: size)
            let root = try Self.large.root(size: size)
            #expect(
                TreeProof.includes(Self.large.leaves[Int(index)], at: index, size: size, root: root, proof: proof))
            let old = (size: index + 1, root: try Self.large.root(size: index + 1))
            let consistency = try Self.large.consistencyProof(from: index + 1, to: size)
            #expect(TreeProof.isConsistent(from: old, to: (size, root), proof: consistency))
        }
    }

    @Test func `what is not there has no proof`() {
        for (index, size) in [(-1, 4), (4, 4), (0, 0)] as [(Int64, Int64)] {
            #expect(
                LedgerTests.code { () throws(LedgerError) in
                    _ = try Self.large.inclusionProof(of: index, size: size)
                } == .noSuchEntry)
        }
        #expect(
            LedgerTests.code { () throws(LedgerError) in
                _ = try Self.large.consistencyProof(from: 0, to: 4)
            } == .noSuchEntry)
        #expect(LedgerTests.code { () throws(LedgerError) in _ = try Self.large.root(size: 70_001) } == .corrupt)
    }

    @Test func `the ledger's tree is that of its entries`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try ledger.transaction { (transaction) throws(LedgerError) in
            for number in 0..<600 {
                _ = try transaction.append(kind: .decision, at: noon, bytes: Array("\(number)".utf8))
            }
        }
        for size in [0, 1, 255, 256, 257, 512, 600] as [Int64] {
            #expect(try ledger.root(size: size) == Self.large.root(size: size), "\(size)")
        }
        #expect(LedgerTests.code { () throws(LedgerError) in _ = try ledger.root(size: 601) } == .corrupt)
        #expect(
            try fixture.shell("SELECT level, number, length(hashes) / 32 FROM tile ORDER BY 1, 2").text
                == "0|0|256\n0|1|256\n0|2|88\n1|0|2")
    }

    @Test func `entries of an older file are in the tree`() throws {
        let fixture = try MigrationTests.older()
        let many =
            "WITH n(i) AS (VALUES (4) UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO entry SELECT i, 'decision', 0, zeroblob(32), CAST(i AS BLOB) FROM n"
        #expect(try fixture.shell(many).status == 0)
        var ledger = try fixture.open(create: false)
        _ = try LedgerTests.append(Array("301".utf8), to: &ledger)
        let bytes = [[1], [2], [3]] + (4...301).map { Array("\($0)".utf8) }
        let expected = MemoryTree.root(bytes.map(TreeHash.leaf)[...])
        #expect(try ledger.root(size: 301) == expected)
    }

    @Test(arguments: [
        "UPDATE tile SET hashes = zeroblob(64)", "UPDATE tile SET hashes = substr(hashes, 1, 32)", "DELETE FROM tile",
        "UPDATE tile SET number = 1", "INSERT OR REPLACE INTO tile VALUES (0, 0, zeroblob(64))",
        "INSERT INTO tile VALUES (0, 1, zeroblob(31))",
    ])
    func `another program cannot rewrite the tree`(sql: String) throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        for _ in 0..<2 { _ = try LedgerTests.append([1], to: &ledger) }
        let before = try fixture.shell(".dump tile").text
        #expect(try fixture.shell(sql).status != 0)
        #expect(try fixture.shell(".dump tile").text == before)
    }

    @Test func `nothing is appended to a tree that is damaged`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        for _ in 0..<2 { _ = try LedgerTests.append([1], to: &ledger) }
        #expect(try fixture.shell("DROP TRIGGER tile_only_grows; UPDATE tile SET hashes = zeroblob(32)").status == 0)
        #expect(LedgerTests.code { () throws(LedgerError) in _ = try LedgerTests.append([1], to: &ledger) } == .corrupt)
        #expect(try ledger.count() == 2)
    }
}
