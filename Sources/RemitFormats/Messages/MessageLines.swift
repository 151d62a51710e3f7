/// The lines of a commit message, each once, without its line feed and without a carriage return before it.
///
/// Slices share the message's storage. A line longer than `maximumLength` is cut: nothing that Remit looks for is as
/// long, and what is compared or reported stays small.
package struct MessageLines: Sequence, Sendable {
    /// The most bytes of a line that are looked at.
    package static let maximumLength = 4096

    private let message: [UInt8]

    package init(_ message: [UInt8]) {
        self.message = message
    }

    package func makeIterator() -> Iterator { Iterator(message: message) }

    package struct Iterator: IteratorProtocol {
        private let message: [UInt8]
        private var position = 0

        fileprivate init(message: [UInt8]) {
            self.message = message
        }

        package mutating func next() -> ArraySlice<UInt8>? {
            guard position < message.count else { return nil }
            let start = position
            var end = start
            while end < message.count, message[end] != .lineFeed { end += 1 }
            position = end + 1
            if end > start, message[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            return message[start..<Swift.min(end, start + Self.cut)]
        }

        private static let cut = MessageLines.maximumLength
    }
}
