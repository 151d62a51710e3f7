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
        if error.code == .deadline {
            // It is about the whole push, whatever was being read.
            self.init(.undecidedDeadline, error.reason)
            return
        }
        // A tree that readers disagree about is the pusher's to mend; everything else is the server's.
        self.init(error.code == .malformedTree ? .attributionMalformed : .undecidedRepository, error.reason, ref: ref)
    }

    init(_ error: AuthorityError) {
        self.init(error.code == .deadline ? .undecidedDeadline : .undecidedAuthority, error.statement)
    }

    init(_ error: LedgerError, at path: String) {
        let fault =
            switch error.code {
            case .cannotOpen: "the ledger '\(path)' cannot be opened: \(error.reason)"
            case .readOnly: "the ledger '\(path)' may not be written"
            case .full: "there is no room for the ledger '\(path)': \(error.reason)"
            case .busy: "the ledger '\(path)' was busy until the time was over"
            case .corrupt: "the ledger '\(path)' is damaged: \(error.reason)"
            case .notALedger: "'\(path)' is not a ledger: \(error.reason)"
            case .newerVersion: "the ledger '\(path)' is of a newer Remit: \(error.reason)"
            case .entryTooLarge:
                "the decision does not fit into an entry of the ledger '\(path)': \(error.reason)"
            case .rolledBack: "the ledger '\(path)' is not the one that was published: \(error.reason)"
            case .alarm: "an alarm stands about the ledger '\(path)': \(error.reason)"
            case .inputTooLarge, .noSuchEntry, .wrongKey, .constraint, .io:
                "the ledger '\(path)' failed: \(error.reason)"
            }
        self.init(.undecidedLedger, fault)
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
