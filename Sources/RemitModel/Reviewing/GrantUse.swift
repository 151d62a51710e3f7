/// What was done under one clause of a delegation.
package struct GrantUse: Hashable, Sendable {
    package let grant: Grant
    /// Where the agent itself pushed, and where persons landed its work.
    package fileprivate(set) var refs: Set<ByteString> = []
    package fileprivate(set) var landings: Set<ByteString> = []
    package fileprivate(set) var paths: Set<ByteString> = []
    package fileprivate(set) var operations: Set<Operation> = []
    package fileprivate(set) var environments: Set<String> = []
    /// Something was done under it of which nothing more is known: nothing about it was "never" done.
    package fileprivate(set) var isObscure = false

    package init(of grant: Grant) {
        self.grant = grant
    }

    /// Whether nothing at all was done under it.
    package var isUnused: Bool {
        refs.isEmpty && landings.isEmpty && paths.isEmpty && operations.isEmpty && environments.isEmpty && !isObscure
    }

    fileprivate func covers(_ place: DelegationUse.Place) -> Bool {
        switch place {
        case .acting(let ref): grant.refs.contains { $0.matches(ref) }
        case .landing(let ref): grant.mergeInto.contains { $0.matches(ref) }
        case .deploying(let environment): grant.environments.contains(environment)
        }
    }

    fileprivate mutating func touch(_ place: DelegationUse.Place) {
        switch place {
        case .acting(let ref): refs.insert(ref)
        case .landing(let ref): landings.insert(ref)
        case .deploying(let environment): environments.insert(environment)
        }
    }

    fileprivate func hasTouched(_ place: DelegationUse.Place) -> Bool {
        switch place {
        case .acting(let ref): refs.contains(ref)
        case .landing(let ref): landings.contains(ref)
        case .deploying(let environment): environments.contains(environment)
        }
    }
}

/// What was done under a delegation, told apart by its clauses.
///
/// Each act is counted for the first clause that allows it whole, as no rule mixes clauses. An act that none allows
/// (only recorded, or let through by an exception) was not done under the delegation.
package struct DelegationUse: Hashable, Sendable {
    package private(set) var clauses: [GrantUse]
    private let protectedPaths: ProtectedPaths

    /// Distinct paths of one clause that are kept apart; beyond, it is obscure which of its patterns are needed.
    package static let pathsKept = 10_000

    /// Where something is done.
    package enum Place: Hashable, Sendable {
        case acting(ByteString)
        case landing(ByteString)
        case deploying(String)
    }

    package init(of grants: [Grant], protectedPaths: ProtectedPaths) {
        clauses = grants.map { GrantUse(of: $0) }
        self.protectedPaths = protectedPaths
    }

    package var isUnused: Bool { clauses.allSatisfy(\.isUnused) }

    /// A file was changed.
    package mutating func change(
        _ path: ByteString, by operations: Set<Operation>, at place: Place, in repository: String
    ) {
        let index = clauses.firstIndex { use in
            use.grant.repository == repository && use.covers(place) && operations.isSubset(of: use.grant.operations)
                && Self.allows(path, by: use.grant.paths, protectedPaths)
        }
        guard let index else { return }
        clauses[index].touch(place)
        clauses[index].operations.formUnion(operations)
        clauses[index].paths.insert(path)
        if clauses[index].paths.count > Self.pathsKept { obscure(index) }
    }

    /// A ref was moved, by an operation that a clause had to allow where one is given.
    package mutating func reach(_ place: Place, by operation: Operation? = nil, in repository: String) {
        let fitting = clauses.indices.filter { index in
            clauses[index].grant.repository == repository && clauses[index].covers(place)
                && operation.map(clauses[index].grant.operations.contains) ?? true
        }
        guard let index = fitting.first(where: { clauses[$0].hasTouched(place) }) ?? fitting.first else { return }
        clauses[index].touch(place)
        if let operation { clauses[index].operations.insert(operation) }
    }

    /// Something was done there of which nothing more is known.
    package mutating func obscure(_ place: Place, in repository: String) {
        for index in clauses.indices where clauses[index].grant.repository == repository {
            if clauses[index].covers(place) { obscure(index) }
        }
    }

    /// Something may have been done in a repository of which nothing is known.
    package mutating func obscure(repository: String) {
        for index in clauses.indices where clauses[index].grant.repository == repository { obscure(index) }
    }

    private mutating func obscure(_ index: Int) {
        clauses[index].isObscure = true
        clauses[index].paths = []
    }

    /// Whether a scope allows a path: a protected one only where a pattern names it.
    package static func allows(_ path: ByteString, by scope: PathScope, _ protectedPaths: ProtectedPaths) -> Bool {
        guard scope.allows(path) else { return false }
        return !protectedPaths.covers(path) || scope.patterns.contains { protectedPaths.isNamed(path, by: $0) }
    }
}

