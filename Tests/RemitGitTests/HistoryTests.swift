import RemitDifferential
import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct HistoryTests {
    @Test(arguments: [11, 12] as [UInt64])
    func `ranges of a random history are what rev-list finds, parents first`(seed: UInt64) throws {
        let repository = try TestRepository()
        var history = RandomHistory(seed: seed)
        try history.write(1_500, to: repository)
        let commits = try Array(repository.revisionList(["--all"])).sorted()
        let ours = try repository.open()
        let parents = try Dictionary(
            uniqueKeysWithValues: repository.git("rev-list", "--all", "--parents").lines.map { line in
                let ids = line.split(separator: " ").compactMap { ObjectID(hex: String($0)) }
                return (ids[0], Array(ids.dropFirst()))
            })
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let new = commits[random.below(commits.count)]
            let old = (0..<random.below(3)).map { _ in commits[random.below(commits.count)] }
            let found = try ours.range(to: new, excluding: old)
            let range = found.commits
            let outside = Set(range.flatMap { parents[$0, default: []] }).subtracting(range)
            #expect(found.boundary == outside, "seed \(seed)")
            #expect(try ours.history(of: new, excluding: old) == range)
            // Git's own ranges are not exact where dates lie, its whole histories are.
            var expected = try repository.revisionList([new.hex])
            for id in old { try expected.subtract(repository.revisionList([id.hex])) }
            #expect(Set(range) == expected, "seed \(seed)")
            #expect(Set(range).count == range.count)
            var seen: Set<ObjectID> = []
            let all = Set(range)
            for commit in range {
                #expect(parents[commit, default: []].allSatisfy { !all.contains($0) || seen.contains($0) })
                seen.insert(commit)
            }
            for other in old {
                let status = try repository.attempt(["merge-base", "--is-ancestor", other.hex, new.hex]).status
                #expect(try ours.isAncestor(other, of: new) == (status == 0), "seed \(seed)")
                #expect(try repository.revisionList([new.hex]).contains(other) == (status == 0))
                let bases = try repository.attempt(["merge-base", "--all", other.hex, new.hex]).lines
                #expect(try ours.mergeBases(other, new) == bases.compactMap { ObjectID(hex: $0) }.sorted())
            }
        }
    }

    @Test func `a commit that is missing in the middle is an error, not an end`() throws {
        let repository = try TestRepository()
        var chain: [ObjectID] = []
        for number in 0..<10 { chain.append(try repository.commit(["a": .file("\(number)")])) }
        let hex = chain[5].hex
        try repository.git(["repack", "-adq"])
        try repository.git(["cat-file", "-e", hex])
        // Unpack all objects, then take one away.
        let pack = try repository.git("rev-parse", "--git-path", "objects/pack").text
        let names = try spawn(
            ["ls", pack], environment: HermeticGit.environment(home: "/"), directory: repository.path)
        let name = try #require(names.lines.first { $0.hasSuffix(".pack") })
        let bytes = try readFile("\(repository.gitDirectory)/objects/pack/\(name)")
        let rest = try TestRepository()
        try rest.git(["unpack-objects", "-q"], input: bytes)
        _ = try spawn(
            ["rm", "-f", "\(rest.gitDirectory)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"],
            environment: HermeticGit.environment(home: "/"))
        let ours = try rest.open()
        let whole = try gitError { _ = try ours.history(of: chain[9]) }
        #expect(whole.code == .missingObject)
        #expect(whole.reason.contains(hex))
        #expect(try gitError { _ = try ours.history(of: chain[9], excluding: [chain[5]]) }.code == .missingObject)
        #expect(try gitError { _ = try ours.history(of: chain[9], excluding: [chain[4]]) }.code == .missingObject)
        #expect(try ours.history(of: chain[4], excluding: [chain[1]]) == Array(chain[2...4]))
        #expect(try gitError { _ = try ours.isAncestor(chain[2], of: chain[9]) }.code == .missingObject)
        let base = try gitError { _ = try ours.mergeBases(chain[2], chain[9]) }
        #expect(base.reason.contains(hex))
    }

    @Test func `tags are peeled, chains of them are bounded, other kinds exclude nothing`() throws {
        let repository = try TestRepository()
        let commit = try repository.commit(["a": "x"])
        let tree = try repository.resolve("main^{tree}")
        func tag(_ target: ObjectID, _ kind: String) throws -> ObjectID {
            let text = "object \(target)\ntype \(kind)\ntag t\ntagger D <d@e> 0 +0000\n\nm\n"
            return try repository.write("tag", Array(text.utf8))
        }
        let inner = try tag(commit, "commit")
        let outer = try tag(inner, "tag")
        let onTree = try tag(tree, "tree")
        let ours = try repository.open()
        let peeled = try ours.peel(outer)
        #expect(peeled.tags == [outer, inner])
        #expect(peeled.kind == .commit)
        #expect(peeled.id == commit)
        #expect(try ours.history(of: outer) == [commit])
        #expect(try ours.history(of: commit, excluding: [onTree, tree]) == [commit])
        #expect(try ours.history(of: commit, excluding: [outer]).isEmpty)
        #expect(try gitError { _ = try ours.history(of: onTree) }.code == .wrongKind)
        #expect(try ours.isAncestor(commit, of: commit))
        var chain = commit
        for depth in 0..<17 { chain = try tag(chain, depth == 0 ? "commit" : "tag") }
        let long = chain
        #expect(try gitError { _ = try ours.peel(long) }.code == .limit)
        let garbled = try repository.write("tag", Array("type commit\n".utf8))
        #expect(try gitError { _ = try ours.peel(garbled) }.code == .corrupt)
    }

    @Test func `unrelated histories have no merge base`() throws {
        let repository = try TestRepository()
        let one = try repository.commit(["a": "x"])
        let two = try repository.commit(["b": "x"], on: "refs/heads/other", parents: [])
        #expect(try repository.open().mergeBases(one, two).isEmpty)
    }
}
