package import RemitModel

/// What git writes to the standard input of `pre-receive` and `post-receive`: one line for each ref update.
package struct HookInput: Hashable, Sendable {
    /// All lines together: 16 MiB, the longest names of 4,000 refs or ordinary names of 100,000.
    package static let maximumByteCount = 16 * 1024 * 1024
    /// The updates of one push.
    package static let maximumUpdateCount = 100_000
    /// One ref name; no file system that holds loose refs takes a longer one.
    package static let maximumRefByteCount = 4096

    /// In the order in which git gave them, each ref once.
    package let updates: [RefUpdate]

    /// Parses the whole input, of which nothing may be missing.
    package init(parsing bytes: [UInt8]) throws(HookInputError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw HookInputError(.tooLarge, line: 1, "more than \(Self.maximumByteCount) bytes")
        }
        // Gitea's dispatcher pipes `echo "$data"`, which is a lone line feed when there is nothing to say.
        guard !bytes.isEmpty, bytes != [HookInputLine.lineFeed] else {
            updates = []
            return
        }
        var updates: [RefUpdate] = []
        var refs: Set<ByteString> = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let number = updates.count + 1
            guard number <= Self.maximumUpdateCount else {
                throw HookInputError(.tooManyUpdates, line: number, "more than \(Self.maximumUpdateCount) updates")
            }
            guard let end = rest.firstIndex(of: HookInputLine.lineFeed) else {
                throw HookInputError(.unterminated, line: number, "the last line has no line feed")
            }
            let update = try HookInputLine(number: number, bytes: rest[..<end]).update()
            guard refs.insert(update.ref).inserted else {
                throw HookInputError(.duplicateRef, line: number, "a ref is given twice")
            }
            updates.append(update)
            rest = rest[(end + 1)...]
        }
        self.updates = updates
    }
}
