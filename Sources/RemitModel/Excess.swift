/// The first respect in which something is wider than what bounds it.
///
/// A clause of a sub-delegation is bounded by one of its parent, a clause of a delegation by one role of its delegator.
package enum Excess: Hashable, Sendable {
    case repository(String)
    case ref(PathPattern)
    case mergeInto(PathPattern)
    case path(PathPattern)
    /// A pattern that is within, but does not leave out what is left out there.
    case exception(PathPattern, of: PathPattern)
    case operation(Operation)
    case environment(String)
    /// Seconds from the issue of a delegation to the last landing under it.
    case life(Int64, atMost: Int64)
    /// A limit by its name in records; `nil` is no limit.
    case limit(String, Int?, atMost: Int)

    /// How many respects were compared before this one: of several, the deepest tells most.
    fileprivate var depth: Int {
        switch self {
        case .repository: 0
        case .ref: 1
        case .mergeInto: 2
        case .path: 3
        case .exception: 4
        case .operation: 5
        case .environment: 6
        case .life: 7
        case .limit: 8
        }
    }

    /// Nothing, where one of several bounds holds all; otherwise the excess beyond the one that comes closest.
    ///
    /// Bounds are never mixed. Where there is none at all, `none` is the excess.
    fileprivate static func least(_ excesses: [Excess?], none: Excess) -> Excess? {
        guard !excesses.contains(nil) else { return nil }
        return excesses.compactMap(\.self).max { $0.depth < $1.depth } ?? none
    }
}

extension PathScope {
    /// The first respect in which this scope allows more than another; `nil` when the other contains it.
    ///
    /// Each pattern must lie within one pattern of the other, and each exception of the other that such a pattern could
    /// touch must be covered by an exception here. It errs towards an excess: a union of two patterns of the other that
    /// only together cover one of this scope is not seen as containing it.
    package func excess(beyond bounds: PathScope) -> Excess? {
        for pattern in patterns {
            guard bounds.patterns.contains(where: { $0.contains(pattern) }) else { return .path(pattern) }
            let missing = bounds.except.first { exception in
                exception.overlaps(pattern) && !except.contains { $0.contains(exception) }
            }
            if let missing { return .exception(missing, of: pattern) }
        }
        return nil
    }
}

extension Grant {
    /// The first respect in which this clause allows more than another; `nil` when the other contains it.
    package func excess(beyond bounds: Grant) -> Excess? {
        if repository != bounds.repository { return .repository(repository) }
        if let ref = Self.outside(refs, bounds.refs) { return .ref(ref) }
        if let ref = Self.outside(mergeInto, bounds.mergeInto) { return .mergeInto(ref) }
        if let excess = paths.excess(beyond: bounds.paths) { return excess }
        if let operation = operations.subtracting(bounds.operations).min(by: { $0.rawValue < $1.rawValue }) {
            return .operation(operation)
        }
        return environments.subtracting(bounds.environments).min().map { .environment($0) }
    }

    /// What no single one of some clauses contains; `nil` when one of them contains all of this clause.
    package func excess(beyond bounds: [Grant]) -> Excess? {
        Excess.least(bounds.map { excess(beyond: $0) }, none: .repository(repository))
    }

    /// What no single role contains, of this clause in a delegation of that life in seconds.
    package func excess(beyond roles: [DelegatorRole], life: Int64) -> Excess? {
        Excess.least(roles.map { excess(beyond: $0, life: life) }, none: .repository(repository))
    }

    private func excess(beyond role: DelegatorRole, life: Int64) -> Excess? {
        guard role.repositories.contains("*") || role.repositories.contains(repository) else {
            return .repository(repository)
        }
        // A role names the refs that may be granted, whether for acting or for landing.
        let bounds = Grant(
            repository: repository, refs: role.refs, mergeInto: role.refs, paths: role.paths,
            operations: role.operations, environments: role.environments)
        return excess(beyond: bounds) ?? (life > role.lifetime ? .life(life, atMost: role.lifetime) : nil)
    }

    private static func outside(_ refs: [PathPattern], _ bounds: [PathPattern]) -> PathPattern? {
        refs.first { ref in !bounds.contains { $0.contains(ref) } }
    }
}

extension Limits {
    /// The first limit that is wider than another's; no limit is wider than any.
    package func excess(beyond bounds: Limits) -> Excess? {
        let pairs = [
            ("commits", commits, bounds.commits), ("files", files, bounds.files), ("lines", lines, bounds.lines),
            ("bytes", bytes, bounds.bytes), ("pushes", pushes, bounds.pushes),
        ]
        for (name, mine, bound) in pairs {
            guard let bound else { continue }
            guard let mine, mine <= bound else { return .limit(name, mine, atMost: bound) }
        }
        return nil
    }
}
