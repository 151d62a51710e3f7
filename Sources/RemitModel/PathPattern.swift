/// A pattern over paths or ref names, small enough that "does A contain B?" is decidable.
///
/// DESIGN.md section 3: an exact name (`Package.swift`), a literal directory followed by `/**` (`Sources/**`), or, for
/// paths only, that followed by `/*.ext` (`Docs/**/*.md`, `**/*.swift`). `**` alone covers every path.
/// Compared as bytes, by segment, without folding case or normalising Unicode.
package struct PathPattern: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Exactly this path.
        case exact
        /// Everything strictly below this directory; the empty directory is the root.
        case subtree
        /// Everything strictly below this directory whose last segment ends in this suffix, dot included.
        case suffix(ByteString)
    }

    /// The exact path, or the directory, without a trailing `/`.
    package let literal: ByteString
    package let kind: Kind

    /// Longest pattern accepted, in bytes: the longest path that git itself handles comfortably.
    package static let maximumByteCount = 4096

    package enum Fault: String, Error, Hashable, Sendable {
        case empty = "is empty"
        case tooLong = "is longer than 4096 bytes"
        case wildcard = "uses a wildcard that is neither '/**' at its end nor '/**/*.ext'"
        case segment = "has an empty, '.' or '..' segment"
        case character = "holds a backslash or a control character"
        case notARef = "does not begin with 'refs/'"
    }

    /// Reads a path pattern.
    package init(path text: some StringProtocol) throws(Fault) {
        try self.init(text, allowsSuffix: true)
    }

    /// Reads a ref pattern: a full ref name, or a literal prefix of at least `refs/…` followed by `/**`.
    package init(ref text: some StringProtocol) throws(Fault) {
        guard text.hasPrefix("refs/") else { throw .notARef }
        try self.init(text, allowsSuffix: false)
    }

    private init(_ text: some StringProtocol, allowsSuffix: Bool) throws(Fault) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else { throw .character }
        var segments = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if allowsSuffix, segments.count >= 2, segments[segments.count - 2].elementsEqual("**".utf8),
            let last = segments.last, last.starts(with: "*.".utf8)
        {
            let suffix = last.dropFirst()
            guard suffix.count > 1, !Self.hasWildcard(suffix) else { throw .wildcard }
            kind = .suffix(ByteString(suffix))
            segments.removeLast(2)
        } else if let last = segments.last, last.elementsEqual("**".utf8) {
            kind = .subtree
            segments.removeLast()
        } else {
            kind = .exact
        }
        for segment in segments {
            guard !Self.hasWildcard(segment) else { throw .wildcard }
            guard !segment.isEmpty, !segment.elementsEqual(".".utf8), !segment.elementsEqual("..".utf8) else {
                throw .segment
            }
        }
        literal = ByteString(segments.joined(separator: [UInt8(ascii: "/")]))
    }

    private static func hasWildcard(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    package func matches(_ path: ByteString) -> Bool {
        switch kind {
        case .exact: path == literal
        case .subtree: isBelow(path)
        case .suffix(let suffix): isBelow(path) && path.bytes.hasSuffix(suffix.bytes)
        }
    }

    /// Whether everything that `other` matches, this pattern matches too.
    package func contains(_ other: PathPattern) -> Bool {
        switch (kind, other.kind) {
        case (_, .exact): matches(other.literal)
        case (.exact, _): false
        case (.subtree, _): isDirectoryInside(other.literal)
        case (.suffix, .subtree): false
        case (.suffix(let mine), .suffix(let theirs)):
            isDirectoryInside(other.literal) && theirs.bytes.hasSuffix(mine.bytes)
        }
    }

    /// Whether some path matches both patterns.
    ///
    /// Used for exceptions, where the safe answer to doubt is yes.
    package func overlaps(_ other: PathPattern) -> Bool {
        switch (kind, other.kind) {
        case (.exact, _): other.matches(literal)
        case (_, .exact): matches(other.literal)
        default: isDirectoryInside(other.literal) || other.isDirectoryInside(literal)
        }
    }

    private func isBelow(_ path: ByteString) -> Bool {
        guard !literal.isEmpty else { return !path.isEmpty }
        return path.count > literal.count + 1 && path.bytes[literal.count] == UInt8(ascii: "/")
            && path.bytes.starts(with: literal.bytes)
    }

    /// Whether a directory is this pattern's own or below it.
    private func isDirectoryInside(_ directory: ByteString) -> Bool {
        directory == literal || isBelow(directory)
    }
}

extension PathPattern: CustomStringConvertible {
    package var description: String {
        let text = String(decoding: literal.bytes, as: UTF8.self)
        let directory = literal.isEmpty ? "" : text + "/"
        switch kind {
        case .exact: return text
        case .subtree: return directory + "**"
        case .suffix(let suffix): return directory + "**/*" + String(decoding: suffix.bytes, as: UTF8.self)
        }
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
