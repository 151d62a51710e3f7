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
            --chain' gets its place back.

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
        guard let shim = try PlannedHook.present(at: place) else {
            throw AppError("'\(place.path)' is not Remit's hook", hint: "nothing was changed")
        }
        let recorder = place.of(.postReceive)
        let recorderShim = try PlannedHook.present(at: recorder)
        let entry = try record(repository, place, shim)
        try PlannedHook.remove(shim, at: place)
        if let recorderShim { try PlannedHook.remove(recorderShim, at: recorder) }
        for key in Settings.keys.map(\.name) { try repository.set(key, to: nil) }
        console.say("took '\(place.path)' away" + (entry.map { ", entry \($0) of the ledger" } ?? ", unrecorded"))
        if recorderShim != nil { console.say("took '\(recorder.path)' away") }
        if shim.isChained || recorderShim?.isChained == true {
            console.say("the hook that was there before is in its place again")
        }
        console.say("pushes to this repository are no longer judged")
    }

    /// Recorded before anything is taken away: an end without an entry would look like an attack, and should.
    private func record(
        _ repository: ServerRepository, _ place: HookPlace, _ shim: HookShim
    ) throws(AppError) -> Int64? {
        do throws(AppError) {
            guard let path = try repository.effective("remit.ledger") else {
                throw AppError("git config remit.ledger is not set", status: .undecided)
            }
            var ledger = try LifecycleLedger(at: path, create: false, repository: repository)
            var event = Lifecycle(
                .disabled, at: Platform.now(), repository: try repository.effective("remit.repository") ?? "",
                gitDirectory: repository.gitDirectory)
            event.program = shim.program
            event.chained = shim.isChained ? place.chainedPath : nil
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
