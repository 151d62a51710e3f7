import ArgumentParser
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// `remit log witness`: others confirm that the log only ever grew.
struct LogWitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Have witnesses cosign the log's checkpoint.",
        discussion: """
            Publishes what is new and asks each witness (C2SP tlog-witness) to sign under the checkpoint, which it does \
            when the log has only grown since it saw it last. What it signs is checked with its key, kept under the \
            checkpoint in '<ledger>.log', and recorded as an anchor. It prints the cosigned checkpoint. Where nothing \
            but anchors is new, the last one is cosigned again.

            A witness that has seen more than the ledger has, or another past of it, raises the alarm: from then on \
            every push is refused until an operator has looked, see 'remit log alarm'.

            Exit status: 0 when every witness signed, 1 when the alarm was raised, 2 when one did not sign.

            Example: remit log witness https://witness.example.net/remit --key witness.example.net/w1+0b1f0719+BKUr...
            """)

    @Argument(help: "The witnesses' submission prefixes, https URLs.")
    var urls: [String]

    @Option(help: ArgumentHelp("The key of each witness, in the order of the URLs.", valueName: "vkey"))
    var key: [String]

    @OptionGroup var options: LogOptions

    func run() throws {
        let witnesses = try self.witnesses()
        let console = Console.standard
        let run = try Witnessing(of: try options.log(), by: witnesses.map(\.key))
        var signed: [SignedNote.Signature] = []
        var failed = false
        for witness in witnesses {
            do throws(AppError) {
                let (signature, entry) = try run.ask(witness)
                signed.append(signature)
                let again = entry.map { ", entry \($0)" } ?? " again"
                console.say("\(witness.words) cosigned \(run.head.size) entries\(again)")
            } catch {
                // Nothing goes on after an alarm.
                guard error.status != .refused else { throw error }
                console.fail(error)
                failed = true
            }
        }
        if !signed.isEmpty { console.print(String(decoding: try run.keep(signed).bytes, as: UTF8.self)) }
        if failed { throw ExitCode(ExitStatus.undecided.rawValue) }
    }

    private func witnesses() throws(AppError) -> [Witness] {
        guard urls.count == key.count else {
            throw AppError(
                "\(urls.count) witnesses and \(key.count) keys are named",
                hint: "give each witness its key, with --key, in the same order", status: .usage)
        }
        var witnesses: [Witness] = []
        for (url, key) in zip(urls, key) { witnesses.append(try Witness(url, key: key)) }
        return witnesses
    }
}

/// Somebody who signs that a log only grew.
struct Witness {
    /// The submission prefix, without a slash at its end.
    let url: String
    let key: NoteKey

    init(_ url: String, key text: String) throws(AppError) {
        let prefix = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard prefix.hasPrefix("https://"), prefix.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }),
            !["@", "?", "#", "\"", "\\"].contains(where: prefix.contains)
        else {
            throw AppError(
                "'\(url)' is not the prefix of a witness",
                hint: "write an https URL without user, query and fragment", status: .usage)
        }
        self.url = prefix
        do throws(NoteError) {
            key = try NoteKey(text)
        } catch {
            throw AppError("--key: \(error)", hint: "its operator publishes it", status: .usage)
        }
        guard key.kind == .cosignature else {
            throw AppError(
                "--key: '\(key.name)' signs notes, and a witness's key makes cosignatures",
                hint: "its operator publishes it; Ed25519 cosignatures are known here", status: .usage)
        }
    }
}
