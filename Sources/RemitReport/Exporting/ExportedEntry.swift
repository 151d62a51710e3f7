package import RemitModel

/// An entry of a log as other systems are told of it: what its leaf says, and what is left of the rest.
package struct ExportedEntry: Sendable {
    package let name: Trace.Entry
    /// The SHA-256 of the leaf's bytes, in hexadecimal: it is in the log's tree, and no other entry has it.
    package let digest: String
    package let at: Instant
    /// The program that wrote it, and its version.
    package let program: String
    package let repository: String
    package let content: Content

    package enum Content: Sendable {
        /// `decision` is `nil` once it was erased.
        case decision(Verdict, Decision?, Policy?)
        case effect(landed: Int, undecided: Int, details: EffectDetails?)
        case lifecycle(event: String, details: [Detail])
        /// The size of the tree whose checkpoint somebody else keeps.
        case anchor(size: Int)
    }

    /// What a leaf says of a decision.
    package struct Verdict: Hashable, Sendable {
        package let submission: String
        package let outcome: Outcome
        package let mode: Mode
        package let isOverridden: Bool

        package init(submission: String, outcome: Outcome, mode: Mode, isOverridden: Bool) {
            self.submission = submission
            self.outcome = outcome
            self.mode = mode
            self.isOverridden = isOverridden
        }

        var letsThrough: Bool { outcome == .allowed || mode == .monitor }
    }

    /// Whose policy was decided under.
    package struct Policy: Hashable, Sendable {
        package let organisation: String
        /// The digest of `authority.toml`.
        package let digest: RecordID

        package init(organisation: String, digest: RecordID) {
            self.organisation = organisation
            self.digest = digest
        }
    }

    package struct EffectDetails: Sendable {
        package let pusher: Pusher?
        /// What landed, each with the number of its decision.
        package let updates: [(update: RefUpdate, decision: Int64?)]

        package init(pusher: Pusher?, updates: [(update: RefUpdate, decision: Int64?)]) {
            self.pusher = pusher
            self.updates = updates
        }
    }

    /// Something that a document says, by its name there.
    package struct Detail: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        _ name: Trace.Entry, digest: String, at moment: Instant, program: String, repository: String, content: Content
    ) {
        self.name = name
        self.digest = digest
        at = moment
        self.program = program
        self.repository = repository
        self.content = content
    }

    /// The program's version alone: "0.1.0" of "remit-hook 0.1.0".
    var version: String { program.split(separator: " ").last.map(String.init) ?? program }

    /// The whole decision, unless it was erased.
    var decision: Decision? { if case .decision(_, let decision, _) = content { decision } else { nil } }
}

// What kind of event it is, in one word and by how much it matters.
extension ExportedEntry {
    /// The class of the event: the kind of the entry, and what happened.
    package var eventClass: String {
        switch content {
        case .decision(let verdict, _, _): "decision.\(Self.word(verdict))"
        case .effect(_, let undecided, _): undecided > 0 ? "effect.undecided" : "effect.landed"
        case .lifecycle(let event, _): "lifecycle.\(event)"
        case .anchor: "anchor"
        }
    }

    private static func word(_ verdict: Verdict) -> String {
        switch (verdict.outcome, verdict.mode) {
        case (.allowed, _): verdict.isOverridden ? "override" : "allowed"
        // It was let through all the same.
        case (_, .monitor): "monitor"
        case (.refused, .enforce): "refused"
        case (.undecided, .enforce): "undecided"
        }
    }

    package enum Severity: Hashable, Sendable {
        case informational
        case medium
        case high
    }

    package var severity: Severity {
        switch eventClass {
        case "decision.allowed", "effect.landed", "lifecycle.installed", "lifecycle.upgraded", "anchor": .informational
        case "effect.undecided", "lifecycle.disabled": .high
        default: .medium
        }
    }

    /// What happened, in a few words without any value.
    package var title: SafeText {
        switch content {
        case .decision(let verdict, _, _):
            switch eventClass {
            case "decision.override": "\(word: verdict.submission) allowed by an exception"
            case "decision.monitor": "\(word: verdict.submission) let through in monitor mode"
            default: "\(word: verdict.submission) \(plain: verdict.outcome.rawValue)"
            }
        case .effect(_, let undecided, _): undecided > 0 ? "ref moved without a decision" : "push landed"
        case .lifecycle(let event, _): "gate \(word: event)"
        case .anchor: "checkpoint kept elsewhere"
        }
    }

    /// The first fault, or what an allowed submission stands on; of the rest, what its leaf says.
    package var message: SafeText {
        switch content {
        case .decision(_, let decision?, _):
            let occasion = Occasion(decision.submission)
            let fault = decision.findings.first.map { Sentence(FindingGroup($0, as: occasion)).fault }
            return fault ?? occasion.opening(of: decision).first ?? AllowedLine.unmarked(decision)
        case .decision: return "\(title); its document was erased"
        case .effect(let landed, let undecided, _): return "\(landed) refs moved, \(undecided) of them undecided"
        case .lifecycle(_, let details):
            return details.isEmpty
                ? title
                : SafeText.joined(details.map { "\(plain: $0.name) \(plain: $0.value)" }, by: ", ")
        case .anchor(let size): return "\(size) entries"
        }
    }

    /// Who did it, as far as it is known: a login, or the account that started a job.
    package var account: ByteString? {
        switch content {
        case .decision(_, let decision, _): decision?.pusher?.login ?? decision?.job?.actor.map { ByteString($0) }
        case .effect(_, _, let details): details?.pusher?.login
        case .lifecycle, .anchor: nil
        }
    }

    /// What moved, or would have.
    package var updates: [RefUpdate] {
        switch content {
        case .decision(_, let decision, _): decision?.updates ?? []
        case .effect(_, _, let details): details?.updates.map(\.update) ?? []
        case .lifecycle, .anchor: []
        }
    }
}
