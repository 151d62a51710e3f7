/// One simple command of a shell script, with what decides whether its failure is noticed.
struct ShellCommand: Hashable, Sendable {
    /// Without quotes; what the shell would expand stays as it is written.
    var words: [String] = []
    var assignments: [String] = []
    /// From 1, in the script.
    var line: Int
    /// Whether it stands within `if`, a loop, a function or a subshell.
    var isNested = false
    var isNegated = false
    /// What joins it with the command before it: `&&`, `||`, `|`, or nothing.
    var before = ""
    /// What ends it: `;` (a line's end too), `&`, `&&`, `||` or `|`.
    var after = ";"
}
