import RemitEvidence
import RemitModel
import RemitReport

/// What `remit log coverage` found, in lines and as JSON.
struct CoverageReport {
    static let schema = "coverage/v1"
    private static let lineAtMost = 4096

    private var found: [Coverage] = []

    mutating func add(_ coverage: Coverage) { found.append(coverage) }

    var hasGaps: Bool { found.contains { !$0.gaps.isEmpty } }

    var text: String { found.flatMap(Self.lines).map { $0 + "\n" }.joined() }

    private static func lines(of coverage: Coverage) -> [String] {
        var lines = coverage.gaps.map { line("GAP", $0, coverage) }
        lines += coverage.notLanded.map { gap in
            guard case .record(let update, let entry) = gap else { return line("note", gap, coverage) }
            return line("note", "landing", "decision \(entry): \(words(update)) was allowed and did not land", coverage)
        }
        if coverage.erased > 0 {
            lines.append(
                line(
                    "note", "erased",
                    "\(coverage.erased) entries were erased: what they let is not known any more", coverage))
        }
        if coverage.gaps.isEmpty {
            lines.append(
                line(
                    "ok", "covered",
                    "\(coverage.refs) refs and \(coverage.movements) logged movements agree with \(coverage.decisions) "
                        + "decisions and \(coverage.effects) effects", coverage))
        }
        return lines
    }

    private static func line(_ status: String, _ gap: Coverage.Gap, _ coverage: Coverage) -> String {
        line(status, word(gap), sentence(gap), coverage)
    }

    /// Nothing in it can steer a terminal.
    private static func line(_ status: String, _ word: String, _ text: String, _ coverage: Coverage) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.utf8.count))
        }
        return padded(status, 5) + padded(word, 10)
            + Escaping.text(Array("\(coverage.repository): \(text)".utf8), limit: lineAtMost)
    }

    private static func word(_ gap: Coverage.Gap) -> String {
        switch gap {
        case .ref: "ref"
        case .movement: "movement"
        case .effect: "effect"
        case .record: "record"
        case .disabled: "disabled"
        case .beginning: "beginning"
        }
    }

    private static func sentence(_ gap: Coverage.Gap) -> String {
        switch gap {
        case .ref(let name, let value) where value.isZero: "\(quoted(name)) is gone, which no decision let"
        case .ref(let name, let value): "\(quoted(name)) is at \(value.abbreviated) which no decision let"
        case .movement(let update, let at): "\(words(update)) at \(at) which no decision let"
        case .effect(let update, let entry): "entry \(entry): \(words(update)) without a decision"
        case .record(let update, let entry): "decision \(entry): \(words(update)) which no effect records"
        case .disabled(let since, let until):
            "the gate was away from \(since.at) (entry \(since.entry)) "
                + (until.map { "to \($0.at) (entry \($0.entry))" } ?? "until now")
        case .beginning: "no installation is on record: nothing tells what stood before the first decision"
        }
    }

    private static func words(_ update: RefUpdate) -> String {
        let name = quoted(update.ref)
        if update.isCreation { return "\(name) from nothing to \(update.new.abbreviated)" }
        if update.isDeletion { return "\(name) from \(update.old.abbreviated) to nothing" }
        return "\(name) from \(update.old.abbreviated) to \(update.new.abbreviated)"
    }

    private static func quoted(_ name: ByteString) -> String { "'\(String(decoding: name.bytes, as: UTF8.self))'" }

    var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("outcome", .string(hasGaps ? "gaps" : "covered")),
            (
                "repositories",
                .array(
                    found.map { coverage in
                        .object([
                            ("repository", .string(coverage.repository)),
                            ("refs", .integer(coverage.refs)),
                            ("movements", .integer(coverage.movements)),
                            ("decisions", .integer(coverage.decisions)),
                            ("effects", .integer(coverage.effects)),
                            ("erased", .integer(coverage.erased)),
                            ("gaps", .array(coverage.gaps.map(Self.json))),
                            ("not_landed", .array(coverage.notLanded.map(Self.json))),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ gap: Coverage.Gap) -> JSONText {
        let members: [(name: String, value: JSONText)] =
            switch gap {
            case .ref(let name, let value): [("ref", .bytes(name)), ("new", .string(value.hex))]
            case .movement(let update, let at): json(update) + [("at", .string(at.description))]
            case .effect(let update, let entry), .record(let update, let entry):
                json(update) + [("entry", .integer(Int(entry)))]
            case .disabled(let since, let until):
                [
                    ("since", json(since)), ("until", until.map(json) ?? .null),
                ]
            case .beginning: []
            }
        return .object([("kind", .string(word(gap)))] + members)
    }

    private static func json(_ update: RefUpdate) -> [(name: String, value: JSONText)] {
        [("ref", .bytes(update.ref)), ("old", .string(update.old.hex)), ("new", .string(update.new.hex))]
    }

    private static func json(_ moment: Coverage.Moment) -> JSONText {
        .object([("entry", .integer(Int(moment.entry))), ("at", .string(moment.at.description))])
    }
}
