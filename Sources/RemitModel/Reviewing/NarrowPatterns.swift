/// Finds the narrower patterns within some that still match what was used.
///
/// A directory in which something was used stays whole, so that the next file beside it needs no new delegation.
package enum NarrowPatterns {
    /// More patterns in the place of one are more than a person wants to read: then it stays.
    package static let patternsAtMost = 8
    /// From `refs/heads/NAME` on, a directory of refs belongs to somebody: what lies in it is not told apart.
    private static let ownRefDepth = 3

    package static func paths(
        of patterns: [PathPattern], covering used: Set<ByteString>, _ protectedPaths: ProtectedPaths
    ) -> [PathPattern] {
        cover(patterns, used) { path, pattern in
            pattern.matches(path) && (!protectedPaths.covers(path) || protectedPaths.isNamed(path, by: pattern))
        } narrow: { pattern, paths in
            // A directory must not come to name a protected path by being more exact.
            let (named, others) = (paths.filter(protectedPaths.covers), paths.filter { !protectedPaths.covers($0) })
            guard let exact = each(named, exact) else { return nil }
            return exact + (others.isEmpty ? [] : below(pattern, others) ?? [pattern])
        }
    }

    package static func refs(of patterns: [PathPattern], covering used: Set<ByteString>) -> [PathPattern] {
        cover(patterns, used) { ref, pattern in
            pattern.matches(ref)
        } narrow: { pattern, refs in
            let depth = pattern.literal.segmentCount
            if depth >= ownRefDepth, refs.contains(where: { $0.segmentCount == depth + 1 }) { return nil }
            return below(pattern, refs)
        }
    }

    /// Each used value is counted for the first pattern that fits; what `narrow` cannot tell apart stays as it is.
    private static func cover(
        _ patterns: [PathPattern], _ used: Set<ByteString>, fits: (ByteString, PathPattern) -> Bool,
        narrow: (PathPattern, [ByteString]) -> [PathPattern]?
    ) -> [PathPattern] {
        var left = used
        var found: [PathPattern] = []
        for pattern in patterns {
            let own = left.filter { fits($0, pattern) }
            guard !own.isEmpty else { continue }
            left.subtract(own)
            let narrower = pattern.kind == .exact ? nil : narrow(pattern, own.sorted())
            let chosen = narrower.map { $0.count <= patternsAtMost ? $0 : [pattern] } ?? [pattern]
            for pattern in chosen where !found.contains(pattern) { found.append(pattern) }
        }
        return found
    }

    /// What lies in the directory of a pattern by its name, and of each directory below it the deepest that holds all.
    private static func below(_ pattern: PathPattern, _ values: [ByteString]) -> [PathPattern]? {
        let all = values.map(\.segments)
        let depth = pattern.literal.isEmpty ? 0 : pattern.literal.segmentCount
        let common = commonDirectory(of: all)
        if common.count > depth { return subtree(common, like: pattern).map { [$0] } }
        var groups: [ByteString: [[ByteString]]] = [:]
        for segments in all where segments.count > depth + 1 { groups[segments[depth], default: []].append(segments) }
        let files = zip(values, all).filter { $1.count == depth + 1 }.map { $0.0 }
        guard groups.count + files.count <= patternsAtMost else { return nil }
        guard
            let directories = each(
                groups.sorted { $0.key < $1.key }, { subtree(commonDirectory(of: $0.value), like: pattern) }),
            let exact = each(files, exact)
        else { return nil }
        return directories + exact
    }

    /// The longest directory in which all of them lie.
    private static func commonDirectory(of all: [[ByteString]]) -> [ByteString] {
        guard let first = all.first else { return [] }
        return all.dropFirst().reduce(Array(first.dropLast())) { common, segments in
            Array(zip(common, segments.dropLast()).prefix { $0 == $1 }.map(\.0))
        }
    }

    /// Everything below a directory that the pattern would match there; `nil` where no pattern can say it.
    private static func subtree(_ directory: [ByteString], like pattern: PathPattern) -> PathPattern? {
        var end = "**"
        if case .suffix(let suffix) = pattern.kind {
            guard let text = String(validating: suffix.bytes, as: UTF8.self) else { return nil }
            end += "/*" + text
        }
        let path = ByteString(directory.map(\.bytes).joined(separator: [UInt8(ascii: "/")]).map { $0 })
        guard let text = String(validating: path.bytes, as: UTF8.self),
            let found = parsed("\(text)/\(end)"), found.literal == path, pattern.contains(found)
        else { return nil }
        return found
    }

    private static func exact(_ path: ByteString) -> PathPattern? {
        guard let text = String(validating: path.bytes, as: UTF8.self), let found = parsed(text),
            found.kind == .exact, found.literal == path
        else { return nil }
        return found
    }

    private static func parsed(_ text: String) -> PathPattern? {
        do throws(PathPattern.Fault) { return try PathPattern(path: text) } catch { return nil }
    }

    /// All of them made into patterns, or `nil`.
    private static func each<Value>(_ values: [Value], _ make: (Value) -> PathPattern?) -> [PathPattern]? {
        var made: [PathPattern] = []
        for value in values {
            guard let pattern = make(value) else { return nil }
            made.append(pattern)
        }
        return made
    }
}

extension ByteString {
    fileprivate var segments: [ByteString] {
        bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { ByteString($0) }
    }

    fileprivate var segmentCount: Int { bytes.count { $0 == UInt8(ascii: "/") } + 1 }
}
