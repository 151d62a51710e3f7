/// Gathers a hook's input piece by piece, and refuses the piece that passes the bound.
///
/// The reader of a stream stops there: a pusher's endless input never fills the memory.
package struct HookInputBuffer: Sendable {
    private var bytes: [UInt8] = []
    private var lineCount = 0

    package init() {}

    package mutating func append(_ piece: some Collection<UInt8>) throws(HookInputError) {
        guard piece.count <= HookInput.maximumByteCount - bytes.count else {
            throw HookInput.tooLarge(line: lineCount + 1)
        }
        lineCount += piece.count { $0 == HookInputLine.lineFeed }
        bytes.append(contentsOf: piece)
    }

    /// Parses what was gathered, once the stream has ended.
    package consuming func finish() throws(HookInputError) -> HookInput {
        try HookInput(parsing: bytes)
    }
}
