package import RemitModel

/// Git's trailer block: the last paragraph, when it is made of trailers.
///
/// The rules are those of `trailer.c`: the title is never one; a paragraph counts when every line is a trailer, or when
/// at least a quarter is and one of them is git's own (`Signed-off-by: `, `(cherry picked from commit `). Trailing
/// comments and an old `Conflicts:` list are not part of it. As in `git log`, a `---` line ends nothing. Configured
/// trailers (`trailer.*`) are ignored: no configuration steers a judgement.
package enum Trailers {
    package struct Trailer: Sendable, Hashable {
        package let key: ByteString
        /// The value, its folded lines joined by one space each.
        package let value: ByteString
    }

    /// The bytes of the block in the message, or `nil` when there is none.
    package static func block(of message: [UInt8]) -> Range<Int>? {
        let end = blockLimit(message)
        let lines = lineStarts(message, upTo: end)
        guard let title = lines.firstIndex(where: { isBlank(message, $0) }) else { return nil }
        var count = Count()
        for index in lines[title...].indices.reversed() {
            let start = lines[index]
            if message[start] == UInt8(ascii: "#") {
                count.flush()
            } else if isBlank(message, start) {
                if count.isEmpty { continue }
                count.flush()
                guard count.isTrailerBlock, index + 1 < lines.count else { return nil }
                return lines[index + 1]..<end
            } else {
                count.take(message[start..<end])
            }
        }
        return nil
    }

    /// The trailers of the block, as `git interpret-trailers --parse --no-divider` prints them.
    package static func parse(_ message: [UInt8]) -> [Trailer] {
        guard let block = block(of: message) else { return [] }
        var found: [(key: [UInt8], value: [UInt8])] = []
        var isContinuable = false
        for start in lineStarts(message, upTo: block.upperBound, from: block.lowerBound) {
            let line = line(message, start, upTo: block.upperBound)
            if message[start].isGitSpace, isContinuable {
                found[found.count - 1].value += [.space] + line.trimmingBlanks()
            } else if let colon = separator(line), message[start] != UInt8(ascii: "#") {
                found.append((Array(line[..<colon].trimmingBlanks()), Array(line[(colon + 1)...].trimmingBlanks())))
                isContinuable = true
            } else {
                isContinuable = false
            }
        }
        return found.map { Trailer(key: ByteString($0.key), value: ByteString($0.value[...].trimmingBlanks())) }
    }

    private static let generated = ["Signed-off-by: ", "(cherry picked from commit "]

    /// The lines of a paragraph, counted from its end.
    private struct Count {
        private var recognised = false
        private var trailers = 0
        private var others = 0
        /// Indented lines that continue whatever stands above them.
        private var pending = 0

        var isEmpty: Bool { trailers == 0 && others == 0 && pending == 0 }

        var isTrailerBlock: Bool {
            (recognised && trailers * 3 >= others) || (trailers > 0 && others == 0)
        }

        mutating func flush() {
            others += pending
            pending = 0
        }

        mutating func take(_ rest: ArraySlice<UInt8>) {
            if Trailers.generated.contains(where: { rest.starts(with: $0.utf8) }) {
                recognised = true
                trailers += 1
                pending = 0
            } else if rest.first?.isGitSpace == true {
                pending += 1
            } else if Trailers.separator(rest) != nil {
                trailers += 1
                pending = 0
            } else {
                others += 1
                flush()
            }
        }
    }

    /// Where the key's colon is: after letters, digits and `-`, then blanks.
    private static func separator(_ line: ArraySlice<UInt8>) -> Int? {
        var index = line.startIndex
        while index < line.endIndex, line[index].isKeyByte { index += 1 }
        guard index > line.startIndex else { return nil }
        while index < line.endIndex, line[index] == .space || line[index] == .tab { index += 1 }
        return index < line.endIndex && line[index] == UInt8(ascii: ":") ? index : nil
    }

    /// Where the run of comments, blank lines and conflicted paths at the end begins.
    private static func blockLimit(_ message: [UInt8]) -> Int {
        var limit: Int?
        var isInConflicts = false
        for start in lineStarts(message, upTo: message.count) {
            let rest = message[start...]
            if rest.first == UInt8(ascii: "#") || rest.first == .lineFeed {
                limit = limit ?? start
            } else if rest.starts(with: "Conflicts:\n".utf8) {
                limit = limit ?? start
                isInConflicts = true
            } else if isInConflicts, rest.first == .tab {
                continue
            } else {
                limit = nil
                isInConflicts = false
            }
        }
        return limit ?? message.count
    }

    private static func lineStarts(_ message: [UInt8], upTo end: Int, from first: Int = 0) -> [Int] {
        var starts: [Int] = []
        var start = first
        while start < end {
            starts.append(start)
            while start < end, message[start] != .lineFeed { start += 1 }
            start += 1
        }
        return starts
    }

    private static func line(_ message: [UInt8], _ start: Int, upTo end: Int) -> ArraySlice<UInt8> {
        message[start..<(message[start..<end].firstIndex(of: .lineFeed) ?? end)]
    }

    private static func isBlank(_ message: [UInt8], _ start: Int) -> Bool {
        var index = start
        while index < message.count, message[index] != .lineFeed {
            guard message[index].isGitSpace else { return false }
            index += 1
        }
        return true
    }
}
