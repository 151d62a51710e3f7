import ArgumentParser
import RemitEvidence
import RemitGate
import RemitHosts
import RemitModel
import RemitReport

/// `remit uninstall`: takes the gate away and says so in the ledger.
struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Take the hook and its settings out of a repository.",
        discussion: """
            The ledger stays, and gets a last entry that the gate was disabled. A hook that was kept by 'install \
            --chain' gets its place back, as it was. What is killed halfway is completed by running it again.

            Example: remit uninstall payments.git
            """)

    @Argument(help: "The repository on this server.")
    var repository: String

    @Flag(help: "Go on although the ledger cannot be written: nothing then records that the gate is gone.")
    var force = false

    func run() throws {
        let console = Console.standard
        let repository = try ServerRepository(at: repository)
        let host = try repository.effective("remit.host").flatMap { HostKind(rawValue: $0) } ?? .plain
        let place = HookPlace(gitDirectory: repository.gitDirectory, host: host)
        let gate = try PlannedHook.present(at: place)
        let recorder = place.of(.postReceive)
        let recorderShim = try PlannedHook.present(at: recorder)
        let net = place.of(.referenceTransaction)
        let netShim = try PlannedHook.present(at: net)
        // Without a gate there may be the rest of one: an end that was cut short, or another's hook in its place.
        guard try [gate, netShim, recorderShim].contains(where: { $0 != nil }) || repository.own("remit.root") != nil
        else {
            throw AppError("'\(place.path)' is not Remit's hook", hint: "nothing was changed")
        }
        let entry = try record(repository, place, gate)
        let recorded = entry.map { ", entry \($0) of the ledger" } ?? ", unrecorded"
        if let gate {
            try remove(gate, at: place, console, recorded)
        } else {
            console.say("'\(place.path)' is not Remit's, and is left; the rest of the gate is taken away\(recorded)")
        }
        if let netShim { try remove(netShim, at: net, console) }
        if let recorderShim { try remove(recorderShim, at: recorder, console) }
        try repository.set(Settings.keys.map { (key: $0.name, value: nil) })
        if [gate, netShim, recorderShim].contains(where: { $0?.isChained == true }) {
            console.say("the hook that was there before is in its place again")
        }
        console.say("pushes to this repository are no longer judged")
    }

    private func remove(
        _ shim: HookShim, at place: HookPlace, _ console: Console, _ recorded: String = ""
    ) throws(AppError) {
        let target = FileState.link(at: place.path)
        try PlannedHook.remove(shim, at: place)
        guard let target else {
            console.say("took '\(place.path)' away\(recorded)")
            return
        }
        console.say("took the link '\(place.path)' away\(recorded); '\(target)' stays, for other repositories")
    }

    /// Recorded before anything is taken away: an end without an entry would look like an attack, and should.
    private func record(
        _ repository: ServerRepository, _ place: HookPlace, _ shim: HookShim?
    ) throws(AppError) -> Int64? {
        do throws(AppError) {
            guard let path = try repository.effective("remit.ledger") else {
                throw AppError("git config remit.ledger is not set", status: .undecided)
            }
            var ledger = try LifecycleLedger(at: path, create: false, repository: repository)
            var event = Lifecycle(
                .disabled, at: Platform.now(), repository: try repository.effective("remit.repository") ?? "",
                gitDirectory: repository.gitDirectory)
            event.program = shim?.program
            event.chained = shim?.isChained == true ? place.chainedPath : nil
            return try ledger.disable(event)
        } catch {
            guard force else {
                throw AppError(
                    error.message, hint: "go on without a record with --force", status: error.status)
            }
            return nil
        }
    }
}
