/// A pattern over the names of refs, as in a refspec of git's: exact, or with one `*` for any part of a name.
///
/// It grants nothing; it only says where to look (gitglossary(7), "refspec").
package struct RefGlob: Hashable, Sendable {
    private let before: [UInt8]
    /// What follows the `*`; `nil` for an exact name.
    private let after: [UInt8]?

    package static let maximumByteCount = 1024

    package enum Fault: String, Error, Hashable, Sendable {
        case notARef = "does not begin with 'refs/'"
        case tooLong = "is longer than 1024 bytes"
        case stars = "has more than one '*'"
        case character = "holds a character that no ref's name has"
    }

    package init(_ text: some StringProtocol) throws(Fault) {
        let bytes = Array(text.utf8)
        guard bytes.starts(with: "refs/".utf8) else { throw .notARef }
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong }
        let forbidden = Array(" ~^:?[\\".utf8)
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || forbidden.contains($0) }) else { throw .character }
        let parts = bytes.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw .stars }
        before = Array(parts[0])
        after = parts.count == 2 ? Array(parts[1]) : nil
    }

    /// As it was written.
    package var text: String {
        String(decoding: before + (after.map { [UInt8(ascii: "*")] + $0 } ?? []), as: UTF8.self)
    }

    /// What every name that it matches begins with.
    package var prefix: ByteString { ByteString(before) }

    package func matches(_ name: ByteString) -> Bool {
        guard let after else { return name.bytes == before }
        return name.count > before.count + after.count && name.bytes.starts(with: before)
            && name.bytes.suffix(after.count).elementsEqual(after)
    }
}
