import Crypto
import RemitModel

extension ObjectPack {
    /// The id that git gives an object of that kind and content: whoever writes trees of trees has to know it beforehand.
    ///
    /// `git index-pack` hashes it all again, so a fault here cannot pass for one of Remit's.
    static func id(_ kind: Kind, _ content: [UInt8]) -> ObjectID {
        let digest = digest(Array("\(kind.name) \(content.count)\0".utf8) + content)
        // SHA-1 has the 20 bytes of an id.
        return ObjectID(bytes: digest) ?? .zero
    }

    /// The 20 bytes at the end of a pack.
    static func digest(_ content: [UInt8]) -> [UInt8] { Array(Insecure.SHA1.hash(data: content)) }
}
