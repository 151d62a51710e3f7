import ArgumentParser
import RemitGate
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport

/// `remit install`: puts the gate before a repository.
struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Put the hook and its settings into a repository of this server.",
        discussion: """
            Checks everything first: the repository, the authority from its pinned root downwards, the program, the \
            hook that may be there already. Then makes the ledger and its log's key if they are missing, writes the \
            settings into the repository's git config and puts two hooks into place, each in one step: pre-receive \
            judges, post-receive records what landed and publishes the log. Run it as the user as whom the server \
            runs git. What is killed halfway leaves the older hook or the new one, whole; run it again.

            Example: remit install payments.git --authority /srv/git/authority.git --root sha256:... \
            --name payments --ledger /var/lib/remit/ledger.sqlite
            """)

    @Argument(help: "The repository on this server.")
    var repository: String

    @Option(help: ArgumentHelp("The authority's repository on this server.", valueName: "dir"))
    var authority: String

    @Option(help: ArgumentHelp("The ref to read it at.", valueName: "ref"))
    var authorityRef = Settings.defaultAuthorityRef

    @Option(help: ArgumentHelp("The digest of its roots/1.toml, 'sha256:...'.", valueName: "digest"))
    var root: String

    @Option(help: "The repository's name in delegations and policy.")
    var name: String

    @Option(help: ArgumentHelp("The ledger's file; made if it is missing.", valueName: "file"))
    var ledger: String

    @Option(
        help: ArgumentHelp(
            "What the ledger's log is called, for good. Default: this host's name and '/decisions'.",
            valueName: "name"))
    var logName: String?

    @Option(help: "enforce, or monitor: judge and record, refuse nothing.")
    var mode = Mode.enforce

    @Option(
        help: ArgumentHelp(
            "What runs the hook: \(HostKind.allCases.map(\.rawValue).joined(separator: ", ")). Default: what the "
                + "repository looks like, and says so.",
            valueName: "host"))
    var host: HostKind?

    @Flag(help: "Stand by --host although the repository looks like another server's.")
    var insist = false

    @Option(
        help: ArgumentHelp(
            "With host ssh: the variable in which the forced command names the account.", valueName: "variable"))
    var pusherVariable: String?

    @Option(help: ArgumentHelp("The remit-hook program; default: beside this one.", valueName: "file"))
    var hookBinary: String?

    @Flag(help: "Keep a pre-receive or post-receive hook that is there already, and run it after Remit.")
    var chain = false

    @Flag(
        help: "Also install reference-transaction: git then moves no protected ref without a decision, push or not.")
    var safetyNet = false

    func run() throws {
        let console = Console.standard
        let plan = try InstallationPlan(
            repository: repository,
            settings: .init(
                authority: authority, authorityRef: authorityRef, root: root, name: name, ledger: ledger, mode: mode,
                host: host, insistsOnHost: insist, pusherVariable: pusherVariable, logName: logName),
            program: hookBinary, chain: chain, safetyNet: safetyNet, now: Platform.now())
        if let reason = plan.hostReason { console.say(reason) }
        let entry = try plan.carryOut()
        if let gate = plan.hooks.first {
            console.say("installed '\(gate.place.path)' for \(name), entry \(entry) of '\(plan.settings.ledger)'")
        }
        for hook in plan.hooks where hook.place.hook == .referenceTransaction {
            console.say("installed '\(hook.place.path)': no protected ref moves without a decision")
        }
        for hook in plan.hooks {
            guard let target = hook.shared else { continue }
            console.say("'\(hook.place.path)' is a link to '\(target)', which is Remit's: it is left as it is")
        }
        for hook in plan.hooks where hook.shim.isChained {
            console.say("the hook that was there runs after it: '\(hook.place.chainedPath)'")
        }
        publish(plan.log, console)
        if mode == .monitor { console.say("mode monitor: nothing will be refused") }
        let word = SafeText.command(word: ByteString(repository), or: "REPOSITORY").text
        if let proposal = try plan.proposal() { proposal.show(console, of: word) }
        console.say("try it: remit doctor \(word)")
    }

    /// The gate stands without it: a fault is told, and 'remit doctor' tells it again.
    private func publish(_ log: PlannedLog, _ console: Console) {
        do throws(AppError) {
            guard let key = try log.publish(), log.newKey != nil else { return }
            console.say("made the log's key '\(log.log.keyPath)'; whoever verifies the log needs its public half:")
            console.say(key.text)
        } catch {
            console.say("warning: the log is not published: \(error.message)")
        }
    }
}

extension Mode: ExpressibleByArgument {}

extension HostKind: ExpressibleByArgument {}
