/// The commands of a shell script, flat, in their order.
struct ShellScript: Sendable {
    /// How deep `$(…)` is looked into.
    private static let depthAtMost = 4

    private(set) var commands: [ShellCommand] = []
    /// Commands in `$(…)` and backquotes, whose failure need not be noticed.
    private(set) var substituted: [ShellCommand] = []
    /// Names of functions and aliases that it makes.
    private(set) var definitions: Set<String> = []
    /// Whether a quote or a bracket was left open: then nobody knows what it does.
    private(set) var isBroken = false

    init(_ text: String) {
        self.init(text, depth: 0)
    }

    private init(_ text: String, depth: Int) {
        var scanner = ShellScanner(text)
        scanner.run()
        isBroken = scanner.isBroken
        gather(scanner.tokens)
        for script in scanner.nested where depth < Self.depthAtMost {
            let inner = ShellScript(script, depth: depth + 1)
            substituted += inner.commands + inner.substituted
        }
    }

    private static let joints: Set<String> = ["&&", "||", "|"]
    private static let openers: Set<String> = ["if", "while", "until", "for", "case", "select", "{"]
    private static let closers: Set<String> = ["fi", "done", "esac", "}"]
    private static let middles: Set<String> = ["then", "else", "elif", "do"]

    private mutating func gather(_ tokens: [(token: ShellScanner.Token, line: Int)]) {
        var depth = 0
        var brackets = 0
        var current: ShellCommand?
        var before = ""
        var isNegated = false
        func finish(_ after: String, _ commands: inout [ShellCommand]) {
            if var command = current, !command.words.isEmpty || !command.assignments.isEmpty {
                command.after = after
                commands.append(command)
                before = Self.joints.contains(after) ? after : ""
                isNegated = false
            } else if Self.joints.contains(after) {
                before = after
            }
            current = nil
        }
        for (token, line) in tokens {
            switch token {
            case .symbol("("):
                if let name = current?.words.first, current?.words.count == 1 {
                    // `name()` begins a function; its body is nested.
                    definitions.insert(name)
                    current = nil
                } else {
                    finish(";", &commands)
                }
                brackets += 1
            case .symbol(")"):
                if brackets > 0 {
                    finish(";", &commands)
                    brackets -= 1
                } else {
                    // A pattern of `case`, not a command.
                    current = nil
                }
            case .symbol(let symbol): finish(symbol, &commands)
            case .word(let word, let isQuoted):
                if current == nil, !isQuoted {
                    if Self.openers.contains(word) { depth += 1 }
                    if Self.closers.contains(word) { depth = max(0, depth - 1) }
                    if Self.middles.contains(word) || word == "if" || word == "while" || word == "until" || word == "{"
                        || Self.closers.contains(word)
                    {
                        before = ""
                        continue
                    }
                    if word == "!" {
                        isNegated.toggle()
                        continue
                    }
                }
                if current == nil {
                    current = ShellCommand(
                        line: line, isNested: depth > 0 || brackets > 0, isNegated: isNegated, before: before)
                }
                if current?.words.isEmpty == true, CommandWords.isAssignment(word) {
                    current?.assignments.append(word)
                    continue
                }
                current?.words.append(word)
                guard let first = current?.words.first else { continue }
                if first == "function" {
                    if current?.words.count == 2 { definitions.insert(word) }
                    if current?.words.count == 3, word == "{" { depth += 1 }
                }
                if first == "alias", let equals = word.firstIndex(of: "=") {
                    definitions.insert(String(word[..<equals]))
                }
            }
        }
        finish(";", &commands)
    }
}
