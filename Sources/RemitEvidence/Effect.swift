import RemitLedger
package import RemitModel
import RemitReport

/// What became of a push: the refs that moved, each with the decision that let it.
package struct Effect: Hashable, Sendable {
    package static let schema = "effect/v1"

    package let repository: String
    package let pusher: Pusher?
    package let at: Instant
    package let landed: [Landed]

    /// One ref that moved.
    package struct Landed: Hashable, Sendable {
        package let update: RefUpdate
        /// The sequence of the decision; `nil` where nothing judged it.
        package let decision: Int64?

        package init(_ update: RefUpdate, by decision: Int64?) {
            self.update = update
            self.decision = decision
        }
    }

    package init(repository: String, pusher: Pusher?, at moment: Instant, landed: [Landed]) {
        self.repository = repository
        self.pusher = pusher
        at = moment
        self.landed = landed
    }

    package var undecided: [RefUpdate] { landed.filter { $0.decision == nil }.map(\.update) }

    package var bytes: [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)),
            ("repository", .string(repository)),
            (
                "pusher",
                pusher.map {
                    .object([("login", .bytes($0.login)), ("vouched_by", .string($0.vouchedBy))])
                } ?? .null
            ),
            ("at", .string(at.description)),
            ("updates", .array(landed.map(Self.json))),
        ]).encoded
    }

    private static func json(_ landed: Landed) -> JSONText {
        .object([
            ("ref", .bytes(landed.update.ref)), ("old", .string(landed.update.old.hex)),
            ("new", .string(landed.update.new.hex)),
            ("decision", landed.decision.map { .integer(Int($0)) } ?? .null),
        ])
    }

    /// Reads the document of an effect.
    package init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema else { throw members.fault("it is no effect") }
        repository = try members.text("repository")
        if let value = members["pusher"] {
            let account = try Members(value, of: "\(source), 'pusher'")
            pusher = Pusher(login: try account.bytes("login"), vouchedBy: try account.text("vouched_by"))
        } else {
            pusher = nil
        }
        at = try members.instant("at")
        var landed: [Landed] = []
        for update in try members.objects("updates") {
            landed.append(
                Landed(
                    try RefUpdate(update),
                    by: update["decision"] == nil ? nil : Int64(try update.number("decision"))))
        }
        self.landed = landed
    }
}

extension EntryDraft {
    /// An effect with everything by which it is found again.
    package init(of effect: Effect, by program: String) {
        let repository = ByteString(effect.repository)
        var subjects: Set<Subject> = []
        for update in effect.landed.map(\.update) {
            subjects.insert(.update(update, in: repository))
            subjects.insert(.ref(update.ref, in: repository))
            if !update.isDeletion { subjects.insert(.commit(update.new, in: repository)) }
        }
        self.init(
            .effect(landed: effect.landed.count, undecided: effect.undecided.count), at: effect.at, program: program,
            repository: effect.repository, document: effect.bytes, subjects: subjects)
    }
}
