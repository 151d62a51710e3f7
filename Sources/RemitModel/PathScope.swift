/// A set of paths or refs: what some patterns allow, less what others except.
package struct PathScope: Hashable, Sendable {
    package let patterns: [PathPattern]
    package let except: [PathPattern]

    package init(_ patterns: [PathPattern], except: [PathPattern] = []) {
        self.patterns = patterns
        self.except = except
    }

    package func allows(_ path: ByteString) -> Bool {
        patterns.contains { $0.matches(path) } && !except.contains { $0.matches(path) }
    }

    /// Whether everything that `other` allows, this scope allows too.
    package func contains(_ other: PathScope) -> Bool {
        other.excess(beyond: self) == nil
    }

    /// The scope in words, one pattern an element, exceptions marked.
    package var words: [String] {
        patterns.map(\.description) + except.map { "except \($0)" }
    }
}
