import RemitModel

/// The names that git gives objects: whoever writes trees of trees has to know them beforehand.
///
/// Only for what a test makes. `git index-pack` hashes it all again, so a fault here cannot pass for one of Remit's.
enum SHA1 {
    private static let blockLength = 64

    /// The id of an object of that kind and content.
    static func id(_ kind: ObjectPack.Kind, _ content: [UInt8]) -> ObjectID {
        var state = State()
        state.add(Array("\(kind.name) \(content.count)\0".utf8) + content)
        return ObjectID(
            head: UInt64(state.a) << 32 | UInt64(state.b), middle: UInt64(state.c) << 32 | UInt64(state.d),
            tail: state.e)
    }

    /// The 20 bytes at the end of a pack.
    static func digest(_ content: [UInt8]) -> [UInt8] {
        var state = State()
        state.add(content)
        return [state.a, state.b, state.c, state.d, state.e].flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    private struct State {
        var a: UInt32 = 0x6745_2301
        var b: UInt32 = 0xEFCD_AB89
        var c: UInt32 = 0x98BA_DCFE
        var d: UInt32 = 0x1032_5476
        var e: UInt32 = 0xC3D2_E1F0
        private var schedule = [UInt32](repeating: 0, count: 80)

        mutating func add(_ content: [UInt8]) {
            var start = 0
            while start + blockLength <= content.count {
                process(content, start)
                start += blockLength
            }
            var last = Array(content[start...]) + [0x80]
            while last.count % blockLength != blockLength - 8 { last.append(0) }
            for shift in stride(from: 56, through: 0, by: -8) {
                last.append(UInt8(truncatingIfNeeded: (content.count * 8) >> shift))
            }
            for start in stride(from: 0, to: last.count, by: blockLength) { process(last, start) }
        }

        private mutating func process(_ content: [UInt8], _ start: Int) {
            for index in 0..<16 {
                let at = start + index * 4
                schedule[index] =
                    UInt32(content[at]) << 24 | UInt32(content[at + 1]) << 16 | UInt32(content[at + 2]) << 8
                    | UInt32(content[at + 3])
            }
            for index in 16..<80 {
                let word = schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16]
                schedule[index] = word << 1 | word >> 31
            }
            var (v, w, x, y, z) = (a, b, c, d, e)
            for index in 0..<80 {
                let (choice, constant): (UInt32, UInt32) =
                    switch index {
                    case ..<20: (w & x | ~w & y, 0x5A82_7999)
                    case ..<40: (w ^ x ^ y, 0x6ED9_EBA1)
                    case ..<60: (w & x | w & y | x & y, 0x8F1B_BCDC)
                    default: (w ^ x ^ y, 0xCA62_C1D6)
                    }
                let next = (v << 5 | v >> 27) &+ choice &+ z &+ constant &+ schedule[index]
                (v, w, x, y, z) = (next, v, w << 30 | w >> 2, x, y)
            }
            a &+= v
            b &+= w
            c &+= x
            d &+= y
            e &+= z
        }
    }
}
