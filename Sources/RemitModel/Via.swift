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

/// How a change came to the gate, beside who brings it: in the words of the server.
package struct Route: Hashable, Sendable {
    package let via: Via
    /// What the server calls the repository; `nil` where it says nothing, or the name that records use.
    package let repository: ByteString?

    /// A push, of which a server has no more to say.
    package static let plain = Route(via: .push)

    package init(via: Via, repository: ByteString? = nil) {
        self.via = via
        self.repository = repository
    }
}
