/// By what way a change reached the server, as far as the server says so.
package struct Via: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// `git push`, by whatever transport.
        case push
        /// The server merges: a button, a merge queue, a merge train.
        case merge
        /// Somebody edits in the browser.
        case web
        /// A program calls the server's interface.
        case api
    }

    package let kind: Kind
    /// The server's own word for it, such as `pull request merge button`; `nil` where it has none.
    package let word: ByteString?

    package static let push = Via(.push)

    package init(_ kind: Kind, word: ByteString? = nil) {
        self.kind = kind
        self.word = word
    }
}
