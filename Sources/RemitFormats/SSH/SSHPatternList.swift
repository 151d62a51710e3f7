import RemitModel

/// A comma-separated list of patterns, as OpenSSH's PATTERNS in ssh_config(5) has it.
///
/// `*` stands for any bytes, `?` for one, and a leading `!` excludes: one excluding match settles it, wherever it
/// stands, and a list that only excludes matches nothing.
package struct SSHPatternList: Sendable, Hashable {
    /// The most patterns in one list.
    package static let maximumPatternCount = 256
    /// The longest pattern; a longer one OpenSSH would silently never match.
    package static let patternMaximumByteCount = 1023

    private struct Pattern: Sendable, Hashable {
        let excludes: Bool
        let bytes: [UInt8]
    }

    private let patterns: [Pattern]

    /// Reads a list; `nil` for an empty pattern or one out of bounds.
    package init?(_ text: some Collection<UInt8>) {
        var patterns: [Pattern] = []
        for item in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let excludes = item.first == UInt8(ascii: "!")
            let bytes = Array(excludes ? item.dropFirst() : item)
            guard (1...Self.patternMaximumByteCount).contains(bytes.count), patterns.count < Self.maximumPatternCount
            else { return nil }
            patterns.append(Pattern(excludes: excludes, bytes: bytes))
        }
        self.patterns = patterns
    }

    package func matches(_ name: some StringProtocol) -> Bool {
        let name = Array(name.utf8)
        var matched = false
        for pattern in patterns where Self.matches(name, pattern.bytes) {
            if pattern.excludes { return false }
            matched = true
        }
        return matched
    }

    /// The names that the list spells out and matches: whom a line without wildcards is about.
    package var names: [String] {
        patterns.filter { !$0.excludes && !$0.bytes.contains(where: Self.isWildcard) }
            .map { String(decoding: $0.bytes, as: UTF8.self) }
            .filter(matches)
    }

    /// The name, where the list is nothing but one name.
    package var soleName: String? {
        patterns.count == 1 ? names.first : nil
    }

    private static func isWildcard(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
    }

    /// Matches without recursion: a later `*` never needs an earlier one to take more, so the work is bounded by the
    /// product of both lengths.
    private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (at, next) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while at < name.count {
            if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                star = (next, at)
                next += 1
            } else if next < pattern.count, pattern[next] == UInt8(ascii: "?") || pattern[next] == name[at] {
                at += 1
                next += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                at = last.name + 1
                next = last.pattern + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
