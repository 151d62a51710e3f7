import RemitModel

/// What one commit does to a record and to the signatures beside it.
struct RecordChange {
    let place: AuthorityPlace
    /// The change of the record itself; `nil` when only signatures change.
    private(set) var file: Change?
    private(set) var signatures: [Change] = []

    var path: String { place.path }
    var isRemoval: Bool { file.map { $0.new == nil } ?? false }
    /// Whether nothing is left of what the commit touches.
    var onlyRemoves: Bool { (signatures + [file].compactMap(\.self)).allSatisfy { $0.new == nil } }

    /// Sorts the changes of a commit by the record that they are about, in the order in which each is first named.
    ///
    /// What does not belong into an authority is told; where something lies that must not be read, no more is looked at.
    static func sort(_ changes: [Change], _ sheet: inout FindingSheet) -> (records: [RecordChange], canBeRead: Bool) {
        var moves = Moves()
        var canBeRead = true
        for change in changes {
            if let fault = change.new?.mode.faultInAuthority {
                sheet.refuse(.authorityLayout, change.path, fault)
                canBeRead = false
                continue
            }
            guard let path = String(validating: change.path.bytes, as: UTF8.self), let file = AuthorityFile(path: path)
            else {
                // What lay there before the guard came may always be taken away.
                if change.new != nil { sheet.refuse(.authorityLayout, change.path, "no record lies there") }
                continue
            }
            moves.add(change, of: file)
        }
        var records: [RecordChange] = []
        var positions: [AuthorityPlace: Int] = [:]
        for (file, change) in moves.all {
            // A mode that is mended leaves the record as it is, and so does a shelf on which it comes to lie.
            guard change.new?.id != change.old?.id else { continue }
            let position = positions[file.place] ?? records.count
            if position == records.count {
                records.append(RecordChange(place: file.place))
                positions[file.place] = position
            }
            if file.signature == nil {
                records[position].file = change
            } else {
                records[position].signatures.append(change)
            }
        }
        return (records, canBeRead)
    }

    private init(place: AuthorityPlace) {
        self.place = place
    }
}

/// The changes of files by the names under which they are asked for: from a directory to a shelf is one change.
private struct Moves {
    private(set) var all: [(file: AuthorityFile, change: Change)] = []
    private var positions: [String: Int] = [:]

    mutating func add(_ change: Change, of file: AuthorityFile) {
        let path = file.path
        guard let position = positions[path] else {
            positions[path] = all.count
            all.append((file, Change(path: ByteString(path), old: change.old, new: change.new)))
            return
        }
        // Two files that come at once are found as two when the record is read.
        let other = all[position].change
        all[position].change = Change(
            path: other.path, old: other.old ?? change.old, new: other.new ?? change.new)
    }
}

extension FileMode {
    /// Why no record has this mode; `nil` for a plain file.
    fileprivate var faultInAuthority: String? {
        switch self {
        case .regular: nil
        // Nothing can be read from it, and no record can take its place.
        case .tree: "it is an empty directory, and records are plain files"
        case .executable: "it is executable, and records are plain files"
        case .symlink: "it is a symbolic link, and records are plain files"
        case .gitlink: "it is a submodule, and records are plain files"
        }
    }
}

/// The findings about one commit.
struct FindingSheet {
    let ref: ByteString
    let commit: ObjectID
    /// Whom to ask where a finding does not know better.
    var ask: [String]
    private(set) var findings: [Finding] = []

    init(ref: ByteString, commit: ObjectID, ask: [String]) {
        self.ref = ref
        self.commit = commit
        self.ask = ask
    }

    mutating func refuse(
        _ rule: RuleCode, _ path: ByteString, _ reason: String, ask: [String]? = nil, delegation: RecordID? = nil
    ) {
        findings.append(
            Finding(
                rule, ref: ref, commit: commit, path: path,
                facts: .init(delegation: delegation, ask: ask ?? self.ask, reason: reason)))
    }

    mutating func refuse(
        _ rule: RuleCode, _ path: String, _ reason: String, ask: [String]? = nil, delegation: RecordID? = nil
    ) {
        refuse(rule, ByteString(path), reason, ask: ask, delegation: delegation)
    }
}
