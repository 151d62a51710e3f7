import RemitModel

/// The Ed25519 points of order 1, 2, 4 or 8, in every encoding with the sign bit cleared.
///
/// With such a "public key" one signature is good for any message, and BoringSSL and OpenSSH accept it: whoever
/// registered it could later say that anybody had signed. The list is the one of libsodium's `ge25519_has_small_order`.
enum Ed25519SmallOrder {
    private static let points: [[UInt8]] = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ].compactMap { Hex.decode($0.utf8) }

    static func contains(_ point: ArraySlice<UInt8>) -> Bool {
        points.contains { weak in
            point.dropLast().elementsEqual(weak.dropLast()) && point.last.map { $0 & 0x7F } == weak.last
        }
    }
}
