import RemitEvidence
import RemitFormats
import RemitGit
import RemitModel
import RemitReport

/// What one record beside a commit says, as it was read.
enum RecordBeside: Hashable {
    case lines(AttestedLines)
    case unreadable(String)

    enum Format: String, CaseIterable {
        case authorship
        case trace = "agent-trace"

        /// The ref under which tools keep notes of it.
        var ref: ByteString {
            switch self {
            case .authorship: "refs/notes/ai"
            case .trace: "refs/notes/agent-trace"
            }
        }
    }

    /// The records that notes on a commit are; too large ones are told, not read.
    static func notes(
        on commit: ObjectID, at tip: ObjectID, as format: Format, in repository: borrowing Repository
    ) throws(GitError) -> [RecordBeside] {
        let blobs: [ObjectID]
        do throws(GitError) {
            blobs = try repository.notes(on: commit, at: tip)
        } catch {
            guard error.code == .malformedTree || error.code == .limit else { throw error }
            return [.unreadable(error.reason)]
        }
        var readings: [RecordBeside] = []
        for blob in blobs {
            guard try repository.size(of: blob) <= AuthorshipLog.maximumByteCount else {
                readings.append(.unreadable("it is longer than \(AuthorshipLog.maximumByteCount) bytes"))
                continue
            }
            readings.append(RecordBeside(try repository.read(blob, expecting: .blob), format))
        }
        return readings
    }

    fileprivate init(_ bytes: [UInt8], _ format: Format) {
        switch format {
        case .authorship:
            do throws(RecordBesideError) {
                self = .lines(try AuthorshipLog.parse(bytes))
            } catch {
                self = .unreadable(error.reason)
            }
        case .trace:
            let found = AgentTrace.parse(bytes)
            self.init(found.records, found.fault)
        }
    }

    /// All records together; the fault where nothing could be read.
    fileprivate init(_ records: [AgentTrace], _ fault: RecordBesideError?) {
        let shares = records.flatMap(\.lines.shares)
        if shares.isEmpty, let fault {
            self = .unreadable(fault.reason)
        } else {
            let persons = records.reduce(0) { $0 + $1.lines.personLines }
            self = .lines(
                AttestedLines(shares: Array(shares.prefix(AttestedLines.maximumShares)), personLines: persons))
        }
    }
}

/// The records of one file, by the commits that they are about.
final class TraceFile {
    private var byCommit: [ObjectID: [AgentTrace]] = [:]
    private var byParent: [ObjectID: [AgentTrace]] = [:]
    private let fault: RecordBesideError?

    fileprivate init(_ found: AgentTrace.Records) {
        fault = found.fault
        for record in found.records where !record.lines.shares.isEmpty {
            switch record.revision {
            case .commit(let id): byCommit[id, default: []].append(record)
            case .parent(let id): byParent[id, default: []].append(record)
            case nil: break
            }
        }
    }

    fileprivate func reading(of id: ObjectID, parents: [ObjectID]) -> RecordBeside? {
        let records = (byCommit[id] ?? []) + parents.flatMap { byParent[$0] ?? [] }
        return records.isEmpty && fault == nil ? nil : RecordBeside(records, fault)
    }
}

// An archive keeps what was read of a record and not its bytes: people's conversations stand in some.
extension RepositoryView {
    /// The records that notes on a commit are.
    ///
    /// An archive without an answer is of a gate that did not ask.
    func notes(
        on commit: ObjectID, at tip: ObjectID, as format: RecordBeside.Format
    ) throws(GitError) -> [RecordBeside] {
        try ask(since: "\(format.rawValue) \(tip) \(commit)", or: []) { repository throws(GitError) in
            try RecordBeside.notes(on: commit, at: tip, as: format, in: repository)
        }
    }

    /// What a file of Agent Trace says of a commit; `nil` where it says nothing.
    func traces(
        of commit: ObjectID, parents: [ObjectID], inFile blob: ObjectID
    ) throws(GitError) -> RecordBeside? {
        try ask(since: "traces \(blob) \(commit)", or: nil) { repository throws(GitError) in
            try traceFile(blob, in: repository).reading(of: commit, parents: parents)
        }
    }

    /// Read once for all commits that are pushed with it.
    private func traceFile(_ blob: ObjectID, in repository: borrowing Repository) throws(GitError) -> TraceFile {
        if let traceFile, traceFile.blob == blob { return traceFile.file }
        let file: TraceFile
        if try repository.size(of: blob) > AgentTrace.maximumByteCount {
            let reason = "it is longer than \(AgentTrace.maximumByteCount) bytes"
            file = TraceFile(AgentTrace.Records(fault: RecordBesideError(reason)))
        } else {
            file = TraceFile(AgentTrace.parse(try repository.read(blob, expecting: .blob)))
        }
        traceFile = (blob, file)
        return file
    }
}

extension RecordBeside: Archivable {
    var archived: JSONText {
        switch self {
        case .unreadable(let reason): .string(reason)
        case .lines(let lines): .array([lines.personLines.archived, .array(lines.shares.map(\.archived))])
        }
    }

    init?(archived: JSONValue) {
        switch archived {
        case .text(let reason): self = .unreadable(reason)
        case .list(let parts):
            guard parts.count == 2, let persons = Int(archived: parts[0]),
                let shares = [AttestedLines.Share](archived: parts[1])
            else { return nil }
            self = .lines(AttestedLines(shares: shares, personLines: persons))
        default: return nil
        }
    }
}

extension AttestedLines.Share: Archivable {
    var archived: JSONText { .array([tool.archived, path.archived, lines.archived, shown.archived]) }

    init?(archived: JSONValue) {
        guard case .list(let parts) = archived, parts.count == 4, let tool = String?(archived: parts[0]),
            let path = ByteString?(archived: parts[1]), let lines = Int(archived: parts[2]),
            let shown = ByteString(archived: parts[3])
        else { return nil }
        self.init(tool: tool, path: path, lines: lines, shown: shown)
    }
}
