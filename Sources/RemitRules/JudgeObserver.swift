package import RemitAuthority
package import RemitModel

/// Whoever wants to know what was judged, beside what was decided: which of its grants an agent really uses.
package protocol JudgeObserver: AnyObject {
    func saw(_ commit: CommitCase, on update: UpdateCase, standing: Standing?)

    /// An update has been judged.
    ///
    /// - Parameters:
    ///   - net: what it leaves changed that none of its commits changes.
    ///   - acting: the delegations under which agents act on its ref.
    func ended(_ update: UpdateCase, net: [Change], acting: [VerifiedDelegation])
}
