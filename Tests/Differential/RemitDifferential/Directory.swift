import RemitModel

/// What an entry of a tree stands for.
struct Node {
    enum Content {
        case object(ObjectID)
        case directory(Directory)
    }

    /// The mode as the tree spells it, which need not be how git would.
    var mode: String
    let content: Content

    var directory: Directory? {
        if case .directory(let directory) = content { directory } else { nil }
    }
}

/// A tree of a random history; whatever changes it makes another and shares the rest.
final class Directory {
    struct Entry {
        let name: [UInt8]
        let node: Node

        /// Git's order: by bytes, a directory as if its name ended with `/`.
        static func < (left: Entry, right: Entry) -> Bool {
            let shared = min(left.name.count, right.name.count)
            for offset in 0..<shared where left.name[offset] != right.name[offset] {
                return left.name[offset] < right.name[offset]
            }
            return left.byte(at: shared) < right.byte(at: shared)
        }

        private func byte(at offset: Int) -> UInt8 {
            if offset < name.count { return name[offset] }
            return node.directory == nil ? 0 : UInt8(ascii: "/")
        }
    }

    let entries: [Entry]
    private var id: ObjectID?

    init(_ entries: [Entry] = []) { self.entries = entries }

    /// Adds this and all below to a pack, and gives back its id.
    func write(to pack: inout ObjectPack) -> ObjectID {
        if let id { return id }
        var bytes: [UInt8] = []
        for entry in entries {
            let target =
                switch entry.node.content {
                case .object(let id): id
                case .directory(let directory): directory.write(to: &pack)
                }
            bytes += entry.node.mode.utf8
            bytes.append(UInt8(ascii: " "))
            bytes += entry.name
            bytes.append(0)
            bytes += target.bytes
        }
        let id = pack.add(.tree, bytes)
        self.id = id
        return id
    }

    func node(_ name: [UInt8]) -> Node? {
        entries.first { $0.name == name }?.node
    }

    /// The same with another entry of that name, or with none.
    func replacing(_ name: [UInt8], with node: Node?) -> Directory {
        var entries = entries.filter { $0.name != name }
        if let node {
            let entry = Entry(name: name, node: node)
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if entries[middle] < entry { low = middle + 1 } else { high = middle }
            }
            entries.insert(entry, at: low)
        }
        return Directory(entries)
    }
}
