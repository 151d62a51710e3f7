/// Why stored evidence does not say what it should.
package struct EvidenceError: Error, Hashable, Sendable {
    /// What is wrong, in git's voice, naming the entry or the input.
    package let statement: String

    package init(_ statement: String) {
        self.statement = statement
    }
}
