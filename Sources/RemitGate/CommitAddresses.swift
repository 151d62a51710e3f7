import RemitFormats
import RemitModel

/// The addresses of everybody whom a commit names as its maker: author, committer, co-authors.
enum CommitAddresses {
    /// Co-authors that are looked at; a commit has use for a few.
    private static let coAuthorsAtMost = 64

    static func all(in commit: RawCommit) -> [(ByteString, MarkPlace)] {
        var all: [(ByteString, MarkPlace)] = [(commit.author.email, .author), (commit.committer.email, .committer)]
        for line in MessageLines(commit.message) {
            guard all.count < coAuthorsAtMost + 2 else { break }
            guard let keyed = KeyedLine(line), keyed.isNamed("co-authored-by"), let address = address(in: keyed.value)
            else { continue }
            all.append((ByteString(address), .trailer))
        }
        return all
    }

    private static func address(in value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let open = value.lastIndex(of: UInt8(ascii: "<")),
            let close = value[open...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        return value[value.index(after: open)..<close]
    }
}
