import CLibgit2
import RemitModel

/// Where one entry lies in a tree's raw bytes: `<octal mode> <name> NUL <20 bytes of id>`.
struct TreeEntry {
    let mode: FileMode
    let name: Range<Int>

    var start: Int
    var idStart: Int { name.upperBound + 1 }
    var end: Int { idStart + ObjectID.byteCount }
    var isTree: Bool { mode == .tree }
}

/// What is wrong with a tree's bytes.
enum TreeFault: Error {
    case truncated, mode, name, order, duplicate

    var reason: String {
        switch self {
        case .truncated: "an entry is cut off"
        case .mode: "a mode is not octal"
        case .name: "a name is empty, '.', '..', '.git' or holds '/'"
        case .order: "entries are not in git's order"
        case .duplicate: "two entries have the same name"
        }
    }
}

/// Reading single bytes and words of a tree: the only unsafe code of the walk.
///
/// Every access is checked against the span's end; only the type that is loaded is taken on trust, and all of them are
/// plain integers.
enum TreeBytes {
    static func byte(_ tree: RawSpan, _ position: Int) -> UInt8 {
        unsafe tree.unsafeLoad(fromByteOffset: position, as: UInt8.self)
    }

    static func oid(_ tree: RawSpan, _ position: Int) -> git_oid {
        unsafe tree.unsafeLoadUnaligned(fromByteOffset: position, as: git_oid.self)
    }

    /// The entry at a position.
    ///
    /// A mode padded with zeros is read as git reads it: old histories hold them.
    static func entry(_ tree: RawSpan, at start: Int) throws(TreeFault) -> TreeEntry {
        let count = tree.byteCount
        if let common = commonMode(tree, at: start), let end = first(0, in: tree, common.end, count),
            end + 1 + ObjectID.byteCount <= count
        {
            return TreeEntry(mode: common.mode, name: common.end..<end, start: start)
        }
        var position = start
        var mode: UInt32 = 0
        while true {
            guard position < count else { throw .truncated }
            let digit = byte(tree, position)
            position += 1
            if digit == UInt8(ascii: " ") { break }
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit), mode < 1 << 16 else { throw .mode }
            mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
        }
        guard position > start + 1 else { throw .mode }
        guard let end = first(0, in: tree, position, count), end + 1 + ObjectID.byteCount <= count else {
            throw .truncated
        }
        return TreeEntry(mode: FileMode(canonical: mode), name: position..<end, start: start)
    }

    /// How far two trees hold the same whole entries from these positions on: the run's length, and where its last
    /// entry begins, counted from the run's start.
    ///
    /// Most entries of most trees are in such runs, so nothing of them is parsed but the NUL that ends each name.
    static func equalRun(
        _ old: RawSpan, _ oldStart: Int, _ new: RawSpan, _ newStart: Int
    ) -> (length: Int, last: Int) {
        let limit = min(old.byteCount - oldStart, new.byteCount - newStart)
        return unsafe old.withUnsafeBytes { oldBytes in
            unsafe new.withUnsafeBytes { newBytes in
                guard limit > 0, let oldBase = oldBytes.baseAddress, let newBase = newBytes.baseAddress
                else { return (0, 0) }
                let start = unsafe newBase + newStart
                let common = unsafe commonPrefix(oldBase + oldStart, start, limit)
                var (length, last) = (0, 0)
                while let nul = unsafe firstNUL(start, from: length, to: common),
                    nul + 1 + ObjectID.byteCount <= common
                {
                    last = length
                    length = nul + 1 + ObjectID.byteCount
                }
                return (length, last)
            }
        }
    }

    private static func commonPrefix(_ one: UnsafeRawPointer, _ two: UnsafeRawPointer, _ limit: Int) -> Int {
        var position = 0
        while position + 8 <= limit {
            let left = unsafe one.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let right = unsafe two.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if left != right { return position + UInt64(littleEndian: left ^ right).trailingZeroBitCount / 8 }
            position += 8
        }
        while position < limit,
            unsafe one.load(fromByteOffset: position, as: UInt8.self)
                == two.load(fromByteOffset: position, as: UInt8.self)
        {
            position += 1
        }
        return position
    }

    /// The mode of nearly every entry, a plain file or a directory as git writes it, and where the name begins.
    private static func commonMode(_ tree: RawSpan, at start: Int) -> (mode: FileMode, end: Int)? {
        guard start + 8 <= tree.byteCount else { return nil }
        let word = unsafe UInt64(littleEndian: tree.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
        if word & 0x00FF_FFFF_FFFF_FFFF == 0x0020_3434_3630_3031 { return (.regular, start + 7) }
        if word & 0x0000_FFFF_FFFF_FFFF == 0x0000_2030_3030_3034 { return (.tree, start + 6) }
        return nil
    }

    /// With how many equal bytes two names begin, compared a word at a time.
    static func commonCount(_ one: Range<Int>, _ oneTree: RawSpan, _ other: Range<Int>, _ otherTree: RawSpan) -> Int {
        let limit = min(one.count, other.count)
        var count = 0
        while count + 8 <= limit {
            let left = unsafe oneTree.unsafeLoadUnaligned(fromByteOffset: one.lowerBound + count, as: UInt64.self)
            let right = unsafe otherTree.unsafeLoadUnaligned(fromByteOffset: other.lowerBound + count, as: UInt64.self)
            if left != right { return count + UInt64(littleEndian: left ^ right).trailingZeroBitCount / 8 }
            count += 8
        }
        while count < limit, byte(oneTree, one.lowerBound + count) == byte(otherTree, other.lowerBound + count) {
            count += 1
        }
        return count
    }

    /// Where a byte stands first between two positions of a tree, a word at a time.
    static func first(_ byte: UInt8, in tree: RawSpan, _ start: Int, _ end: Int) -> Int? {
        let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
        var position = start
        while position + 8 <= end {
            let word = unsafe tree.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            let zeros = zeroBytes(of: UInt64(littleEndian: word) ^ pattern)
            if zeros != 0 { return position + zeros.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < end {
            if self.byte(tree, position) == byte { return position }
            position += 1
        }
        return nil
    }

    /// The classic zero-byte test: the lowest set high bit marks the first zero.
    private static func zeroBytes(of word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    private static func firstNUL(_ bytes: UnsafeRawPointer, from start: Int, to end: Int) -> Int? {
        var position = start
        while position + 8 <= end {
            let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let zeros = zeroBytes(of: word)
            if zeros != 0 { return position + zeros.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < end {
            if unsafe bytes.load(fromByteOffset: position, as: UInt8.self) == 0 { return position }
            position += 1
        }
        return nil
    }
}
