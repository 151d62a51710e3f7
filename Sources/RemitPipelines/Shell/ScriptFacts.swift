/// What a script of a definition does, as far as the question of the gate needs it.
///
/// Every system's reader asks the same of its scripts.
package struct ScriptFacts: Hashable, Sendable {
    /// The gates that it runs, in their order.
    package private(set) var gates: [PipelineJob.Gate] = []
    /// How it calls them, word by word.
    package private(set) var gateCalls: [String] = []
    /// Why a gate's failure stops nobody.
    package private(set) var mayFail: String?
    /// Why a gate might not run.
    package private(set) var maySkip: String?
    /// Commands that deploy, such as `kubectl apply`, without repeating one.
    package private(set) var deploying: [String] = []
    /// Whether anything but preparing the gate comes before its first gate, or is there at all when it has none.
    package private(set) var doesOtherThingsFirst = false

    init(_ text: String, _ manner: ShellManner) {
        let script = ShellScript(text)
        let calls = script.gates(manner)
        gates = calls.map(\.gate)
        gateCalls = calls.map { script.commands[$0.place].words.joined(separator: " ") }
        mayFail = calls.lazy.compactMap(\.mayFail).first
        maySkip = calls.lazy.compactMap(\.maySkip).first
        for command in script.commands + script.substituted {
            guard let evidence = DeployingCommands.evidence(of: command.words), !deploying.contains(evidence) else {
                continue
            }
            deploying.append(evidence)
        }
        let first = calls.first?.place ?? script.commands.count
        doesOtherThingsFirst =
            script.isBroken || !script.commands[..<first].allSatisfy { Self.isPreparation($0.words) }
            || !script.substituted.allSatisfy { Self.isPreparation($0.words) }
    }

    /// A script that a shell runs with `set -e -o pipefail`, such as GitLab's and CircleCI's.
    package static func strict(_ text: String) -> ScriptFacts { ScriptFacts(text, .strict) }
    /// A script that a shell runs with `set -e` alone.
    package static func stopping(_ text: String) -> ScriptFacts { ScriptFacts(text, .stopping) }
    /// A script of which only the last command's status counts.
    package static func lax(_ text: String) -> ScriptFacts { ScriptFacts(text, .lax) }

    /// Programs that fetch the gate and what it needs, and put nothing anywhere else.
    private static let preparing: Set<String> = [
        "set", "cd", "export", "mkdir", "chmod", "sha256sum", "shasum", "tar", "install", "echo", "printf", "test", "[",
        "umask", "unset", "trap", ":", "true", "pwd", "ls", "mktemp", "dirname", "basename", "mv", "base64", "case",
        "sleep",
    ]
    private static let sending: Set<String> = [
        "--request", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json",
        "--upload-file", "--form", "--post-data", "--post-file", "--method", "--body-data", "--body-file",
    ]

    private static func isPreparation(_ command: [String]) -> Bool {
        let words = CommandWords.withoutPrefixes(command)
        guard let program = words.first else { return true }
        switch program {
        case "curl", "wget":
            return !words.contains { word in
                sending.contains { word == $0 || word.hasPrefix($0 + "=") }
                    || (word.hasPrefix("-") && !word.hasPrefix("--") && word.contains { "XdTF".contains($0) })
            }
        case "git":
            let verbs: Set<String> = [
                "fetch", "config", "clone", "rev-parse", "checkout", "bundle", "cat-file", "remote",
            ]
            return words.dropFirst().first { !$0.hasPrefix("-") }.map(verbs.contains) == true
        case "remit": return true
        case "apk", "apt-get", "apt", "dnf", "yum", "microdnf":
            return !words.contains { $0.contains("Post-Invoke") || $0.contains("Pre-Invoke") }
        default: return preparing.contains(program)
        }
    }
}
