import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport

extension LogExamination {
    /// What was found, for a person; a line for each fault.
    func text(with erasures: Erasures) -> String {
        var lines = faults.map { "FAIL \($0.words)" }
        if faults.further > 0 { lines.append("FAIL \(faults.further) more") }
        lines.append("\(entries) entries, root \(root.hex)")
        lines.append("\(inputs) inputs, \(erased) erased")
        for (entry, erasure) in erasures.all {
            lines.append(
                "entry \(entry): \(ErasureSheet.words(erasure.entries)) erased at \(erasure.at) by \(erasure.by): "
                    + erasure.reason)
        }
        if !anchors.isEmpty { lines.append("\(anchors.count) anchors") }
        if let published {
            lines.append(
                "published: \(published.size) entries, \(isSigned ? "signature" : "no signature") checked")
        } else {
            lines.append("nothing is published")
        }
        return lines.map { Escaping.text(Array($0.utf8), limit: 4096) }.joined(separator: "\n")
    }

    func json(with erasures: Erasures) -> JSONText {
        let members: [(name: String, value: JSONText)] = [
            ("schema", .string("log-verification/v1")),
            ("entries", .integer(Int(entries))),
            ("root", .string(root.hex)),
            ("inputs", .integer(inputs)),
            ("erased", .integer(erased)),
            (
                "erasures",
                .array(
                    erasures.all.map { entry, erasure in
                        .object([
                            ("entry", .integer(Int(entry))), ("at", .string(erasure.at.description)),
                            ("by", .string(erasure.by)), ("reason", .string(erasure.reason)),
                            ("entries", .integer(erasure.entries.reduce(0) { $0 + $1.count })),
                        ])
                    })
            ),
            ("anchors", .integer(anchors.count)),
            ("published", published.map { .integer(Int($0.size)) } ?? .null),
            ("signature_checked", .boolean(isSigned)),
        ]
        return .object(members + faults.members)
    }
}

extension LogFaults {
    /// As members of whatever tells of a verification.
    var members: [(name: String, value: JSONText)] {
        let faults = map { fault in
            JSONText.object([
                ("entry", fault.entry.map { .integer(Int($0)) } ?? .null), ("words", .string(fault.words)),
            ])
        }
        return [("further_faults", .integer(further)), ("faults", .array(faults))]
    }
}
