import CLibgit2
import RemitModel

extension ObjectID {
    init(_ id: git_oid) {
        let words = unsafe withUnsafeBytes(of: id) { bytes in
            unsafe (
                bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            )
        }
        self.init(
            head: UInt64(bigEndian: words.0), middle: UInt64(bigEndian: words.1), tail: UInt32(bigEndian: words.2))
    }

    var oid: git_oid {
        var id = git_oid()
        unsafe withUnsafeMutableBytes(of: &id) { bytes in
            unsafe bytes.storeBytes(of: head.bigEndian, as: UInt64.self)
            unsafe bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
            unsafe bytes.storeBytes(of: tail.bigEndian, toByteOffset: 16, as: UInt32.self)
        }
        return id
    }
}
