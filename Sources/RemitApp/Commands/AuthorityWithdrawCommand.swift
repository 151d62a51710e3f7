import ArgumentParser
import RemitGate
import RemitReport

/// `remit authority withdraw`: takes away what is proposed.
struct AuthorityWithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take the proposed policy or root away, with its signatures.",
        discussion: """
            What is in force stays as it is. Whoever may push to the authority may withdraw; nothing is signed but the \
            commit, as your git is set up.

            Example: remit authority withdraw --authority authority
            """)

    @OptionGroup var authority: CloneOptions

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        try clone.publish { (state) throws(AppError) in
            let change = try Proposals.withdrawal(from: state.authority(at: now), state.records())
            guard !change.removed.isEmpty else { throw AppError("nothing is proposed", hint: "nothing was written") }
            return Change(change, message: "Withdraw what is proposed")
        }
        Console.standard.say("what was proposed is withdrawn")
        clone.tell()
    }
}
