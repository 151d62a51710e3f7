import RemitAuthority
import RemitGit
import RemitLedger
package import RemitModel

/// What kept the gate from judging.
///
/// It becomes a finding of the family `undecided`, and so refuses.
package struct GateError: Error, Hashable, Sendable {
    package let finding: Finding

    package init(_ finding: Finding) {
        self.finding = finding
    }

    package init(_ rule: RuleCode, _ reason: String, ref: ByteString? = nil) {
        self.init(Finding(rule, ref: ref, facts: .init(reason: reason)))
    }

    init(_ error: GitError, ref: ByteString? = nil) {
        // A tree that readers disagree about is the pusher's to mend; everything else is the server's.
        self.init(error.code == .malformedTree ? .attributionMalformed : .undecidedRepository, error.reason, ref: ref)
    }

    init(_ error: AuthorityError) {
        self.init(.undecidedAuthority, error.statement)
    }

    init(_ error: LedgerError) {
        self.init(.undecidedLedger, "\(error.code.rawValue): \(error.reason)")
    }

    /// Runs reads of a repository, their faults turned into ours.
    static func reading<Value>(
        _ ref: ByteString? = nil, _ body: () throws(GitError) -> Value
    ) throws(GateError) -> Value {
        do throws(GitError) { return try body() } catch { throw GateError(error, ref: ref) }
    }

    /// Runs look-ups in the authority, their faults turned into ours.
    static func asking<Value>(_ body: () throws(AuthorityError) -> Value) throws(GateError) -> Value {
        do throws(AuthorityError) { return try body() } catch { throw GateError(error) }
    }
}
