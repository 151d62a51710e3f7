import ArgumentParser
import Glibc
import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport
import RemitSignatures

/// `remit export`: the entries of a log in forms that other systems read.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the log's entries in the forms of other systems, a line each.",
        discussion: """
            in-toto: each decision as an in-toto statement in a DSSE envelope. vsa: a SLSA Verification Summary for each \
            revision that a push was allowed to put on a branch. decision-log: each decision as the Open Policy \
            Agent logs its own. cef: every entry in ArcSight's Common Event Format. ocsf: every entry as an event of the \
            Open Cybersecurity Schema Framework.

            Of an entry that was erased only its leaf is told. Where it ended is printed last, on standard error, and \
            --after goes on from there; with --state it is kept in a file. What was written before a fault is written \
            again the next time: tell entries by their digests.

            Example: remit export --as ocsf --state /var/lib/remit/siem.state --output /var/log/remit.ocsf
            """)

    @Option(name: .customLong("as"), help: "The form.")
    var form: ExportForm

    @Option(help: ArgumentHelp("Go on after this entry, as an export has printed it.", valueName: "log#n"))
    var after: [String] = []

    @Option(help: ArgumentHelp("Go on where the last export ended that kept it in this file.", valueName: "file"))
    var state: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Add to this file. Default: standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The private key that signs statements, as 'remit gate key' makes it. Default: the ledger's own.",
            valueName: "file"))
    var signKey: String?

    @Option(
        help: ArgumentHelp(
            "Where the source is, '*' standing for a repository's name; a VSA needs it.", valueName: "git+url"))
    var resource: String?

    @OptionGroup var options: EvidenceOptions

    func validate() throws {
        guard after.isEmpty || state == nil else { throw ValidationError("--after and --state exclude each other") }
        guard form.isSigned || signKey == nil && resource == nil else {
            throw ValidationError("--sign-key and --resource are for in-toto and vsa")
        }
        guard form != .vsa || resource != nil else { throw ValidationError("a VSA needs --resource") }
        if let resource {
            guard resource.hasPrefix("git+"), resource.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw ValidationError("--resource must be 'git+' and a URL")
            }
        }
    }

    func run() throws {
        let source = try options.source()
        let logs = try EvidenceError.asked { () throws(EvidenceError) in try source.store.logs() }
        let path = state.map(Files.absolute)
        var position =
            if let path { try ExportPosition.kept(in: path, logs: logs) } else { try ExportPosition(after, logs: logs) }
        let writer = ExportWriter(form: form, key: try key(), resource: resource)
        let file = try output.map { path throws(AppError) in try ExportFile(appendingTo: path) } ?? ExportFile()
        var (entries, lines) = (0, 0)
        do throws(AppError) {
            for log in logs {
                try Self.export(log, of: source.store, writer, to: file, &position, &entries, &lines)
            }
            try file.finish()
        } catch {
            // What came before the fault is there, and need not come again.
            if path == nil { Self.say(position) }
            throw error
        }
        if let path {
            let text = position.lines.map { $0 + "\n" }.joined()
            try AtomicFile.replace(path, with: Array(text.utf8), mode: 0o644)
        } else {
            Self.say(position)
        }
        Console.standard.say("exported \(lines) lines of \(entries) entries")
    }

    private static func say(_ position: ExportPosition) {
        for line in position.lines { Console.standard.say("go on with --after '\(line)'") }
    }

    /// Entries that are read at once.
    private static let pageCount = 256

    private static func export(
        _ log: String, of store: any EvidenceStore, _ writer: ExportWriter, to file: ExportFile,
        _ position: inout ExportPosition, _ entries: inout Int, _ lines: inout Int
    ) throws(AppError) {
        while true {
            let from = position[log]
            let page = try EvidenceError.asked { () throws(EvidenceError) in
                try store.entries(in: log, after: from, limit: pageCount)
            }
            guard let end = page.last else { return }
            var bytes: [UInt8] = []
            for entry in page {
                let exported = try EvidenceError.asked { () throws(EvidenceError) in
                    try ExportedEntry(entry, of: log, in: store)
                }
                bytes += try writer.lines(of: exported)
            }
            try file.write(bytes)
            position.advance(log, to: end.sequence)
            entries += page.count
            lines += bytes.count { $0 == 0x0A }
        }
    }

    /// The key of statements: one that was given, else the ledger's own.
    private func key() throws(AppError) -> StatementKey? {
        guard form.isSigned else { return nil }
        if let signKey { return try KeyFile.read(signKey) }
        let signer = try LogOptions.log(of: options.ledger).signer()
        do throws(StatementKeyError) {
            return try StatementKey(ed25519: signer.seed)
        } catch {
            throw AppError("the ledger's key \(error.reason)", status: .undecided)
        }
    }
}

/// Where an export goes.
struct ExportFile {
    private let descriptor: Int32
    private let name: String

    init() {
        descriptor = STDOUT_FILENO
        name = "standard output"
    }

    init(appendingTo path: String) throws(AppError) {
        name = path
        let file = Files.absolute(path)
        descriptor = unsafe open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw AppError("cannot write '\(path)': \(Files.reason(errno))", status: .undecided)
        }
    }

    func write(_ bytes: [UInt8]) throws(AppError) { try Files.write(bytes, to: descriptor, named: name) }

    /// Has everything on the disk before it is noted as done; a terminal or a pipe has no disk.
    func finish() throws(AppError) {
        guard descriptor != STDOUT_FILENO else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw AppError("cannot write '\(name)': \(Files.reason(errno))", status: .undecided)
        }
    }
}
