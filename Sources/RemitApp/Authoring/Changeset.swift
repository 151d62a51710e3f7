import RemitAuthority

/// Files of an authority that change together: all of them are committed, or none.
package struct Changeset: Sendable {
    package private(set) var files: [(path: String, bytes: [UInt8])] = []
    /// Which of the files may take the place of another; every other one must be new.
    package private(set) var replaced: Set<String> = []
    package private(set) var removed: [String] = []

    package init() {}

    package mutating func add(_ bytes: [UInt8], at path: String) {
        files.append((path, bytes))
    }

    package mutating func add(_ text: String, at path: String) {
        add(Array(text.utf8), at: path)
    }

    /// Adds a record and its first signature.
    package mutating func add(_ record: [UInt8], signature: [UInt8], at path: String) {
        add(record, at: path)
        add(signature, at: AuthorityLayout.signature(of: path, number: 1))
    }

    /// Writes a file, whether or not there is one already.
    package mutating func put(_ bytes: [UInt8], at path: String) {
        add(bytes, at: path)
        replaced.insert(path)
    }

    /// Writes a record and its signatures in the place of another, of which no signature stays.
    ///
    /// - Parameter count: how many signatures lie beside the one that was there.
    package mutating func put(_ record: [UInt8], signatures: [[UInt8]], at path: String, over count: Int) {
        put(record, at: path)
        for (index, signature) in signatures.enumerated() {
            put(signature, at: AuthorityLayout.signature(of: path, number: index + 1))
        }
        removeSignatures(of: path, from: signatures.count + 1, to: count)
    }

    /// Removes a record with its signatures.
    package mutating func remove(_ path: String, signatures count: Int) {
        remove(path)
        removeSignatures(of: path, from: 1, to: count)
    }

    private mutating func removeSignatures(of path: String, from first: Int, to last: Int) {
        guard first <= last else { return }
        for number in first...last { remove(AuthorityLayout.signature(of: path, number: number)) }
    }

    /// Removes a file that is there.
    package mutating func remove(_ path: String) {
        removed.append(path)
    }
}

extension Changeset {
    /// The same with each file where it lies in an authority, or has to be put (`AuthorityLayout.place`).
    func placed(in records: some RecordSource) throws(AppError) -> Changeset {
        var placed = Changeset()
        for (path, bytes) in files {
            if replaced.contains(path) {
                placed.put(bytes, at: try records.place(of: path))
            } else {
                placed.add(bytes, at: try records.place(of: path))
            }
        }
        for path in removed { placed.remove(try records.place(of: path)) }
        return placed
    }
}

/// What one commit of an authority holds.
package struct Change: Sendable {
    package let files: Changeset
    /// The commit's message.
    package let message: String

    package init(_ files: Changeset, message: String) {
        self.files = files
        self.message = message
    }
}
