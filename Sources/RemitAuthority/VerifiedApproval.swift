package import RemitModel

/// An approval whose signature has been checked.
///
/// Only this module can make one. What depends on the moment or on the work (whether it has expired, who is an author)
/// is left to the rules.
package struct VerifiedApproval: Hashable, Sendable {
    package let id: RecordID
    package let approval: Approval
    package let hand: Hand

    /// Whose hand signed it.
    package enum Hand: Hashable, Sendable {
        /// The approver's own: a registered person.
        case person
        /// An agent's, or a task key's; the words say which. It never counts.
        case agent(String)
    }

    internal init(id: RecordID, approval: Approval, hand: Hand) {
        self.id = id
        self.approval = approval
        self.hand = hand
    }
}

/// An exception that the administrator whom it names has signed.
///
/// Only this module can make one.
package struct VerifiedException: Hashable, Sendable {
    package let id: RecordID
    package let exception: Exception

    internal init(id: RecordID, exception: Exception) {
        self.id = id
        self.exception = exception
    }
}

/// The records that lie beside a commit: those that are to be believed, and why the others are not.
package struct RecordsOfCommit<Record: Hashable & Sendable>: Hashable, Sendable {
    package let verified: [Record]
    /// One line for each record that counts for nothing, in git's voice.
    package let faults: [String]

    internal init(verified: [Record], faults: [String]) {
        self.verified = verified
        self.faults = faults
    }

    /// These and those of another commit.
    package func joined(by others: RecordsOfCommit) -> RecordsOfCommit {
        RecordsOfCommit(verified: verified + others.verified, faults: faults + others.faults)
    }
}
