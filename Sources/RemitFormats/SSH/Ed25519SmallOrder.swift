/// The Ed25519 points of order 1, 2, 4 or 8, in every encoding with the sign bit cleared.
///
/// With such a "public key" one signature is good for any message, and BoringSSL and OpenSSH accept it: whoever
/// registered it could later say that anybody had signed. The list is the one of libsodium's `ge25519_has_small_order`.
enum Ed25519SmallOrder {
    /// All but the last of a point's bytes, and the last.
    private static let points: [(middle: [UInt8], last: UInt8)] = [
        ([UInt8](repeating: 0, count: 31), 0),
        ([1] + [UInt8](repeating: 0, count: 30), 0),
        (
            [
                0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0, 0xD5,
                0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC,
            ], 0x05
        ),
        (
            [
                0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F, 0x2A,
                0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03,
            ], 0x7A
        ),
        ([0xEC] + [UInt8](repeating: 0xFF, count: 30), 0x7F),
        ([0xED] + [UInt8](repeating: 0xFF, count: 30), 0x7F),
        ([0xEE] + [UInt8](repeating: 0xFF, count: 30), 0x7F),
    ]

    static func contains(_ point: ArraySlice<UInt8>) -> Bool {
        guard let last = point.last.map({ $0 & 0x7F }) else { return false }
        return points.contains { weak in weak.last == last && point.dropLast().elementsEqual(weak.middle) }
    }
}
