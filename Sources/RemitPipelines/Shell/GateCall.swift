/// One call of `remit gate` in a script, and whether its failure stops what comes after it.
struct GateCall: Hashable, Sendable {
    let gate: PipelineJob.Gate
    /// Why its failure stops nobody; `nil` when it stops the script.
    let mayFail: String?
    /// Why it might not run at all.
    let maySkip: String?
    /// Its place among the script's commands.
    let place: Int
}

/// How a system runs a script.
struct ShellManner: Hashable, Sendable {
    /// `set -e`: the script ends with the first command that fails.
    var stopsAtFailure: Bool
    /// `set -o pipefail`: a pipe fails with any part of it.
    var pipeFails: Bool

    static let strict = ShellManner(stopsAtFailure: true, pipeFails: true)
    /// `sh -e`, and GitHub's shell where a step names none.
    static let stopping = ShellManner(stopsAtFailure: true, pipeFails: false)
    /// Only the last command's status counts.
    static let lax = ShellManner(stopsAtFailure: false, pipeFails: false)
}

extension ShellScript {
    /// Every call of the gate, with what `set` says before it taken into account.
    func gates(_ manner: ShellManner) -> [GateCall] {
        guard !isBroken, !definitions.contains("remit"), !looksInTree else { return [] }
        let lists = CommandLists(commands)
        var manner = manner
        var calls: [GateCall] = []
        var leaving: String?
        for (place, command) in commands.enumerated() {
            let words = CommandWords.withoutPrefixes(command.words)
            if let gate = Self.gate(words) {
                calls.append(
                    GateCall(
                        gate: gate, mayFail: mayFail(place, words, manner, lists),
                        maySkip: leaving ?? maySkip(place, lists), place: place))
            }
            switch words.first {
            case "set": Self.apply(Array(words.dropFirst()), to: &manner)
            case "exit", "return":
                if words.dropFirst().first == nil || words.dropFirst().first == "0" {
                    leaving = leaving ?? "'\(words.joined(separator: " "))' comes before it"
                }
            case "trap":
                if !Self.isCleaningUp(words) { leaving = leaving ?? "'trap' comes before it" }
            default: if command.words.first == "exec" { leaving = leaving ?? "'exec' comes before it" }
            }
        }
        return calls
    }

    /// Whether a trap only removes what the script made: the script's status stays what it was (POSIX, 2.15 `exit`).
    private static func isCleaningUp(_ words: [String]) -> Bool {
        guard words.count == 3, words[2] == "EXIT" else { return false }
        let action = words[1]
        return action.hasPrefix("rm -") && !action.contains { ";&|`()\n".contains($0) }
    }

    /// Directories that the judged tree fills; a program there is whatever a commit makes of it.
    private static let treePaths = [
        "$GITHUB_WORKSPACE", "$CI_PROJECT_DIR", "$PWD", "$BUILD_SOURCESDIRECTORY", "$CIRCLE_WORKING_DIRECTORY",
        "$BITBUCKET_CLONE_DIR", "$BUILDKITE_BUILD_CHECKOUT_PATH", "$WORKSPACE", "$CI_WORKSPACE", "$(",
    ]

    /// Whether it sets a `PATH` on which the tree comes: then `remit` is whatever a commit makes of it.
    private var looksInTree: Bool {
        commands.lazy.flatMap { $0.assignments + $0.words }.contains { word in
            guard word.hasPrefix("PATH=") else { return false }
            return word.dropFirst(5).split(separator: ":", omittingEmptySubsequences: false).contains { entry in
                let plain = entry.replacing("{", with: "")
                return !["/", "$", "~"].contains { plain.hasPrefix($0) }
                    || Self.treePaths.contains { plain.hasPrefix($0) }
            }
        }
    }

    private static func isRemit(_ word: String) -> Bool {
        guard CommandWords.name(word) == "remit" else { return false }
        guard word != "remit" else { return true }
        let plain = word.replacing("{", with: "")
        guard !plain.contains(".."), !word.hasPrefix("${{"), !treePaths.contains(where: { plain.hasPrefix($0) }) else {
            return false
        }
        return plain.hasPrefix("/") || plain.hasPrefix("$") || plain.hasPrefix("~/")
    }

