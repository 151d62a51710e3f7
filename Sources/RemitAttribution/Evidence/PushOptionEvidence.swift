import RemitFormats
package import RemitModel

// The evidence of `git push -o agent=<id>`: whoever pushes says that an agent does.
//
// It holds for every commit of the push, as the pusher's account does. A claim, so `declared`; `definite`, since nobody
// writes it by accident. It adds an agent and takes none away. Options that hosts define (`merge_request.…`, `ci.…`,
// Gerrit's) are not looked at.
extension MarkCatalogue {
    private static let option = "agent="

    /// What the options of a push say.
    package func scan(options: [ByteString]) -> MarkScan {
        var scan = MarkScan()
        for option in options where option.starts(with: Self.option) {
            let value = String(validating: option.bytes.dropFirst(Self.option.utf8.count), as: UTF8.self)
            // What could be no id is an agent that nobody has registered: unknown means no.
            let id = value.flatMap { RecordTable.isIdentifier($0) ? $0 : nil } ?? Self.unnamed
            scan.add(
                Evidence(
                    agent: id, place: .pushOption, strength: MarkPlace.pushOption.strength,
                    confidence: .definite, excerpt: option))
        }
        return scan
    }

    /// The id for an option that names no agent: no record can have it.
    private static let unnamed = "?"
}
