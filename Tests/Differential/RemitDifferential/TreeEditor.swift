import RemitModel
import RemitTestGit

/// Changes trees at random in all the ways that a commit can.
struct TreeEditor {
    typealias Path = ArraySlice<[UInt8]>

    var random: SplitMix64
    var pack = ObjectPack()

    /// One step: a file, a whole directory, or nothing but how a mode is spelled.
    mutating func edit(_ root: Directory) -> Directory {
        switch random.below(24) {
        case 0...3: return delete(root)
        case 4, 5: return changeMode(root)
        case 6...8: return changeKind(root)
        case 9, 10: return move(root, keepsSource: false)
        case 11: return move(root, keepsSource: true)
        case 12: return respell(root)
        case 13: return put(node(.directory), at: path(in: root), in: root)
        case 14 where random.oneIn(8): return deepen(root)
        case 15 where random.oneIn(20): return widen(root)
        case 16...19:
            guard let found = existing(in: root), found.node.directory == nil else { break }
            return put(node(.regular), at: found.path, in: root)
        default: break
        }
        return put(node(random.oneIn(5) ? anyKind() : .regular), at: path(in: root), in: root)
    }

    /// A tree that takes some of its entries from another, as a merge does.
    mutating func mix(_ one: Directory, with other: Directory) -> Directory {
        switch random.below(8) {
        case 0: return one
        case 1: return other
        default:
            var result = one
            for entry in other.entries where random.oneIn(4) { result = result.replacing(entry.name, with: entry.node) }
            return result
        }
    }

    private mutating func delete(_ root: Directory) -> Directory {
        guard let found = existing(in: root) else { return root }
        return put(nil, at: found.path, in: root)
    }

    private mutating func changeMode(_ root: Directory) -> Directory {
        guard let found = existing(in: root), found.node.directory == nil, !found.node.isGitlink else { return root }
        let kind: AwkwardNames.Kind = [.regular, .executable, .symlink][random.below(3)]
        return put(
            Node(mode: AwkwardNames.mode(kind, &random), content: found.node.content), at: found.path, in: root)
    }

    private mutating func changeKind(_ root: Directory) -> Directory {
        guard let found = existing(in: root) else { return root }
        guard random.oneIn(2) else { return put(node(anyKind()), at: found.path, in: root) }
        // What was there goes down, into a directory of its name.
        let name = AwkwardNames.name(&random)
        let below = Directory([Directory.Entry(name: name, node: found.node)])
        return put(Node(mode: "40000", content: .directory(below)), at: found.path, in: root)
    }

    private mutating func move(_ root: Directory, keepsSource: Bool) -> Directory {
        guard let found = existing(in: root) else { return root }
        let rest = keepsSource ? root : put(nil, at: found.path, in: root)
        return put(found.node, at: path(in: rest), in: rest)
    }

    private mutating func respell(_ root: Directory) -> Directory {
        guard let found = existing(in: root) else { return root }
        let same = AwkwardNames.Kind.allCases.map(AwkwardNames.spellings).first { $0.contains(found.node.mode) } ?? []
        guard !same.isEmpty else { return root }
        return put(
            Node(mode: same[random.below(same.count)], content: found.node.content), at: found.path, in: root)
    }

    /// Hundreds of directories, one in the other.
    private mutating func deepen(_ root: Directory) -> Directory {
        let name = AwkwardNames.name(&random).prefix(8)
        let levels = Array(repeating: Array(name), count: 20 + random.below(random.oneIn(4) ? 400 : 60))
        return put(node(.regular), at: path(in: root) + levels, in: root)
    }

    /// Hundreds of entries in one directory.
    private mutating func widen(_ root: Directory) -> Directory {
        let node = node(.regular)
        var entries: [Directory.Entry] = []
        for number in 0..<(50 + random.below(random.oneIn(4) ? 500 : 50)) {
            let suffix = random.oneIn(5) ? "-\(number)" : random.oneIn(5) ? "0" : ".c"
            entries.append(Directory.Entry(name: Array("f\(number)\(suffix)".utf8), node: node))
        }
        let wide = Directory(entries.sorted { $0 < $1 })
        return put(Node(mode: "40000", content: .directory(wide)), at: path(in: root), in: root)
    }

    /// The root with something else, or nothing, at a path.
    private mutating func put(_ node: Node?, at path: Path, in root: Directory) -> Directory {
        guard let name = path.first else { return root }
        guard path.count > 1 else { return root.replacing(name, with: node) }
        let old = root.node(name)
        let below = put(node, at: path.dropFirst(), in: old?.directory ?? Directory())
        // Git itself never keeps a directory without entries; others have.
        if below.entries.isEmpty, !random.oneIn(4) { return root.replacing(name, with: nil) }
        let mode = old?.directory == nil ? AwkwardNames.mode(.directory, &random) : old?.mode ?? ""
        return root.replacing(name, with: Node(mode: mode, content: .directory(below)))
    }

    private mutating func node(_ kind: AwkwardNames.Kind) -> Node {
        let mode = AwkwardNames.mode(kind, &random)
        switch kind {
        case .directory: return Node(mode: mode, content: .directory(Directory()))
        case .gitlink:
            // Nobody looks for it, so it can be what no hash would be: one that differs from others at its end alone.
            let id = ObjectID(head: 7, middle: UInt64(random.below(2)), tail: UInt32(random.below(9)))
            return Node(mode: mode, content: .object(id))
        default: return Node(mode: mode, content: .object(pack.add(.blob, AwkwardNames.content(&random))))
        }
    }

    private mutating func anyKind() -> AwkwardNames.Kind {
        AwkwardNames.Kind.allCases[random.below(AwkwardNames.Kind.allCases.count)]
    }

    /// Something that is there; the further down, the seldomer.
    private mutating func existing(in root: Directory) -> (path: Path, node: Node)? {
        var path: Path = []
        var directory = root
        while true {
            guard !directory.entries.isEmpty else { return nil }
            let entry = directory.entries[random.below(directory.entries.count)]
            path.append(entry.name)
            guard let below = entry.node.directory, !below.entries.isEmpty, !random.oneIn(4) else {
                return (path, entry.node)
            }
            directory = below
        }
    }

    /// A place for something: below directories that are there, or new ones.
    private mutating func path(in root: Directory) -> Path {
        var path: Path = []
        var directory: Directory? = root
        while path.count < 40, !random.oneIn(3), let entries = directory?.entries, !entries.isEmpty {
            let entry = entries[random.below(entries.count)]
            guard let below = entry.node.directory else { break }
            path.append(entry.name)
            directory = below
        }
        for _ in 0...random.below(3) { path.append(AwkwardNames.name(&random)) }
        return path
    }
}

extension Node {
    fileprivate var isGitlink: Bool { AwkwardNames.spellings(.gitlink).contains(mode) }
}
