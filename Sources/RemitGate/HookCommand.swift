import RemitHosts
import RemitModel
import RemitReport

/// `remit-hook`: what git calls.
///
/// Parsed by hand, since it has one word and one option.
package enum HookCommand {
    package static let version = "0.1.0"
    /// What entries of the ledger say wrote them.
    package static let program = "remit-hook \(version)"
    /// What entries say that were written by `remit`, the commands for people.
    package static let commands = "remit \(version)"

    static let usage = """
        usage: remit-hook pre-receive [--config FILE] [--format text|json]
               remit-hook post-receive [--config FILE]
               remit-hook update [--config FILE] <ref> <old> <new>
               remit-hook reference-transaction [--config FILE] <state>
               remit-hook vref|ref-update|commit-received|submit [--config FILE] <what gitolite or Gerrit adds>
               remit-hook --version | --help

        Judges a push that git is about to accept, and records and publishes what landed. Git calls it; install it with
        'remit install'. 'update' judges one ref of a push, for a server that runs nothing else: git has taken the objects
        in by then, it has neither push options nor a certificate, and each ref has a decision and is counted as a push of
        its own. 'reference-transaction', in the state 'prepared', lets git move no protected ref that no decision let.
        It reads '<old> <new> <ref>' lines on standard input, and these keys of the repository's git config:

        \(Settings.keys.map { "    \($0.name)\n        \($0.meaning)" }.joined(separator: "\n"))

        What the repository does not set is looked up in FILE, an absolute path, where the server has one hook for all.

        exit status: 0 allowed, 1 refused, 2 undecided (git refuses), 64 wrong usage;
        of post-receive: 0 recorded, 2 not recorded (git passes over it)
        The hook files of 'remit install' ask with '\(ShimInterface.option)' behind the hook's name and are answered with \
        \(ShimInterface.allowed), \(ShimInterface.refused) and \(ShimInterface.undecided) in place of 0, 1 and 2:
        a 0 could come from any program.
        example: printf '%s %s refs/heads/main\\n' "$old" "$new" | GIT_DIR=/srv/git/x.git remit-hook pre-receive

        """

    /// Does what the arguments say.
    ///
    /// Every fault ends in a status that refuses.
    package static func run(_ world: World) -> Int32 {
        var arguments = world.arguments.dropFirst()
        switch arguments.popFirst() {
        case "--version":
            world.print("remit-hook \(version)\n")
            return ExitStatus.allowed.rawValue
        case "--help", "-h":
            world.print(usage)
            return ExitStatus.allowed.rawValue
        case ShimInterface.option where arguments.isEmpty:
            return ShimInterface.allowed
        case let word?:
            if let hook = ArgumentHook(rawValue: word) {
                return answer(arguments, world) { given, world in
                    var words = given
                    guard let options = HookOptions(leading: &words) else { return wrongUsage(world) }
                    return PreReceive(world, options, asked: .told(hook, words: words.count)).run()
                }
            }
            guard let hook = HookName(rawValue: word) else { return wrongUsage(world).rawValue }
            return answer(arguments, world) { status(of: hook, $0, $1) }
        case nil:
            return wrongUsage(world).rawValue
        }
    }

    private static func answer(
        _ given: ArraySlice<String>, _ called: World, _ status: (ArraySlice<String>, World) -> ExitStatus
    ) -> Int32 {
        var (arguments, world) = (given, called)
        world.asking = ShimInterface.asking(&arguments)
        guard world.asking != .unknown else {
            // The hook file says the rest, and a pusher can do nothing with the usage.
            world.say("remit: error: \(program) answers hook files that ask with '\(ShimInterface.option)' only\n")
            return ExitStatus.usage.rawValue
        }
        return world.asking.code(of: status(arguments, world))
    }

    /// One line for each hook; what it takes behind its name is its own.
    private static func status(
        of hook: HookName, _ given: ArraySlice<String>, _ world: World
    ) -> ExitStatus {
        var arguments = given
        switch hook {
        case .preReceive:
            guard let options = HookOptions(arguments) else { return wrongUsage(world) }
            return PreReceive(world, options).run()
        case .postReceive:
            guard let options = HookOptions(arguments), options.format == nil else { return wrongUsage(world) }
            return PostReceive(world, options).run()
        case .update:
            return UpdateHook(world, arguments)?.run() ?? wrongUsage(world)
        case .referenceTransaction:
            guard let options = HookOptions(leading: &arguments), let state = arguments.first, arguments.count == 1
            else { return wrongUsage(world) }
            return SafetyNet(world, options).run(in: state)
        }
    }

    private static func wrongUsage(_ world: World) -> ExitStatus {
        world.say(usage)
        return .usage
    }
}
