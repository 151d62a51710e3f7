package import RemitAttribution
import RemitFormats
package import RemitGit
package import RemitModel

/// The records that lie beside commits and say who wrote them: git notes, and the file of Agent Trace.
///
/// All of them are claims of whoever may push them, the file even of the very pusher. So what is read here can add an
/// agent to a commit and take none away (DESIGN, invariant 5).
final class RecordsBeside {
    private let reader: GitReader
    private let attributor: Attributor
    /// The refs of notes, and what they would point at after the submission; none before it is known.
    private var notes: [(format: RecordBeside.Format, tip: ObjectID)] = []
    /// The file of records at the tip of the ref that is judged.
    private var file: ObjectID?

    init(_ reader: GitReader, attributor: Attributor) {
        self.reader = reader
        self.attributor = attributor
    }

    /// Looks for notes: where the submission moves them, what they would be then.
    func begin(_ updates: [RefUpdate]) throws(GateError) {
        notes = []
        for format in RecordBeside.Format.allCases {
            let tip: ObjectID?
            if let update = updates.first(where: { $0.ref == format.ref }) {
                tip = update.isDeletion ? nil : update.new
            } else {
                tip = try GateError.reading { () throws(GitError) in
                    try reader.repository.reference(since: format.ref)
                }
            }
            if let tip { notes.append((format, tip)) }
        }
    }

    /// Looks for records in what a ref would point at.
    func begin(tip: ObjectID?, of update: RefUpdate) throws(GateError) {
        file = nil
        guard let tip, !Self.holdsNotes(update.ref) else { return }
        do throws(GitError) {
            let entry = try reader.repository.entry(since: AgentTrace.file, inTree: tip)
            // A link or a directory there is nobody's record.
            if let entry, entry.mode == .regular || entry.mode == .executable { file = entry.id }
        } catch {
            // A tree that is told apart by nobody holds no record; what it does to a commit is judged with the commit.
            guard error.code == .malformedTree else { throw GateError(error, ref: update.ref) }
        }
    }

    /// The commits of notes are not what notes are about.
    private static func holdsNotes(_ ref: ByteString) -> Bool { ref.starts(with: "refs/notes/") }

    /// What the records say of a commit.
    ///
    /// - Parameter changed: the paths that the commit changes, asked where a record names a file of the pushed tree.
    func evidence(
        for id: ObjectID, _ commit: RawCommit, on update: RefUpdate,
        changing changed: () throws(GateError) -> Set<ByteString>
    ) throws(GateError) -> [Evidence] {
        guard !Self.holdsNotes(update.ref) else { return [] }
        var evidence: [Evidence] = []
        for (format, tip) in notes {
            let readings = try GateError.reading(update.ref) { () throws(GitError) in
                try reader.repository.notes(on: id, at: tip, as: format)
            }
            for reading in readings { evidence += attributor.evidence(of: reading, in: format.ref, .note) }
        }
        guard let file else { return evidence }
        let reading = try GateError.reading(update.ref) { () throws(GitError) in
            try reader.repository.traces(of: id, parents: commit.parents, inFile: file)
        }
        guard let reading else { return evidence }
        return evidence + attributor.evidence(of: try held(reading, against: changed), in: AgentTrace.file, .record)
    }

    /// A record of another's making counts for the files alone that the commit changes.
    private func held(
        _ reading: RecordBeside, against changed: () throws(GateError) -> Set<ByteString>
    ) throws(GateError) -> RecordBeside {
        guard case .lines(let lines) = reading, !lines.shares.isEmpty else { return reading }
        let paths = try changed()
        return .lines(lines.filtered(paths.contains))
    }
}

extension Attributor {
    fileprivate func evidence(of reading: RecordBeside, in source: ByteString, _ place: MarkPlace) -> [Evidence] {
        switch reading {
        case .lines(let lines): evidence(for: lines, place)
        case .unreadable(let reason): evidence(forUnreadable: source, because: reason, place)
        }
    }
}

/// The notes of a repository that say who wrote its commits, where a history is read and nothing is judged.
package struct HistoryNotes {
    private let tips: [(format: RecordBeside.Format, tip: ObjectID)]

    /// Looks for their refs.
    package init(of repository: borrowing Repository) throws(GitError) {
        var tips: [(format: RecordBeside.Format, tip: ObjectID)] = []
        for format in RecordBeside.Format.allCases {
            if let tip = try repository.reference(format.ref) { tips.append((format, tip)) }
        }
        self.tips = tips
    }

    /// What the notes on a commit say.
    package func evidence(
        for commit: ObjectID, in repository: borrowing Repository, by attributor: Attributor
    ) throws(GitError) -> [Evidence] {
        var evidence: [Evidence] = []
        for (format, tip) in tips {
            for reading in try RecordBeside.notes(on: commit, at: tip, as: format, in: repository) {
                evidence += attributor.evidence(of: reading, in: format.ref, .note)
            }
        }
        return evidence
    }
}
