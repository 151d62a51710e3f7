/// A commit or tag that git and other readers would read differently, or not at all.
///
/// The rule `attribution.malformed` refuses such an object: whoever can make two readers see two authors, two
/// messages or two signed texts can have the one judged and the other believed.
package struct MalformedObject: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        case tooLarge = "too-large"
        case nul
        /// The object ends inside its headers.
        case truncated
        /// A header line that is not `key SP value`, or that continues what cannot be continued.
        case header
        case missing
        case duplicate
        case order
        case identity
        case date
        case objectID = "object-id"
        case encoding
        case signature
        case tooMany = "too-many"
    }

    package let code: Code
    /// What is wrong, in a few words: "two author headers".
    package let reason: String
    /// Where, in bytes from the start of the object.
    package let offset: Int

    package init(_ code: Code, _ reason: String, at offset: Int) {
        self.code = code
        self.reason = reason
        self.offset = offset
    }
}
