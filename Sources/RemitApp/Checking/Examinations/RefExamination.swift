import RemitAuthority
import RemitEvidence
import RemitGate
import RemitGit
import RemitModel
import RemitReport

/// Which refs the policy protects: the others are judged by what an agent may do there, and by nothing else.
struct RefExamination {
    private let repository: ServerRepository
    private let policy: RepositoryPolicy

    init(_ repository: ServerRepository, _ policy: RepositoryPolicy) {
        self.repository = repository
        self.policy = policy
    }

    /// Most names in a line.
    private static let namedAtMost = 5

    func diagnoses() throws(AppError) -> [Diagnosis] {
        let names = try names()
        var found = [try branches(names)]
        if let count = names.count(where: { $0.starts(with: "refs/namespaces/") }).positive {
            found.append(
                .warn(
                    .refs,
                    "\(count) refs lie below refs/namespaces/: a push with GIT_NAMESPACE set moves them under the names of "
                        + "others",
                    "judge such a repository for each namespace apart, or do without namespaces"))
        }
        return found
    }

    private func names() throws(AppError) -> [ByteString] {
        do throws(GitError) {
            return try repository.reader.repository.references().map(\.name)
        } catch {
            throw AppError("cannot read the refs: \(error.reason)", status: .undecided)
        }
    }

    private func branches(_ names: [ByteString]) throws(AppError) -> Diagnosis {
        let protected = names.filter(policy.isProtected)
        let head = try repository.git(["symbolic-ref", "-q", "HEAD"]).text
        let rest = unprotected(names)
        let others = rest.isEmpty ? "" : "; not: \(rest)"
        let remedy = "name it in protected_refs of '\(policy.name)' in the authority's policy"
        if !head.isEmpty, !policy.isProtected(ByteString(head)) {
            return .warn(.refs, "HEAD's '\(head)' is not protected by the policy\(others)", remedy)
        }
        guard !protected.isEmpty else {
            return .ok(.refs, "HEAD's '\(head)' is protected by the policy, and is not there yet\(others)")
        }
        return .ok(.refs, "protected by the policy: \(Self.list(protected.map { Self.text($0) }))\(others)")
    }

    /// What is not protected, by directory: `refs/heads/agent/ (3)`.
    private func unprotected(_ names: [ByteString]) -> String {
        var counts: [String: Int] = [:]
        for name in names where !policy.isProtected(name) {
            let text = Self.text(name)
            counts[text.lastIndex(of: "/").map { String(text[...$0]) } ?? text, default: 0] += 1
        }
        return Self.list(counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" })
    }

    private static func text(_ name: ByteString) -> String { String(decoding: name.bytes, as: UTF8.self) }

    private static func list(_ words: [String]) -> String {
        let more = words.count > namedAtMost ? " and \(words.count - namedAtMost) more" : ""
        return words.prefix(namedAtMost).joined(separator: ", ") + more
    }
}

extension Int {
    fileprivate var positive: Int? { self > 0 ? self : nil }
}
