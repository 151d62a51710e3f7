import RemitAuthority
import RemitModel
import RemitReport

/// A change of what is proposed, with the signature of one administrator, on its way into the authority.
///
/// As soon as what is proposed has the signatures that it needs, the same commit puts it in force.
struct ProposalChange {
    let signer: Signer
    let clone: AuthorityClone
    let now: Instant

    /// Changes what is proposed, signs, and commits; then tells what became of it.
    ///
    /// - Parameters:
    ///   - verb: what the person does, as the commit's message says it while signatures are missing.
    ///   - edit: changes the proposals; what it refuses is never written.
    func commit(_ verb: String, _ edit: (inout Proposals) throws(AppError) -> Void = { _ in }) throws(AppError) {
        var done: Proposals?
        try clone.publish(signedWith: signer.key) { (state) throws(AppError) in
            var proposals = try Proposals(state.authority(at: now), state.records())
            try edit(&proposals)
            guard try proposals.sign(as: signer) else { throw nothingToSign(proposals) }
            let change = try proposals.change()
            // With the change in place the authority must be believed: a mistake would shut everybody out.
            _ = try state.authority(at: now, with: change)
            done = proposals
            return Change(change, message: message(verb, proposals))
        }
        if let done { tell(done) }
    }

    private func nothingToSign(_ proposals: Proposals) -> AppError {
        let waiting = proposals.sheets.flatMap(\.lines).map(\.text)
        guard !waiting.isEmpty else {
            return AppError("nothing is proposed", hint: "'remit authority propose' and 'remit root rotate' propose")
        }
        return AppError("your signature is there already", hints: waiting)
    }

    private func message(_ verb: String, _ proposals: Proposals) -> String {
        proposals.isComplete ? "Put \(proposals.title) in force" : "\(verb) \(proposals.title)"
    }

    private func tell(_ proposals: Proposals) {
        let console = Console.standard
        for line in proposals.sheets.flatMap(\.lines) { console.say(line.text) }
        console.say(
            proposals.isComplete
                ? "\(proposals.title) is in force"
                : "\(proposals.title) is not in force yet: another administrator runs 'remit authority sign'")
        for line in proposals.lossWords { console.say(line) }
        clone.tell()
        console.print(proposals.id)
    }
}
