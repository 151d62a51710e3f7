package import RemitModel

/// What a record beside a commit says of who wrote its lines: a claim of whoever wrote the record.
package struct AttestedLines: Hashable, Sendable {
    /// The lines that one tool is said to have written.
    package struct Share: Hashable, Sendable {
        /// The tool's own name for itself, in lower case; `nil` where the record tells of an agent and not of which.
        package let tool: String?
        /// The file, where the record has to be held against what the commit changes; `nil` where it is about the commit.
        package let path: ByteString?
        /// A line that the record claims twice counts twice.
        package private(set) var lines: Int
        /// The first place that the record names, to be shown.
        package let shown: ByteString

        package init(tool: String?, path: ByteString? = nil, lines: Int, shown: ByteString) {
            self.tool = tool
            self.path = path
            self.lines = lines
            self.shown = ByteString(shown.bytes.prefix(AttestedLines.shownByteCount))
        }

        fileprivate mutating func add(_ more: Int) { lines += more }
    }

    /// In the order of their first lines.
    package private(set) var shares: [Share]
    /// The lines that persons are said to have written.
    package private(set) var personLines: Int

    package init(shares: [Share] = [], personLines: Int = 0) {
        self.shares = shares
        self.personLines = personLines
    }

    /// 120: with the figures beside it, an excerpt of evidence holds it.
    package static let shownByteCount = 120
    /// More tools than this made no commit; those beyond are left out.
    package static let maximumShares = 64

    mutating func add(_ share: Share) {
        if let index = shares.firstIndex(where: { $0.tool == share.tool && $0.path == share.path }) {
            shares[index].add(share.lines)
        } else if shares.count < Self.maximumShares {
            shares.append(share)
        }
    }

    mutating func add(personLines: Int) { self.personLines += personLines }

    /// What is left when only files count of which the closure says so.
    package func filtered(_ isChanged: (ByteString) throws -> Bool) rethrows -> AttestedLines {
        AttestedLines(
            shares: try shares.filter { share in try share.path.map(isChanged) ?? true }, personLines: personLines)
    }

    /// A tool's name as records spell it, in lower case; `nil` for none, and for words that name nobody.
    static func tool(named name: String) -> String? {
        let folded = name.lowercased()
        return folded.isEmpty || ["unknown", "human", "mock_ai"].contains(folded) ? nil : folded
    }
}

/// Why a record beside a commit cannot be read.
package struct RecordBesideError: Error, Hashable, Sendable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }

    init(_ error: JSONError) {
        reason = "its JSON \(error.fault), at byte \(error.offset)"
    }
}
