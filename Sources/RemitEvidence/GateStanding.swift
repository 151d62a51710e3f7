package import RemitLedger
import RemitReport

/// How the gate of a repository stands: its version and settings, which the ledger remembers to notice a change.
package struct GateStanding: Hashable, Sendable {
    package let repository: String
    package let gitDirectory: String
    package let version: String
    /// In the order of the documentation; those that are not set are left out.
    package let settings: [Setting]
    /// Whether `remit install` has put it there: a hook copied by hand is known from its first push on.
    package var isInstalled = false

    package struct Setting: Hashable, Sendable {
        package let key: String
        package let value: String

        package init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    package init(repository: String, gitDirectory: String, version: String, settings: [Setting]) {
        self.repository = repository
        self.gitDirectory = gitDirectory
        self.version = version
        self.settings = settings
    }

    fileprivate static func stateName(of repository: String) -> String { "gate.\(repository)" }

    fileprivate var bytes: [UInt8] {
        JSONText.object([
            ("git_directory", .string(gitDirectory)),
            ("version", .string(version)),
            ("installed", .boolean(isInstalled)),
            (
                "settings",
                .array(settings.map { .object([("key", .string($0.key)), ("value", .string($0.value))]) })
            ),
        ]).encoded
    }

    fileprivate init(_ bytes: [UInt8], of repository: String) throws(EvidenceError) {
        let members = try Members(bytes, of: "what is remembered of the gate of '\(repository)'")
        self.repository = repository
        gitDirectory = try members.text("git_directory")
        version = try members.text("version")
        isInstalled = try members.flag("installed")
        var settings: [Setting] = []
        for setting in try members.objects("settings") {
            settings.append(Setting(try setting.text("key"), try setting.text("value")))
        }
        self.settings = settings
    }

    /// The settings that differ from those before.
    fileprivate func changes(since before: GateStanding) -> [Lifecycle.Change] {
        var keys = settings.map(\.key)
        keys += before.settings.map(\.key).filter { !keys.contains($0) }
        return keys.compactMap { key in
            let (old, new) = (before[key], self[key])
            return old == new ? nil : Lifecycle.Change(key: key, old: old, new: new)
        }
    }

    private subscript(key: String) -> String? { settings.first { $0.key == key }?.value }
}

extension LedgerTransaction {
    /// How the gate of a repository stood when the ledger last heard of it; `nil` where it has none.
    package func standing(of repository: String) throws(LedgerError) -> GateStanding? {
        guard let bytes = try state(GateStanding.stateName(of: repository)), !bytes.isEmpty else { return nil }
        return try LedgerError.reading { () throws(EvidenceError) in try GateStanding(bytes, of: repository) }
    }

    /// Remembers how a gate stands.
    package func remember(_ standing: GateStanding) throws(LedgerError) {
        try setState(GateStanding.stateName(of: standing.repository), to: standing.bytes)
    }

    /// Forgets a gate that is taken away.
    package func forgetGate(of repository: String) throws(LedgerError) {
        try setState(GateStanding.stateName(of: repository), to: [])
    }

    /// Records what changed of a gate since the ledger last heard of it; `nil` where nothing did.
    ///
    /// `template` says the rest of the entries: whoever installs knows more than the hook does.
    package func recordChanges(
        to standing: GateStanding, as template: Lifecycle, by program: String
    ) throws(LedgerError) -> Int64? {
        guard let before = try self.standing(of: standing.repository) else {
            try remember(standing)
            return nil
        }
        var now = standing
        now.isInstalled = before.isInstalled || standing.isInstalled
        var entry: Int64?
        if now.version != before.version {
            var upgrade = template
            (upgrade.event, upgrade.from, upgrade.to) = (.upgraded, before.version, now.version)
            entry = try append(upgrade.draft(by: program))
        }
        let changes = now.changes(since: before)
        if !changes.isEmpty {
            var change = template
            (change.event, change.changes) = (.configChanged, changes)
            entry = try append(change.draft(by: program))
        }
        if now != before { try remember(now) }
        return entry
    }
}
