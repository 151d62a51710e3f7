import RemitModel

/// An entry in ArcSight's Common Event Format, version 0 (CEF Implementation Standard 25), without a syslog header.
package enum CEFLine {
    package static func text(of entry: ExportedEntry) -> String {
        let header = ["Remit", "remit", entry.version, entry.eventClass, entry.title.text, severity(entry.severity)]
        let fields = extensions(of: entry).map { "\($0.key)=\(escaped($0.value))" }
        return "CEF:0|\(header.map(escapedHeader).joined(separator: "|"))|\(fields.joined(separator: " "))"
    }

    /// From 0 to 10: low to 3, medium to 6, high to 8.
    private static func severity(_ severity: ExportedEntry.Severity) -> String {
        switch severity {
        case .informational: "1"
        case .medium: "5"
        case .high: "8"
        }
    }

    private struct Field {
        let key: String
        let value: String

        /// A value of others: nothing in it can steer what shows it, and it is no longer than the key may be.
        init(_ key: String, _ bytes: ByteString, atMost limit: Int) {
            self.key = key
            value = Escaping.text(bytes.bytes, limit: limit)
        }

        init(_ key: String, _ text: String, atMost limit: Int = 1023) {
            self.init(key, ByteString(text), atMost: limit)
        }

        /// Text that is safe already.
        init(_ key: String, safe text: SafeText, atMost limit: Int = 1023) {
            self.key = key
            var shown = text.text
            if shown.utf8.count > limit {
                while shown.utf8.count + 3 > limit { shown.removeLast() }
                shown += "…"
            }
            value = shown
        }
    }

    private static func extensions(of entry: ExportedEntry) -> [Field] {
        var fields = [
            Field("rt", String(entry.at.seconds * 1000)),
            Field("deviceExternalId", entry.name.log, atMost: 255),
            Field("externalId", String(entry.name.sequence), atMost: 40),
            Field("cat", String(entry.eventClass.prefix { $0 != "." })),
        ]
        if let account = entry.account { fields.append(Field("suser", account, atMost: 1023)) }
        if case .decision(let verdict, _, _) = entry.content {
            fields.append(Field("act", verdict.submission, atMost: 63))
            fields.append(Field("outcome", verdict.letsThrough ? "success" : "failure"))
            fields.append(Field("reason", verdict.outcome.rawValue))
        }
        fields.append(Field("msg", safe: entry.message))
        var custom: [(label: String, value: SafeText)] = [("repository", "\(plain: entry.repository)")]
        if !entry.updates.isEmpty {
            custom.append(("refs", list(entry.updates.map(\.ref))))
            custom.append(("commits", list(entry.updates.map { ByteString($0.new.hex) })))
        }
        if let decision = entry.decision {
            custom.append(("rules", list(unique(decision.findings.map(\.rule.rawValue)).map { ByteString($0) })))
            custom.append(("agents", list(decision.agents.map { ByteString($0.agent) })))
            custom.append(
                ("delegations", list(unique(entry.delegations.map(\.description)).map { ByteString($0) })))
            if let url = decision.job?.url { fields.append(Field("request", url)) }
            if let version = decision.policyVersion {
                fields += [Field("cn1Label", "policyVersion"), Field("cn1", String(version))]
            }
        }
        for (index, (label, value)) in custom.filter({ !$0.value.isEmpty }).enumerated() {
            fields += [Field("cs\(index + 1)Label", label), Field("cs\(index + 1)", safe: value, atMost: 4000)]
        }
        return fields + [
            Field("flexString1Label", "entryDigest"), Field("flexString1", "sha256:\(entry.digest)"),
        ]
    }

    /// Values after each other: an id or a ref's name holds no blank.
    private static func list(_ values: [ByteString]) -> SafeText {
        SafeText.joined(values.prefix(32).map { "\(word: $0)" }, by: " ")
    }

    private static func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }

    /// In the header a bar ends a field; in both, a backslash begins an escape.
    static func escapedHeader(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
            .replacing("\n", with: " ").replacing("\r", with: " ")
    }

    /// In a value an equals sign would end it and begin the next key.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("=", with: "\\=")
            .replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    }
}

extension ExportedEntry {
    /// The delegations that a decision rests on.
    var delegations: [RecordID] {
        guard let decision else { return [] }
        return decision.delegations.map(\.delegation) + decision.landings.map(\.delegation)
            + decision.findings.compactMap(\.facts.delegation)
    }
}
