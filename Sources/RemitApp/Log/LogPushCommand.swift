import ArgumentParser
import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// `remit log push`: another git repository keeps the checkpoints.
struct LogPushCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Push the log's checkpoint to another git repository.",
        discussion: """
            Publishes what is new and adds a commit with the file 'checkpoint' to a ref of the other repository, which \
            only ever goes forward; an anchor records it. A checkpoint that witnesses have cosigned is pushed with what \
            they signed. What lies there already must be of this log and must agree with the ledger: where it holds \
            more, or another past, the alarm is raised and every push refused until an operator has looked, see \
            'remit log alarm'.

            Exit status: 0 when the repository holds the checkpoint, 1 when the alarm was raised, 2 when it could not \
            be pushed.

            Example: remit log push git@elsewhere.example.net:audit/decisions.git
            """)

    @Argument(help: "The URL or path of the other repository.")
    var remote: String

    @Option(help: ArgumentHelp("The ref that holds the checkpoints there.", valueName: "ref"))
    var ref = "refs/remit/checkpoints"

    @OptionGroup var options: LogOptions

    /// Others may push at the same time; more often than that they do not.
    private static let roundsAtMost = 3

    func run() throws {
        let log = try options.log()
        let key = try log.signer().publicKey
        try log.run { () throws(LedgerError) in try log.directory.requireNoAlarm() }
        let remote = try CheckpointRemote(remote, ref: ref)
        for _ in 0..<Self.roundsAtMost {
            let last = try remote.last()
            let held = try last.map { last throws(AppError) in try Self.check(last.note, by: key, in: remote, of: log) }
            try warn(of: held, in: remote, of: log)
            let note = try Self.next(of: log)
            let head = try LogCheckpointCommand.head(of: note)
            if let last, let held, try !Self.isNews(note, head, after: last.note, held, of: log) {
                return Console.standard.say("\(remote.words) holds \(held.size) entries already")
            }
            guard let commit = try remote.push(note, of: head, after: last?.commit) else { continue }
            let entry = head == held ? nil : try Self.record(head, commit, in: remote, of: log)
            let words = entry.map { ", entry \($0)" } ?? ", with what witnesses have signed since"
            return Console.standard.say("\(remote.words) holds \(head.size) entries\(words)")
        }
        throw AppError(
            "\(remote.words) was moved on by others \(Self.roundsAtMost) times", hint: "run it again",
            status: .undecided)
    }

    /// A repository that lost what it held is given it again, but somebody should ask why.
    private func warn(of held: Checkpoint?, in remote: CheckpointRemote, of log: LedgerLog) throws(AppError) {
        let ledger = try log.open()
        let size = held?.size ?? 0
        let before = try log.run { () throws(LedgerError) in try ledger.highest(remote.stateName) ?? 0 }
        guard before > size else { return }
        Console.standard.say("warning: \(remote.words) held \(before) entries and holds \(size): somebody took it back")
    }

    /// What the other repository holds must be this log's, and the ledger must go on from it.
    private static func check(
        _ note: SignedNote, by key: NoteKey, in remote: CheckpointRemote, of log: LedgerLog
    ) throws(AppError) -> Checkpoint {
        let head: Checkpoint
        let isOurs: Bool
        do throws(NoteError) {
            head = try Checkpoint(text: note.text)
            let signers = try note.signers(among: [key])
            isOurs = head.origin == key.name && signers == [key]
        } catch {
            throw AppError("\(remote.words) holds no checkpoint of this log: \(error)", status: .undecided)
        }
        guard isOurs else {
            throw AppError(
                "\(remote.words) holds the checkpoint of another log, '\(head.origin)'",
                hint: "name another ref with --ref", status: .undecided)
        }
        let ledger = try log.open()
        let (count, isBehind) = try log.run { () throws(LedgerError) in
            let count = try ledger.count()
            guard head.size <= count else { return (count, true) }
            return (count, try ledger.root(size: head.size) != head.root)
        }
        guard isBehind else { return head }
        throw log.raiseAlarm(
            count < head.size
                ? "\(remote.words) holds a checkpoint of \(head.size) entries, and the ledger has \(count)"
                : "\(remote.words) holds another past: its first \(head.size) entries are not those of the ledger")
    }

    /// The checkpoint to push: the one that was cosigned last, as long as nothing but anchors is newer.
    private static func next(of log: LedgerLog) throws(AppError) -> SignedNote {
        let ledger = try log.open()
        let cosigned = try log.run { () throws(LedgerError) in
            try ledger.requireNotBehind(log.directory)
            return try ledger.checkpoint(cosignedBy: [], in: log.directory)
        }
        return if let cosigned { cosigned } else { try log.publish() }
    }

    /// Whether there is more to keep: entries that are not anchors themselves, or signatures of other witnesses.
    private static func isNews(
        _ note: SignedNote, _ head: Checkpoint, after last: SignedNote, _ held: Checkpoint, of log: LedgerLog
    ) throws(AppError) -> Bool {
        if note.text == last.text {
            return note.signatures.contains { new in
                !last.signatures.contains { $0.name == new.name && $0.id == new.id }
            }
        }
        guard head.size > held.size else { return false }
        let ledger = try log.open()
        return try log.run { () throws(LedgerError) in
            try ledger.hasEntry(after: held.size, of: [.decision, .effect, .lifecycle])
        }
    }

    private static func record(
        _ head: Checkpoint, _ commit: String, in remote: CheckpointRemote, of log: LedgerLog
    ) throws(AppError) -> Int64 {
        let anchor = Anchor(
            of: head, keptBy: .remote(url: remote.url, ref: remote.ref, commit: commit), at: Platform.now())
        let draft = EntryDraft(of: anchor, by: HookCommand.commands)
        var ledger = try log.open()
        return try log.run { () throws(LedgerError) in
            try ledger.transaction { (transaction) throws(LedgerError) in
                _ = try transaction.raise(remote.stateName, to: head.size)
                return try transaction.append(draft)
            }
        }
    }
}
