import ArgumentParser
import RemitEvidence
import RemitGate
import RemitLedger
import RemitReport

/// `remit replay`: judges recorded decisions again.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Judge recorded decisions again, from what the ledger kept of them.",
        discussion: """
            Takes what the hook or the CI job was given and what it was told by the repository, the authority and the \
            ledger, and judges that again: the decision must come out with the same bytes. Neither repository nor \
            authority is read. Of a job's token its claims are kept, not its signature, which is not verified again.

            Exit status: 0 the same, 1 different, 2 it cannot be judged again.

            Example: remit replay 7 --ledger /var/lib/remit/ledger.sqlite
            """)

    @Argument(help: "The number of a decision's entry.")
    var decision: Int64?

    @Flag(help: "Judge every decision of the ledger again.")
    var all = false

    @Option(help: ArgumentHelp("The ledger's file.", valueName: "file"))
    var ledger: String

    func validate() throws {
        guard (decision != nil) != all else { throw ValidationError("name a decision or give --all") }
    }

    func run() throws {
        let ledger = try Spender.open(self.ledger)
        let console = Console.standard
        if let decision {
            let answer = try Self.replay(decision, of: ledger)
            switch answer {
            case .same: console.print("decision \(decision): the same bytes\n")
            case .different(let document):
                console.print(String(decoding: document, as: UTF8.self) + "\n")
                throw AppError(
                    "decision \(decision) comes out differently",
                    hint: "what it comes to now is on standard output", status: .refused)
            }
        } else {
            try replayAll(of: ledger, console)
        }
    }

    private static func replay(_ number: Int64, of ledger: borrowing Ledger) throws(AppError) -> Replay.Answer {
        do throws(EvidenceError) {
            guard let entry = try ledger.recorded(number) else {
                throw EvidenceError("the ledger has no entry \(number)")
            }
            // Read beforehand, because a ledger cannot be lent to a closure that outlives this call.
            var kept: [EvidenceDigest: [UInt8]] = [:]
            for input in entry.manifest.inputs {
                kept[input.digest] = try ledger.kept(input.digest, "'\(input.role)'", of: number)
            }
            return try Replay(entry) { digest, what throws(EvidenceError) in
                guard let bytes = kept[digest] else { throw EvidenceError("\(what) is not kept: \(digest)") }
                return bytes
            }.judge()
        } catch {
            throw AppError(error.statement, status: .undecided)
        }
    }

    /// Entries that are read at once.
    private static let pageCount = 256
    /// How many decisions pass between two words about the progress.
    private static let progressInterval = 1_000

    private func replayAll(of ledger: borrowing Ledger, _ console: Console) throws {
        var (same, different, impossible, erased) = (0, 0, 0, 0)
        var next: Int64 = 1
        while true {
            let page = try Self.page(of: ledger, from: next)
            guard let last = page.last else { break }
            for entry in page where entry.kind == .decision {
                if Self.isErased(entry, in: ledger) {
                    erased += 1
                    continue
                }
                do throws(AppError) {
                    switch try Self.replay(entry.sequence, of: ledger) {
                    case .same: same += 1
                    case .different:
                        different += 1
                        console.print("decision \(entry.sequence): different\n")
                    }
                } catch {
                    impossible += 1
                    console.print("decision \(entry.sequence): cannot be judged again: \(error.message)\n")
                }
                if (same + different + impossible).isMultiple(of: Self.progressInterval) {
                    console.say("\(same + different + impossible) decisions judged again")
                }
            }
            next = last.sequence + 1
        }
        let gone = erased > 0 ? ", \(erased) erased" : ""
        console.print("\(same) the same, \(different) different, \(impossible) cannot be judged again\(gone)\n")
        if different > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
        if impossible > 0 { throw ExitCode(ExitStatus.undecided.rawValue) }
    }

    private static func isErased(_ entry: LedgerEntry, in ledger: borrowing Ledger) -> Bool {
        do throws(EvidenceError) {
            let leaf = try EntryLeaf(entry)
            return try EvidenceError.asking({ () throws(LedgerError) in try ledger.input(leaf.evidence) }) == nil
        } catch {
            // What cannot be read is no erased decision: replaying it says what is wrong.
            return false
        }
    }

    private static func page(of ledger: borrowing Ledger, from first: Int64) throws(AppError) -> [LedgerEntry] {
        do throws(LedgerError) {
            return try ledger.entries(from: first, limit: pageCount)
        } catch {
            throw AppError("the ledger cannot be read: \(error.code.rawValue): \(error.reason)", status: .undecided)
        }
    }
}
