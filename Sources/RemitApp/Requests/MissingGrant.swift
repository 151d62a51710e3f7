package import RemitModel
import RemitRules

/// What a refused submission lacked: the present delegation's clauses and exactly what is missing.
///
/// A clause that is there is never widened, but for a ref that the agent may not push to at all: what is missing stands
/// in clauses of its own, each for exact refs and exact paths. So a deletion that was refused on one path does not
/// become a right to delete everywhere else, and an exception of the old clause keeps its force.
package struct MissingGrant: Hashable, Sendable {
    package private(set) var grants: [Grant]
    package private(set) var limits: Limits
    /// What no grant can mend, in the order of the decision.
    package private(set) var unmendable: [Finding] = []
    /// Whether anything at all was missing that a delegation can give; a new lease of time counts.
    package private(set) var isAnything = false

    /// - Parameter base: the delegation under which the submission was made.
    package init(_ decision: RefusedDecision, under base: Delegation) {
        grants = base.grants
        limits = base.limits
        var refs: [PathPattern] = []
        var clauses = MissingClauses()
        for finding in decision.findings {
            switch finding.rule {
            case .delegationExpired, .delegationMissing:
                isAnything = true
                continue
            case .limitCommits, .limitFiles, .limitLines, .limitBytes, .limitPushes:
                if let used = finding.facts.used {
                    limits.raise(finding.rule, to: used)
                    isAnything = true
                    continue
                }
            case .refScope:
                if let ref = finding.exactRef {
                    if !refs.contains(ref) { refs.append(ref) }
                    continue
                }
            case .refOperation where finding.facts.delegation != nil:
                if let ref = finding.exactRef, let operation = finding.facts.operation {
                    clauses.allow(operation, on: ref)
                    continue
                }
            case .scopePath, .scopeProtected, .scopeOperation:
                if let ref = finding.exactRef, let path = finding.exactPath,
                    let clause = base.clause(for: finding, in: decision.repository)
                {
                    clauses.allow(path, finding.facts.operation, on: ref, beside: clause)
                    continue
                }
            default: break
            }
            unmendable.append(finding)
        }
        widen(by: refs, in: decision.repository)
        let added = clauses.grants(in: decision.repository)
        isAnything = isAnything || !refs.isEmpty || !added.isEmpty
        grants += added
    }

    /// Where the agent may push nowhere near, it is asked that it may do there what it may do elsewhere.
    private mutating func widen(by refs: [PathPattern], in repository: String) {
        guard !refs.isEmpty else { return }
        grants = grants.map { grant in
            guard grant.repository == repository else { return grant }
            return Grant(
                repository: repository, refs: grant.refs + refs, mergeInto: grant.mergeInto, paths: grant.paths,
                operations: grant.operations, environments: grant.environments)
        }
    }
}

/// The clauses that have to be added, equal ones joined.
private struct MissingClauses {
    /// Everything of a clause but its paths.
    private struct Place: Hashable {
        let ref: PathPattern
        let isLanding: Bool
        let mergeInto: [PathPattern]
        let environments: Set<String>
    }

    private struct Clause {
        let place: Place
        var operations: Set<RemitModel.Operation>
        var paths: [PathPattern]
    }

    private var clauses: [Clause] = []

    mutating func allow(_ operation: RemitModel.Operation, on ref: PathPattern) {
        let place = Place(ref: ref, isLanding: false, mergeInto: [], environments: [])
        if let index = clauses.firstIndex(where: { $0.place == place && $0.paths.isEmpty }) {
            clauses[index].operations.insert(operation)
        } else {
            clauses.append(Clause(place: place, operations: [operation], paths: []))
        }
    }

    mutating func allow(
        _ path: PathPattern, _ operation: RemitModel.Operation?, on ref: PathPattern, beside grant: Grant
    ) {
        let isLanding = !grant.refs.contains { $0.contains(ref) }
        let place = Place(
            ref: ref, isLanding: isLanding, mergeInto: isLanding ? [] : grant.mergeInto,
            environments: grant.environments)
        // What concerns refs is in the clause that stands beside it.
        var operations = grant.operations.filter { !$0.concernsRefs }
        if let operation { operations.insert(operation) }
        if let index = clauses.firstIndex(where: { $0.place == place && $0.paths == [path] }) {
            clauses[index].operations.formUnion(operations)
        } else {
            clauses.append(Clause(place: place, operations: operations, paths: [path]))
        }
    }

    func grants(in repository: String) -> [Grant] {
        var joined: [Clause] = []
        for clause in clauses {
            let index = joined.firstIndex {
                $0.place == clause.place && $0.operations == clause.operations
                    && $0.paths.isEmpty == clause.paths.isEmpty
            }
            if let index { joined[index].paths += clause.paths } else { joined.append(clause) }
        }
        return joined.map { clause in
            Grant(
                repository: repository, refs: clause.place.isLanding ? [] : [clause.place.ref],
                mergeInto: clause.place.isLanding ? [clause.place.ref] : clause.place.mergeInto,
                paths: PathScope(clause.paths), operations: clause.operations,
                environments: clause.place.environments)
        }
    }
}

extension Finding {
    /// The ref as a pattern of its own; `nil` where no record could name exactly it.
    fileprivate var exactRef: PathPattern? {
        ref.flatMap { Self.exact($0) { text throws(PathPattern.Fault) in try PathPattern(ref: text) } }
    }

    fileprivate var exactPath: PathPattern? {
        path.flatMap { Self.exact($0) { text throws(PathPattern.Fault) in try PathPattern(path: text) } }
    }

    /// A file called `**` must not become a pattern for every file.
    private static func exact(
        _ name: ByteString, _ read: (String) throws(PathPattern.Fault) -> PathPattern
    ) -> PathPattern? {
        guard let text = String(validating: name.bytes, as: UTF8.self) else { return nil }
        do throws(PathPattern.Fault) {
            let pattern = try read(text)
            return pattern.kind == .exact && pattern.literal == name ? pattern : nil
        } catch {
            return nil
        }
    }
}

extension Delegation {
    /// The clause that covers the finding's ref, and its path where one does: what is missing is put beside it.
    fileprivate func clause(for finding: Finding, in repository: String) -> Grant? {
        guard let ref = finding.ref else { return nil }
        let covering = Standing(of: self, on: ref, in: repository).grants
        let nearest = covering.filter { grant in finding.path.map(grant.paths.allows) ?? false }
        return nearest.first ?? covering.first
    }
}

extension RemitModel.Operation {
    fileprivate var concernsRefs: Bool {
        switch self {
        case .refCreate, .refUpdate, .refDelete, .refRewind, .tagCreate: true
        case .fileCreate, .fileModify, .fileDelete, .fileMode, .fileSymlink, .fileSubmodule, .merge, .deploy: false
        }
    }
}

extension Limits {
    /// A limit made large enough for what was needed; never smaller, and no limit where there was none.
    fileprivate mutating func raise(_ rule: RuleCode, to needed: Int) {
        func raised(_ limit: Int?, _ mine: RuleCode) -> Int? { rule == mine ? limit.map { max($0, needed) } : limit }
        self = Limits(
            commits: raised(commits, .limitCommits), files: raised(files, .limitFiles),
            lines: raised(lines, .limitLines), bytes: raised(bytes, .limitBytes),
            pushes: raised(pushes, .limitPushes))
    }
}
