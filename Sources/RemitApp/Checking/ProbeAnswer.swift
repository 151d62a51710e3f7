import RemitModel

/// What the answer to a probe proves.
struct ProbeAnswer {
    let mode: Mode
    /// The rule that must have refused it.
    let rule: RuleCode

    /// - Parameter end: what became of what the probe brought.
    func accepted(_ agent: String, _ said: String, _ end: String) -> Diagnosis {
        if mode == .monitor, said.contains("remit: monitor: would have refused this push") {
            return .ok(.push, "a probe by the unregistered agent '\(agent)' would have been refused; \(end)")
        }
        return .fail(
            .push, "A PROBE BY THE UNREGISTERED AGENT '\(agent)' WAS ACCEPTED: nothing guards this repository; \(end)",
            "mend what failed above, then look again")
    }

    func refused(_ agent: String, _ said: String) -> Diagnosis {
        if said.contains("remit: refused: nothing of this push was accepted"), said.contains(rule.rawValue) {
            return .ok(.push, "a probe by the unregistered agent '\(agent)' was refused by Remit")
        }
        let prefixes = ["remote: ", "GL-HOOK-ERR: "]
        let lines = said.split(separator: "\n").map { line in
            prefixes.reduce(line) { $0.hasPrefix($1) ? $0.dropFirst($1.count) : $0 }
        }
        if let line = lines.first(where: { $0.hasPrefix("remit: error: ") }) {
            return .fail(
                .push, "a probe was refused for another reason: \(line.dropFirst(14).trimmed)",
                "mend that: until then every push is refused")
        }
        let line = lines.first.map { $0.trimmed } ?? "no reason was given"
        return .fail(.push, "a probe was refused, but not by Remit: \(line)", "mend that, then look again")
    }
}

extension Substring {
    /// Without the blanks with which git fills up what a server said.
    fileprivate var trimmed: String {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
