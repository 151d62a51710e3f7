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
    ///
    /// Each pattern of `other` must lie within one pattern of this scope, and each exception of this scope that such a
    /// pattern could touch must be covered by an exception of `other`. It errs towards no: a union of two patterns of
    /// this scope that only together cover one of `other` is not seen as containing it.
    package func contains(_ other: PathScope) -> Bool {
        other.patterns.allSatisfy { theirs in
            patterns.contains { $0.contains(theirs) }
                && except.allSatisfy { mine in
                    !mine.overlaps(theirs) || other.except.contains { $0.contains(mine) }
                }
        }
    }

    /// The scope in words, one pattern an element, exceptions marked.
    package var words: [String] {
        patterns.map(\.description) + except.map { "except \($0)" }
    }
}
