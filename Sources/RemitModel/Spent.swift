/// What was taken out of a delegation, in the units of its limits.
///
/// Commits and pushes are always counted. Files, lines and bytes are counted only for a delegation that limits them:
/// where it does not, they stay 0 and mean nothing.
package struct Spent: Hashable, Sendable {
    package var commits: Int
    /// Distinct paths, in each repository.
    package var files: Int
    /// Lines added plus lines removed.
    package var lines: Int
    /// Bytes of the new contents of files.
    package var bytes: Int
    package var pushes: Int

    package static let nothing = Spent(commits: 0, files: 0, lines: 0, bytes: 0, pushes: 0)

    package init(commits: Int, files: Int, lines: Int, bytes: Int, pushes: Int) {
        self.commits = commits
        self.files = files
        self.lines = lines
        self.bytes = bytes
        self.pushes = pushes
    }

    /// The sum, which stops at the greatest number: a total that overflowed would be within any limit.
    package static func + (left: Spent, right: Spent) -> Spent {
        func sum(_ left: Int, _ right: Int) -> Int {
            let (value, isTooLarge) = left.addingReportingOverflow(right)
            return isTooLarge ? .max : value
        }
        return Spent(
            commits: sum(left.commits, right.commits), files: sum(left.files, right.files),
            lines: sum(left.lines, right.lines), bytes: sum(left.bytes, right.bytes),
            pushes: sum(left.pushes, right.pushes))
    }
}

/// What one submission takes out of a delegation, beside what it may hold and what was taken before.
package struct Expense: Hashable, Sendable {
    package let limits: Limits
    /// What earlier allowed submissions took.
    package let before: Spent
    /// What this one takes; nothing of it is taken unless the submission is allowed.
    package let used: Spent

    package static let none = Expense(limits: .none, before: .nothing, used: .nothing)

    package init(limits: Limits, before: Spent, used: Spent) {
        self.limits = limits
        self.before = before
        self.used = used
    }

    package var total: Spent { before + used }
}
