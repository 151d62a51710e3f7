package import RemitModel
import RemitReport

/// Something that was done to a gate itself, so that a gap in the decisions is explained.
package struct Lifecycle: Hashable, Sendable {
    package static let schema = "lifecycle/v1"

    package enum Event: String, Hashable, Sendable, CaseIterable {
        case installed
        case upgraded
        case configChanged = "config-changed"
        case disabled
        /// Of the ledger itself: its entries bear later times than the clock, and the clock is right.
        case clockAccepted = "clock-accepted"
        /// An operator took the log's alarm away.
        case alarmCleared = "alarm-cleared"
    }

    /// A setting that is not what it was.
    package struct Change: Hashable, Sendable {
        package let key: String
        /// `nil` where it was not set, or is not any more.
        package let old: String?
        package let new: String?

        package init(key: String, old: String?, new: String?) {
            self.key = key
            self.old = old
            self.new = new
        }
    }

    package var event: Event
    package var at: Instant
    package var repository: String
    package var gitDirectory: String
    package var mode: Mode?
    /// The authority's commit that was verified.
    package var authority: ObjectID?
    package var policyVersion: Int?
    /// The program that the hook runs.
    package var program: String?
    /// The hook of someone else that is run after ours.
    package var chained: String?
    package var changes: [Change] = []
    /// Of an upgrade: the versions before and after.
    package var from: String?
    package var to: String?

    package init(_ event: Event, at moment: Instant, repository: String, gitDirectory: String) {
        self.event = event
        at = moment
        self.repository = repository
        self.gitDirectory = gitDirectory
    }

    package var bytes: [UInt8] {
        func text(_ value: String?) -> JSONText { value.map(JSONText.string) ?? .null }
        let changes = changes.map { change in
            JSONText.object([("key", .string(change.key)), ("old", text(change.old)), ("new", text(change.new))])
        }
        // In two parts: as one literal it is more than the type checker takes.
        let about: [(name: String, value: JSONText)] = [
            ("schema", .string(Self.schema)),
            ("event", .string(event.rawValue)),
            ("at", .string(at.description)),
            ("repository", .string(repository)),
            ("git_directory", .string(gitDirectory)),
            ("mode", text(mode?.rawValue)),
            ("authority", text(authority?.hex)),
            ("policy_version", policyVersion.map(JSONText.integer) ?? .null),
        ]
        let rest: [(name: String, value: JSONText)] = [
            ("program", text(program)), ("chained", text(chained)), ("changes", .array(changes)),
            ("from", text(from)), ("to", text(to)),
        ]
        return JSONText.object(about + rest).encoded
    }

    package func draft(by program: String, inputs: [(role: String, bytes: [UInt8])] = []) -> EntryDraft {
        EntryDraft(
            .lifecycle(event: event.rawValue), at: at, program: program, repository: repository, document: bytes,
            inputs: inputs)
    }
}
