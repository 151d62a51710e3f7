import RemitFormats
import RemitLedger
package import RemitModel
import RemitReport

/// That entries were erased: by whom, why, and which.
///
/// What was looked for is not told: it may be the very name that had to go.
package struct Erasure: Hashable, Sendable {
    package static let schema = "erasure/v1"
    /// The word for it in the leaf of a lifecycle entry.
    package static let event = "erased"

    package let at: Instant
    /// Who erased, as that person or account is called.
    package let by: String
    package let reason: String
    /// In their order, without gaps inside.
    package let entries: [ClosedRange<Int64>]
    /// How many inputs were deleted, and how many of those entries' were kept, since others rest on them.
    package let deleted: Int
    package let kept: Int

    package init(
        at moment: Instant, by person: String, reason: String, entries: [ClosedRange<Int64>], deleted: Int, kept: Int
    ) {
        at = moment
        by = person
        self.reason = reason
        self.entries = entries
        self.deleted = deleted
        self.kept = kept
    }

    package var bytes: [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)),
            ("event", .string(Self.event)),
            ("at", .string(at.description)),
            ("by", .string(by)),
            ("reason", .string(reason)),
            (
                "entries",
                .array(entries.map { .array([.integer(Int($0.lowerBound)), .integer(Int($0.upperBound))]) })
            ),
            ("deleted", .integer(deleted)),
            ("kept", .integer(kept)),
        ]).encoded
    }

    package init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema else { throw members.fault("it is no erasure") }
        at = try members.instant("at")
        by = try members.text("by")
        reason = try members.text("reason")
        deleted = try members.number("deleted")
        kept = try members.number("kept")
        var entries: [ClosedRange<Int64>] = []
        for value in try members.list("entries") {
            guard case .list(let ends) = value, ends.count == 2, case .number(let first) = ends[0],
                case .number(let last) = ends[1], first > 0, first <= last
            else { throw members.fault("'entries' holds what is no range") }
            entries.append(Int64(first)...Int64(last))
        }
        self.entries = entries
    }

    package func draft(by program: String) -> EntryDraft {
        // It is about entries, whatever their repositories.
        EntryDraft(.lifecycle(event: Self.event), at: at, program: program, repository: "", document: bytes)
    }
}

/// The erasures of a log, by the entries that tell of them.
package struct Erasures: Sendable {
    package private(set) var all: [(entry: Int64, erasure: Erasure)] = []

    /// Reads them; an erasure that cannot be read explains nothing.
    package init(in store: some EvidenceStore, log: String) throws(EvidenceError) {
        var last: Int64 = 0
        while true {
            let page = try store.entries(in: log, after: last, limit: Ledger.maximumPageCount)
            guard let end = page.last else { return }
            last = end.sequence
            for entry in page where entry.kind == .lifecycle {
                do throws(EvidenceError) {
                    let read = try store.read(entry, of: log)
                    guard read.leaf.summary == .lifecycle(event: Erasure.event), let document = read.document else {
                        continue
                    }
                    all.append((entry.sequence, try Erasure(document, of: "the document of entry \(entry.sequence)")))
                } catch { continue }
            }
        }
    }

    /// What no erasure tells of, among entries that have lost what they rest on.
    package func untold(among ranges: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
        var left = ranges
        for (entry, erasure) in all {
            // An erasure tells of what came before it.
            for told in erasure.entries where told.lowerBound < entry {
                left = left.flatMap { Self.rest(of: $0, without: told.lowerBound...min(told.upperBound, entry - 1)) }
            }
        }
        return left
    }

    private static func rest(of range: ClosedRange<Int64>, without told: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
        guard range.overlaps(told) else { return [range] }
        var rest: [ClosedRange<Int64>] = []
        if range.lowerBound < told.lowerBound { rest.append(range.lowerBound...told.lowerBound - 1) }
        if range.upperBound > told.upperBound { rest.append(told.upperBound + 1...range.upperBound) }
        return rest
    }
}
