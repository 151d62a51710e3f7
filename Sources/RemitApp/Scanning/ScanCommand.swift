import ArgumentParser
import RemitGate
import RemitGit
import RemitModel
import RemitReport

/// How a scan is told.
enum ScanFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    case csv
    case html
}

/// `remit scan`: who wrote a history.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Tell which agents wrote a history, and which of them nobody registered.",
        discussion: """
            Reads the commits that branches and tags reach, and tells for each agent how many carry its marks, by which \
            evidence and how surely, when it was first and last seen, how many files it touched and where, and what the \
            inventory says of it. Assistants and bots are told apart; so is what has weak marks only. A commit without \
            any mark is no-evidence, which says nothing of a person.

            Dates are those that the commits claim for their committers. Files are paths that differ from the first \
            parent, of commits that are no merges. The name of a branch is a weak mark of the commits that no other ref \
            reaches; the key of an SSH signature counts where the signature is good.

            Exit status: 0 it was read, whatever was found, 2 it cannot be read, 64 wrong usage.

            Example: remit scan /srv/git/payments.git --authority authority --format html --output payments.html
            """)

    @Argument(help: ArgumentHelp("The repository: bare, or a work tree.", valueName: "repository"))
    var repository: String

    @Option(
        help: ArgumentHelp(
            "Only what this ref reaches, named in full. May be repeated. Default: all branches and tags.",
            valueName: "ref"))
    var ref: [String] = []

    @Flag(help: "What any ref reaches.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "Only commits whose committer claims this moment or a later one: a span back from now, a day, or a moment.",
            valueName: "when"), transform: OptionReading.pastMoment)
    var since: PastMoment?

    @Option(
        help: ArgumentHelp("Only commits whose committer claims an earlier moment; as --since.", valueName: "when"),
        transform: OptionReading.pastMoment)
    var until: PastMoment?

    @Option(
        help: ArgumentHelp(
            "Name so many authors of each agent's commits, 1 to 100. Default: only how many there are.",
            valueName: "number"), transform: OptionReading.people)
    var people = 0

    @Option(
        help: ArgumentHelp(
            """
            The authority whose inventory is asked: a clone of it. Default: $REMIT_AUTHORITY, then remit.authority of \
            the repository; without any, no inventory is asked.
            """, valueName: "dir"))
    var authority: String?

    @Option(help: "table, json, csv or html.")
    var format = ScanFormat.table

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write it, for the owner alone. Default: standard output.", valueName: "file"))
    var output: String?

    func run() throws {
        let now = Platform.now()
        let period = (since: since?.moment(before: now), until: until?.moment(before: now))
        if let since = period.since, let until = period.until, since >= until {
            throw AppError("--since \(since) is not before --until \(until)", status: .usage)
        }
        guard !all || ref.isEmpty else { throw AppError("--all and --ref exclude each other", status: .usage) }
        let opened = try open()
        let inventory = try inventory(opened, at: now)
        let directory = opened.location.gitDirectory
        let reading = HistoryReading(
            opened, all ? .all : ref.isEmpty ? .branchesAndTags : .named(ref), since: period.since,
            until: period.until, marks: CommitMarks(inventory), progress: ProgressLine())
        let found = try reading.read()
        guard found.refs > 0 else {
            throw AppError(
                "there is nothing to read in '\(repository)': no \(all || !ref.isEmpty ? "ref" : "branch or tag") "
                    + "leads to a commit",
                hints: all || !ref.isEmpty ? [] : ["--all reads every ref"], status: .undecided)
        }
        let scope = HistoryScan.Scope(
            repository: directory, selection: all ? .all : ref.isEmpty ? .branchesAndTags : .named, refs: found.refs,
            since: period.since, until: period.until, cut: found.cut,
            catalogue: inventory.catalogue, authority: inventory.commit, readAt: now)
        let scan = found.tally.scan(scope, inventory: inventory, people: people)
        let text =
            switch format {
            case .table: ScanText(scan).text
            case .json: scan.json.text + "\n"
            case .csv: ScanCSV(scan).text
            case .html: ScanPage(scan, program: HookCommand.commands).text
            }
        guard let output else { return Console.standard.print(text) }
        try ReportFile.write(Array(text.utf8), to: Files.absolute(output), mode: 0o600)
    }

    private func open() throws(AppError) -> Repository {
        do throws(GitError) {
            return try Repository(
                at: RepositoryLocation.discover(from: ByteString(Files.absolute(repository))),
                accepting: [.shallow, .grafts])
        } catch {
            throw AppError("cannot open the repository '\(repository)': \(error.reason)", status: .undecided)
        }
    }

    private func inventory(_ repository: borrowing Repository, at now: Instant) throws(AppError) -> Inventory {
        if authority != nil || Files.variable(AuthorityLocation.variable) != nil {
            return try Inventory(AuthorityLocation(option: authority), at: now)
        }
        let configured: String?
        let ref: String?
        do throws(GitError) {
            configured = try repository.configuration("remit.authority").last
            ref = try repository.configuration("remit.authorityRef").last
        } catch {
            throw AppError("cannot open the repository '\(self.repository)': \(error.reason)", status: .undecided)
        }
        guard let configured else { return Inventory(at: now) }
        return try Inventory(AuthorityLocation(at: configured, ref: ref), at: now)
    }
}

extension OptionReading {
    @Sendable static func people(_ text: String) throws -> Int {
        guard let number = Int(text), (1...100).contains(number), String(number) == text else {
            throw OptionFault("must be a whole number from 1 to 100")
        }
        return number
    }
}