    private static func gate(_ words: [String]) -> PipelineJob.Gate? {
        guard words.count >= 3, isRemit(words[0]), words[1] == "gate" else { return nil }
        let options = words.dropFirst(3)
        guard options.allSatisfy({ !["--help", "-h", "-help", "--version", "help"].contains($0) }),
            !options.contains(where: { $0.hasPrefix("--experimental") || $0.hasPrefix("--generate") })
        else { return nil }
        switch words[2] {
        case "merge": return .merge
        case "deploy": return .deployment(environment: value(of: "--environment", in: Array(options)))
        default: return nil
        }
    }

    private static func value(of option: String, in words: [String]) -> String? {
        var found: String?
        for (place, word) in words.enumerated() {
            // The last one counts, as the parser of `remit` has it.
            if word == option, place + 1 < words.count { found = words[place + 1] }
            if word.hasPrefix(option + "=") { found = String(word.dropFirst(option.count + 1)) }
        }
        return found
    }

    private static func apply(_ options: [String], to manner: inout ShellManner) {
        var rest = options[...]
        while let option = rest.popFirst(), let sign = option.first, sign == "-" || sign == "+" {
            if option.dropFirst().contains("e") { manner.stopsAtFailure = sign == "-" }
            guard option.dropFirst().contains("o"), let name = rest.popFirst() else { continue }
            if name == "errexit" { manner.stopsAtFailure = sign == "-" }
            if name == "pipefail" { manner.pipeFails = sign == "-" }
        }
    }

    private func maySkip(_ place: Int, _ lists: CommandLists) -> String? {
        let command = commands[place]
        if command.isNested { return "it stands within a condition, a loop, a function or a subshell" }
        if command.before == "||" { return "it stands after '||'" }
        if command.before == "&&", place < lists.last { return "it stands after '&&'" }
        return nil
    }

    private func mayFail(
        _ place: Int, _ words: [String], _ manner: ShellManner, _ lists: CommandLists
    ) -> String? {
        let command = commands[place]
        if command.isNegated { return "it stands after '!'" }
        if Self.value(of: "--mode", in: words) == "monitor" { return "--mode monitor" }
        let end = lists.pipeEnd[place]
        if end > place, !manner.pipeFails { return "it stands before '|', which hides its failure" }
        switch commands[end].after {
        case "&": return "it runs in the background"
        case "||":
            let next = end + 1 < commands.count ? commands[end + 1].words : []
            let isLeaving = next == ["false"] || (next.first == "exit" && next.count == 2 && next[1] != "0")
            guard isLeaving else { return "it stands before '||'" }
        case "&&" where end < lists.last: return "it stands before '&&', and the script goes on after that"
        case "&&" where lists.hasAlternative[end]: return "it stands before '||'"
        default: break
        }
        guard manner.stopsAtFailure || end >= lists.last else {
            return "the script goes on after it, for its shell does not stop at a failure"
        }
        return nil
    }
}

/// Where commands are joined by `&&`, `||` and `|`, looked through once.
private struct CommandLists {
    /// Where each command's pipe ends.
    private(set) var pipeEnd: [Int]
    /// Whether an `||` comes later in the command's list.
    private(set) var hasAlternative: [Bool]
    /// Where the last list of the script begins.
    private(set) var last: Int

    init(_ commands: [ShellCommand]) {
        pipeEnd = Array(commands.indices)
        hasAlternative = commands.map { $0.after == "||" }
        last = max(0, commands.count - 1)
        for place in commands.indices.dropLast().reversed() {
            switch commands[place].after {
            case "|":
                pipeEnd[place] = pipeEnd[place + 1]
                hasAlternative[place] = hasAlternative[place + 1]
            case "&&", "||": hasAlternative[place] = hasAlternative[place] || hasAlternative[place + 1]
            default: continue
            }
            if place + 1 == last { last = place }
        }
    }
}
