/// What git 2.54 and later run because its configuration says so, in any file that git reads.
struct HookConfigExamination {
    private let repository: ServerRepository

    init(_ repository: ServerRepository) {
        self.repository = repository
    }

    private struct Hook {
        var command = ""
        var events: [String] = []
        var isEnabled = true
    }

    private static let watched: Set<String> = ["pre-receive", "post-receive", "reference-transaction", "update"]
    /// Most hooks that are listed.
    private static let listedAtMost = 20

    func diagnoses() throws(AppError) -> [Diagnosis] {
        var hooks: [String: Hook] = [:]
        for (key, value) in try repository.configuration(matching: #"^hook\..*\.(command|event|enabled)$"#) {
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            let name = parts.dropFirst().dropLast().joined(separator: ".")
            switch parts.last {
            case "command": hooks[name, default: Hook()].command = value
            case "event": hooks[name, default: Hook()].events.append(value)
            default: hooks[name, default: Hook()].isEnabled = !Self.isFalse(value)
            }
        }
        let found = hooks.sorted { $0.key < $1.key }.compactMap { Self.diagnosis(of: $0.value, named: $0.key) }
        guard found.isEmpty else { return Array(found.prefix(Self.listedAtMost)) }
        return [.ok(.hookConfig, "git's configuration names no hook")]
    }

    private static func diagnosis(of hook: Hook, named name: String) -> Diagnosis? {
        let events = hook.events.filter(watched.contains)
        guard !events.isEmpty else { return nil }
        let isOurs = hook.command.contains("remit-hook")
        guard !isOurs || hook.isEnabled else {
            return .fail(
                .hookConfig, "hook.\(name).enabled is false: git skips '\(hook.command)'",
                "run 'git config --unset hook.\(name).enabled' in the scope that 'git config --show-origin' names")
        }
        guard hook.isEnabled else { return nil }
        return .ok(
            .hookConfig,
            "git 2.54 and later run '\(hook.command)' for \(events.joined(separator: ", ")), by hook.\(name)")
    }

    private static func isFalse(_ value: String) -> Bool {
        ["false", "no", "off", "0", ""].contains(value.lowercased())
    }
}
