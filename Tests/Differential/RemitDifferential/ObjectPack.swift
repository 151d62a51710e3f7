import RemitModel

/// Objects of any form in a pack, whole and uncompressed, for `git index-pack`.
///
/// Git's own ways of making trees (`fast-import`, `mktree`) put them in order first: no directory without entries, no
/// mode but the usual spelling.
struct ObjectPack {
    enum Kind: UInt8 {
        case commit = 1
        case tree, blob

        var name: String {
            switch self {
            case .commit: "commit"
            case .tree: "tree"
            case .blob: "blob"
            }
        }
    }

    /// The most that one stored block of a zlib stream holds.
    private static let blockLimit = 0xFFFF

    private var objects: [UInt8] = []
    private var count: UInt32 = 0
    /// All that were ever added: no object is in two packs.
    private var known: Set<ObjectID> = []

    /// Adds an object unless it is known.
    @discardableResult
    mutating func add(_ kind: Kind, _ content: [UInt8]) -> ObjectID {
        let id = Self.id(kind, content)
        guard known.insert(id).inserted else { return id }
        count += 1
        var size = content.count
        var byte = kind.rawValue << 4 | UInt8(size & 0x0F)
        size >>= 4
        while size > 0 {
            objects.append(byte | 0x80)
            byte = UInt8(size & 0x7F)
            size >>= 7
        }
        objects.append(byte)
        objects += Self.stored(content)
        return id
    }

    /// The pack of what was added since the last one; `nil` without objects.
    mutating func take() -> [UInt8]? {
        guard count > 0 else { return nil }
        let pack = Array("PACK".utf8) + Self.bigEndian(2) + Self.bigEndian(count) + objects
        objects = []
        count = 0
        return pack + Self.digest(pack)
    }

    /// A zlib stream of blocks that are stored as they are.
    private static func stored(_ content: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + blockLimit, content.count)
            let length = UInt16(end - start)
            stream.append(end == content.count ? 1 : 0)
            for half in [length, ~length] { stream += [UInt8(half & 0xFF), UInt8(half >> 8)] }
            stream += content[start..<end]
            start = end
        } while start < content.count
        return stream + bigEndian(adler(content))
    }

    private static func adler(_ content: [UInt8]) -> UInt32 {
        var (one, two): (UInt32, UInt32) = (1, 0)
        for byte in content {
            one = (one + UInt32(byte)) % 65_521
            two = (two + one) % 65_521
        }
        return two << 16 | one
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
