import RemitAuthority

/// New files of an authority that belong together: all of them are committed, or none.
package struct Changeset: Sendable {
    package private(set) var files: [(path: String, bytes: [UInt8])] = []

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
}
