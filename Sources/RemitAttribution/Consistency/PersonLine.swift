import RemitFormats
package import RemitModel

/// A line of a message that names somebody by name and address: a co-author, or who signs it off.
package struct PersonLine: Sendable, Hashable {
    package let isSignOff: Bool
    package let name: ArraySlice<UInt8>
    package let email: ArraySlice<UInt8>
    /// The line from its key to the end of its value.
    package let excerpt: ByteString

    /// The most lines that are looked at; a commit has use for a few.
    package static let maximumCount = 64

    /// The lines of a message, in their order, wherever they stand.
    package static func all(in message: [UInt8]) -> [PersonLine] {
        var all: [PersonLine] = []
        for line in MessageLines(message) where canBegin(line) {
            guard let keyed = KeyedLine(line), let person = PersonLine(keyed) else { continue }
            all.append(person)
            if all.count == maximumCount { break }
        }
        return all
    }

    /// Spares nearly every line of prose the reading of a key.
    private static func canBegin(_ line: ArraySlice<UInt8>) -> Bool {
        switch line.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") })?.foldedASCII {
        case UInt8(ascii: "s"), UInt8(ascii: "c"): true
        default: false
        }
    }

    private init?(_ line: KeyedLine) {
        isSignOff = line.isNamed("signed-off-by")
        guard isSignOff || line.isNamed("co-authored-by") else { return nil }
        let person = CoAuthor(line.value)
        name = person.name.trimmingBlanks()
        email = person.email
        excerpt = ByteString(Array(line.key) + Array(": ".utf8) + Array(line.value))
    }
}
