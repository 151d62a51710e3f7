package import RemitModel

/// Bytes of a commit object to `RawCommit`, or the reason why they are malformed.
///
/// Accepted is what git writes: one tree, the parents, one author, one committer, in this order, then any other
/// headers, an empty line, the message. Of the others, `encoding` and `gpgsig` stand at most once, the five that have
/// a place of their own may not come back, and whatever else begins with `gpgsig` is refused: git leaves a
/// `gpgsig-sha256` out of the signed text, so unsigned bytes could travel in it (DESIGN, invariant 1).
package enum CommitParser {
    package static func parse(_ bytes: [UInt8]) throws(MalformedObject) -> RawCommit {
        var state = State()
        var reader = try HeaderReader(bytes)
        while let header = try reader.next() { try state.take(header) }
        guard let tree = state.tree else { throw missing("tree", at: reader.position) }
        guard let author = state.author else { throw missing("author", at: reader.position) }
        guard let committer = state.committer else { throw missing("committer", at: reader.position) }
        var signature: [UInt8]?
        var signedBytes: [UInt8] = []
        if let range = state.signature {
            signature = armour(in: bytes, range)
            signedBytes.reserveCapacity(bytes.count - range.count)
            signedBytes += bytes[..<range.lowerBound]
            signedBytes += bytes[range.upperBound...]
        }
        return RawCommit(
            tree: tree, parents: state.parents, author: author, committer: committer, signature: signature,
            signedBytes: signedBytes, message: Array(bytes[reader.position...]))
    }

    private static func missing(_ name: String, at offset: Int) -> MalformedObject {
        MalformedObject(.missing, "no \(name) header", at: offset)
    }

    /// The header's value with the one space that each continuation line begins with taken off, as git does.
    private static func armour(in bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var armour: [UInt8] = []
        armour.reserveCapacity(range.count)
        var lineStart = range.lowerBound + "gpgsig ".utf8.count
        while lineStart < range.upperBound {
            let end = bytes[lineStart..<range.upperBound].firstIndex(of: .lineFeed) ?? range.upperBound - 1
            armour += bytes[lineStart...end]
            lineStart = end + 2
        }
        return armour
    }
}

extension CommitParser {
    /// What the headers have said so far.
    private struct State {
        var tree: ObjectID?
        var parents: [ObjectID] = []
        var author: Identity?
        var committer: Identity?
        var signature: Range<Int>?
        var hasEncoding = false
        var extraHeaders = 0

        mutating func take(_ header: HeaderReader.Header) throws(MalformedObject) {
            switch header.name {
            case "tree":
                try once(header, isNew: tree == nil, inOrder: true)
                tree = try id(header)
            case "parent":
                try single(header)
                guard tree != nil, author == nil, committer == nil else { throw order(header) }
                guard parents.count < ObjectLimits.parents else {
                    throw MalformedObject(
                        .tooMany, "more than \(ObjectLimits.parents) parents", at: header.range.lowerBound)
                }
                parents.append(try id(header))
            case "author":
                try once(header, isNew: author == nil, inOrder: tree != nil && committer == nil)
                author = try identity(header)
            case "committer":
                try once(header, isNew: committer == nil, inOrder: author != nil)
                committer = try identity(header)
            default:
                try takeExtra(header)
            }
        }

        private mutating func takeExtra(_ header: HeaderReader.Header) throws(MalformedObject) {
            guard committer != nil else { throw order(header) }
            extraHeaders += 1
            guard extraHeaders <= ObjectLimits.extraHeaders else {
                throw MalformedObject(
                    .tooMany, "more than \(ObjectLimits.extraHeaders) headers", at: header.range.lowerBound)
            }
            if header.isNamed("encoding") {
                try once(header, isNew: !hasEncoding, inOrder: true)
                hasEncoding = true
                guard CommitEncoding.keepsASCII(header.value) else {
                    throw MalformedObject(
                        .encoding, "an encoding that does not keep ASCII", at: header.range.lowerBound)
                }
            } else if header.isNamed("gpgsig") {
                guard signature == nil else {
                    throw MalformedObject(.duplicate, "two gpgsig headers", at: header.range.lowerBound)
                }
                signature = header.range
            } else if header.key.starts(with: "gpgsig".utf8) {
                throw MalformedObject(.signature, "a signature header other than gpgsig", at: header.range.lowerBound)
            }
        }

        private func once(
            _ header: HeaderReader.Header, isNew: Bool, inOrder: Bool
        ) throws(MalformedObject) {
            guard isNew else {
                throw MalformedObject(.duplicate, "two \(header.name) headers", at: header.range.lowerBound)
            }
            guard inOrder else { throw order(header) }
            try single(header)
        }

        private func single(_ header: HeaderReader.Header) throws(MalformedObject) {
            guard !header.isContinued else {
                throw MalformedObject(.header, "a continued \(header.name) header", at: header.range.lowerBound)
            }
        }

        private func order(_ header: HeaderReader.Header) -> MalformedObject {
            MalformedObject(.order, "\(header.name) header out of place", at: header.range.lowerBound)
        }

        private func id(_ header: HeaderReader.Header) throws(MalformedObject) -> ObjectID {
            guard let id = ObjectID(hex: header.value) else {
                throw MalformedObject(
                    .objectID, "\(header.name): not 40 lower-case digits", at: header.range.lowerBound)
            }
            return id
        }

        private func identity(_ header: HeaderReader.Header) throws(MalformedObject) -> Identity {
            try IdentityParser.parse(header.value, role: header.name, offset: header.range.lowerBound)
        }
    }
}