// MARK: What would have sufficed

extension DelegationUse {
    /// The clauses that would have sufficed; none where nothing was done.
    ///
    /// They lie within those of the delegation and allow everything that was done under it.
    ///
    /// - Parameter awaitsLanding: whether work that nobody has landed yet may still be; then the refs in which persons
    ///   may land it stay, since its having been landed nowhere says nothing.
    package func narrower(awaitingLanding awaitsLanding: Bool) -> [Grant] {
        guard !isUnused else { return [] }
        let keepsLanding = awaitsLanding && clauses.allSatisfy(\.landings.isEmpty)
        return clauses.compactMap { narrowed($0, keepsLanding: keepsLanding) }
    }

    private func narrowed(_ use: GrantUse, keepsLanding: Bool) -> Grant? {
        let grant = use.grant
        if use.isObscure || (use.isUnused && keepsLanding && grant.refs.isEmpty && !grant.mergeInto.isEmpty) {
            return grant
        }
        guard !use.isUnused else { return nil }
        let patterns = NarrowPatterns.paths(of: grant.paths.patterns, covering: use.paths, protectedPaths)
        // What no rule asks for leaves no trace: that it was not needed is not known.
        let silent = grant.operations.intersection([.merge, .deploy])
        return Grant(
            repository: grant.repository, refs: NarrowPatterns.refs(of: grant.refs, covering: use.refs),
            mergeInto: keepsLanding
                ? grant.mergeInto : NarrowPatterns.refs(of: grant.mergeInto, covering: use.landings),
            paths: PathScope(
                patterns,
                except: grant.paths.except.filter { except in patterns.contains { except.overlaps($0) } }),
            operations: use.operations.union(silent), environments: use.environments)
    }
}

// MARK: What was not needed

extension DelegationUse {
    /// What was granted and never touched, as far as that is known; of an obscure clause nothing is said.
    package var unused: Review.Unused {
        var unused = Review.Unused()
        let known = clauses.filter { !$0.isObscure }
        for use in known {
            let grant = use.grant
            if !clauses.contains(where: { $0.grant.repository == grant.repository && !$0.isUnused }) {
                if !unused.repositories.contains(grant.repository) { unused.repositories.append(grant.repository) }
                continue
            }
            unused.refs += Self.untouched(grant.refs, by: \.refs, among: clauses, grant.repository)
            unused.mergeInto += Self.untouched(grant.mergeInto, by: \.landings, among: clauses, grant.repository)
            unused.paths += Self.untouched(grant.paths.patterns, by: \.paths, among: clauses, grant.repository)
        }
        // A person thinks of operations and environments of the whole delegation, so all of it must be known.
        guard known.count == clauses.count, !isUnused else { return unused }
        let operations = clauses.reduce(into: Set<Operation>()) { $0.formUnion($1.grant.operations) }
        let used = clauses.reduce(into: Set<Operation>([.merge, .deploy])) { $0.formUnion($1.operations) }
        unused.operations = Operation.allCases.filter { operations.subtracting(used).contains($0) }
        let reached = clauses.reduce(into: Set<String>()) { $0.formUnion($1.environments) }
        unused.environments = clauses.reduce(into: Set<String>()) { $0.formUnion($1.grant.environments) }
            .subtracting(reached).sorted()
        return unused
    }

    /// The patterns that match nothing that any clause of the repository was used for.
    private static func untouched(
        _ patterns: [PathPattern], by touched: KeyPath<GrantUse, Set<ByteString>>, among clauses: [GrantUse],
        _ repository: String
    ) -> [PathPattern] {
        let here = clauses.filter { $0.grant.repository == repository }
        guard !here.contains(where: \.isObscure) else { return [] }
        return patterns.filter { pattern in
            !here.contains { use in use[keyPath: touched].contains { pattern.matches($0) } }
        }
    }
}
