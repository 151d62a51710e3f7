/// Why a note, a key, a checkpoint or a proof is not accepted, in a few words.
package struct NoteError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
