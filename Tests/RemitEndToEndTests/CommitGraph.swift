import Crypto
import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A commit-graph of the server's store, by which git and libgit2 walk without reading the commits.
struct CommitGraph {
    private let path: String

    /// Has git write one that libgit2 can read: of the first version of generation numbers.
    init(_ scene: Scene) throws {
        let repository = scene.server.repository
        path = "\(repository.gitDirectory)/objects/info/commit-graph"
        let tips = try [scene.client.resolve(Scene.branch).hex, scene.client.resolve("main").hex]
        try repository.git(
            ["-c", "commitGraph.generationVersion=1", "commit-graph", "write", "--stdin-commits"],
            input: Array(tips.joined(separator: "\n").utf8) + [0x0A])
    }

    /// Puts one commit in the place of another's parent, with a checksum that is right.
    func shortCut(from child: ObjectID, to parent: ObjectID) throws {
        var bytes = try readFile(path)
        let (lookup, data) = try (chunk("OIDL", in: bytes), chunk("CDAT", in: bytes))
        func position(_ id: ObjectID) throws -> Int {
            let ids = stride(from: lookup.lowerBound, to: lookup.upperBound, by: 20).map { Array(bytes[$0..<$0 + 20]) }
            return try #require(ids.firstIndex(of: Array(id.bytes)))
        }
        // A tree's id, two parents' positions, and 64 bits of generation and date.
        let place = data.lowerBound + (try position(child)) * 36 + 20
        let wanted = UInt32(try position(parent))
        for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: wanted >> (24 - 8 * UInt32(byte))) }
        try write(Array(bytes.dropLast(20)))
    }

    func damage() throws {
        var bytes = try readFile(path)
        let data = try chunk("CDAT", in: bytes)
        for index in data { bytes[index] ^= 0x55 }
        try FileManager.default.removeItem(atPath: path)
        try writeFile(bytes, to: path)
    }

    private func write(_ body: [UInt8]) throws {
        try FileManager.default.removeItem(atPath: path)
        try writeFile(body + Array(Insecure.SHA1.hash(data: body)), to: path)
    }

    private func chunk(_ name: String, in bytes: [UInt8]) throws -> Range<Int> {
        let count = Int(bytes[6])
        func number(_ start: Int) -> Int { bytes[start..<start + 8].reduce(0) { $0 << 8 | Int($1) } }
        let rows = (0...count).map { 8 + $0 * 12 }
        let row = try #require(rows.dropLast().first { Array(bytes[$0..<$0 + 4]) == Array(name.utf8) })
        return number(row + 4)..<number(row + 16)
    }
}
