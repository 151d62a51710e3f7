import RemitFormats
package import RemitGit
package import RemitModel
import RemitReport

/// A repository as the gate sees it: everything that is asked of it goes through here, and can be kept.
///
/// It stands before the repository itself, or before what a transcript says that one answered.
package final class RepositoryView {
    private let live: Live?
    private let archived: ArchivedAnswers?
    /// What keeps the answers; `nil` where nobody will ask for them again.
    var transcript: Transcript?
    /// The file of Agent Trace that was read last.
    var traceFile: (blob: ObjectID, file: TraceFile)?
    private var looksAtTheClock = 0
    /// How many questions were put since the judging began.
    private var questions = 0
    private var limit: TimeLimit?
    /// The question from which on none is answered, and why; `nil` while there is time.
    private var end: (question: Int, reason: String)?

    private final class Live {
        let repository: Repository

        init(_ repository: consuming Repository) {
            self.repository = repository
        }
    }

    init(_ repository: consuming Repository) {
        live = Live(repository)
        archived = nil
    }

    init(_ answers: ArchivedAnswers) {
        live = nil
        archived = answers
    }

    /// Where the repository lies; only its live one lies anywhere.
    package var location: RepositoryLocation? { live?.repository.location }

    /// Puts a question, and keeps its answer.
    private func ask<Value: Archivable>(
        _ question: @autoclosure () -> String, _ answer: (borrowing Repository) throws(GitError) -> Value
    ) throws(GitError) -> Value {
        questions += 1
        if let end, questions >= end.question { throw Self.overdue(end.reason) }
        guard let live else {
            let question = question()
            return try (archived ?? .none).recall(question) { isThere in
                isThere
                    ? GitError(.corrupt, "transcript", "the archive's answer to '\(question)' cannot be read")
                    : GitError(.notFound, "transcript", "the archive has no answer to '\(question)'")
            }
        }
        if live.repository.stopwatch.look() { throw stop(at: questions) }
        do throws(GitError) {
            let value = try answer(live.repository)
            // Whatever came of it: libgit2 may have taken the end of a walk for the end of a history.
            if live.repository.stopwatch.isOver { throw stop(at: questions) }
            if let transcript { transcript.keep(question(), value.archived) }
            return value
        } catch {
            if live.repository.stopwatch.isOver { throw stop(at: questions) }
            if let transcript { transcript.keep(question(), .null, fault: error.archived) }
            throw error
        }
    }

    /// Puts a question that Remit asks since there are archives: one without an answer is of a gate that did not ask,
    /// or that had no time left for it.
    func ask<Value: Archivable>(
        since question: String, or value: Value, _ answer: (borrowing Repository) throws(GitError) -> Value
    ) throws(GitError) -> Value {
        if let archived, archived[question] == nil, questions + 1 < end?.question ?? .max { return value }
        return try ask(question, answer)
    }

    /// Whether a deadline has passed: asked here, so that a decision for want of time is the same when it is replayed.
    func hasPassed(_ deadline: ContinuousClock.Instant) -> Bool {
        looksAtTheClock += 1
        let question = "deadline \(looksAtTheClock)"
        guard live != nil else { return archived?[question] != nil }
        let hasPassed = ContinuousClock.now >= deadline
        if hasPassed {
            transcript?.keep(question, .boolean(true))
            if limit != nil { _ = stop(at: questions + 1) }
        }
        return hasPassed
    }

    /// Whether any question was left unanswered for want of time: then nothing that was found out may stand.
    func requireTime() throws(GitError) {
        if let end { throw Self.overdue(end.reason) }
    }

    /// Fails once a deadline has passed, with the limit's own words where there is a limit.
    func requireTime(until deadline: ContinuousClock.Instant, or reason: @autoclosure () -> String) throws(GitError) {
        if hasPassed(deadline) { throw Self.overdue(end?.reason ?? reason()) }
    }

    private static let timeLimit = "time limit"

    /// Lets questions go unanswered from the moment on at which a limit ends.
    ///
    /// Kept are the number of the first such question and the reason: so it is the same one when it is asked again.
    func begin(_ limit: TimeLimit) {
        (questions, self.limit) = (0, limit)
        live?.repository.stopwatch.start(until: limit.end)
        guard let archived, case .value(.list(let kept)) = archived[Self.timeLimit], kept.count == 2,
            case .number(let question) = kept[0], case .text(let reason) = kept[1]
        else { return }
        end = (question, reason)
    }

    private func stop(at question: Int) -> GitError {
        let end = self.end ?? (question, limit?.reason ?? "the time for reading the repository is over")
        self.end = end
        transcript?.keep(Self.timeLimit, .array([.integer(end.question), .string(end.reason)]))
        return Self.overdue(end.reason)
    }

    private static func overdue(_ reason: String) -> GitError { GitError(.deadline, "deadline", reason) }

    /// Whether this is the repository that a path leads to, by whatever links and work trees.
    func isRepository(at path: String) throws(GitError) -> Bool {
        try ask("is \(path)") { repository throws(GitError) in
            try RepositoryLocation.discover(from: ByteString(path)).commonDirectory
                == repository.location.commonDirectory
        }
    }

    /// Whether a path leads to this repository, or to one inside its git directory: a submodule.
    func holds(_ path: String) throws(GitError) -> Bool {
        try ask("holds \(path)") { repository throws(GitError) in
            let directory = try RepositoryLocation.discover(from: ByteString(path)).commonDirectory.bytes
            let own = repository.location.commonDirectory.bytes
            return directory == own || directory.starts(with: own + [UInt8(ascii: "/")])
        }
    }
}

extension RepositoryView {
    /// The log of a ref, oldest first: no judge asks for it, so that no transcript has it.
    package func reflog(of name: ByteString) throws(GitError) -> [Movement] {
        guard let live else { throw GitError(.notFound, "transcript", "an archive has no logs of refs") }
        return try live.repository.reflog(of: name)
    }

    /// The text of a push certificate: an archive keeps it by itself, so that no transcript has it too.
    func certificate(_ blob: ObjectID) throws(GitError) -> [UInt8] {
        guard let live else { throw GitError(.notFound, "transcript", "an archive has no loose certificates") }
        let size = try live.repository.size(of: blob)
        guard size <= PushCertificate.maximumByteCount else {
            throw GitError(.corrupt, "certificate", "it has \(size) bytes, at most \(PushCertificate.maximumByteCount)")
        }
        return try live.repository.read(blob, expecting: .blob)
    }
}

// The questions, by the names that `Repository` has for them.
extension RepositoryView {
    package func configuration(_ key: String) throws(GitError) -> [String] {
        try ask("configuration \(key)") { repository throws(GitError) in try repository.configuration(key) }
    }

    /// A key that Remit reads since there are archives: one without an answer is of a gate that did not have it.
    package func configuration(since key: String) throws(GitError) -> [String] {
        try ask(since: "configuration \(key)", or: []) { repository throws(GitError) in
            try repository.configuration(key)
        }
    }

    package func kind(of id: ObjectID) throws(GitError) -> ObjectKind {
        try ask("kind \(id)") { repository throws(GitError) in try repository.kind(of: id) }
    }

    package func size(of blob: ObjectID) throws(GitError) -> Int {
        try ask("size \(blob)") { repository throws(GitError) in try repository.size(of: blob) }
    }

    package func read(_ id: ObjectID, expecting kind: ObjectKind) throws(GitError) -> [UInt8] {
        try ask("\(kind.rawValue) \(id)") { repository throws(GitError) in
            ByteString(try repository.read(id, expecting: kind))
        }.bytes
    }

    package func peel(_ id: ObjectID) throws(GitError) -> Peeled {
        try ask("peel \(id)") { repository throws(GitError) in try repository.peel(id) }
    }

    package func tree(of commit: ObjectID) throws(GitError) -> ObjectID {
        try ask("tree of \(commit)") { repository throws(GitError) in try repository.tree(of: commit) }
    }

    package func parents(of commit: ObjectID) throws(GitError) -> [ObjectID] {
        try ask("parents \(commit)") { repository throws(GitError) in try repository.parents(of: commit) }
    }

    package func history(of new: ObjectID, excluding: [ObjectID] = []) throws(GitError) -> [ObjectID] {
        try ask("history \(new)\(Self.less(excluding))") { repository throws(GitError) in
            try repository.history(of: new, excluding: excluding)
        }
    }

    package func history(
        of new: ObjectID, excluding: [ObjectID], atMost limit: Int
    ) throws(GitError) -> [ObjectID]? {
        try ask("history \(new)\(Self.less(excluding)) at most \(limit)") { repository throws(GitError) in
            try repository.history(of: new, excluding: excluding, atMost: limit)
        }
    }

    package func range(to new: ObjectID, excluding: [ObjectID]) throws(GitError) -> CommitRange {
        try ask("range \(new)\(Self.less(excluding))") { repository throws(GitError) in
            try repository.range(to: new, excluding: excluding)
        }
    }

    /// What is excluded, in one order: a set may be walked in another one the next time.
    private static func less(_ excluded: [ObjectID]) -> String {
        Set(excluded).sorted().map { " ^\($0)" }.joined()
    }

    package func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
        try ask("ancestor \(ancestor) \(descendant)") { repository throws(GitError) in
            try repository.isAncestor(ancestor, of: descendant)
        }
    }

    package func mergeBases(_ one: ObjectID, _ two: ObjectID) throws(GitError) -> [ObjectID] {
        try ask("bases \(one) \(two)") { repository throws(GitError) in try repository.mergeBases(one, two) }
    }

    package func changes(
        from old: ObjectID?, to new: ObjectID?, tellsEmpty: Bool = false
    ) throws(GitError) -> [Change] {
        let question = "changes \(old?.hex ?? "-") \(new?.hex ?? "-")\(tellsEmpty ? " and empty trees" : "")"
        return try ask(question) { repository throws(GitError) in
            try repository.changes(from: old, to: new, tellsEmpty: tellsEmpty)
        }
    }

    package func changes(fromTree old: ObjectID?, toTree new: ObjectID) throws(GitError) -> [Change] {
        try ask("changes of trees \(old?.hex ?? "-") \(new)") { repository throws(GitError) in
            try repository.changes(fromTree: old, toTree: new)
        }
    }

    package func lineCounts(_ change: Change) throws(GitError) -> (added: Int, deleted: Int) {
        let question = "lines \(change.archived.text)"
        let counts = try ask(question) { repository throws(GitError) in
            let counts = try repository.lineCounts(change)
            return [counts.added, counts.deleted]
        }
        guard counts.count == 2 else {
            throw GitError(.corrupt, "transcript", "the archive's answer to '\(question)' cannot be read")
        }
        return (counts[0], counts[1])
    }

    package func entry(at path: ByteString, inTree root: ObjectID) throws(GitError) -> Change.Entry? {
        try ask("entry \(root) \(path.archived.text)") { repository throws(GitError) in
            try repository.entry(at: path, inTree: root)
        }
    }

    package func blob(
        at path: ByteString, inTree root: ObjectID, limit: Int = ObjectLimit.blob
    ) throws(GitError) -> [UInt8]? {
        try ask("blob \(root) at most \(limit) \(path.archived.text)") { repository throws(GitError) in
            try repository.blob(at: path, inTree: root, limit: limit).map { ByteString($0) }
        }?.bytes
    }

    package func list(
        _ directory: ByteString, inTree root: ObjectID
    ) throws(GitError) -> [(name: ByteString, entry: Change.Entry)]? {
        try ask("list \(root) \(directory.archived.text)") { repository throws(GitError) in
            try repository.list(directory, inTree: root)?.map { Named($0.name, $0.entry) }
        }?.map { ($0.name, $0.value) }
    }

    package func reference(_ name: ByteString) throws(GitError) -> ObjectID? {
        try ask("ref \(name.archived.text)") { repository throws(GitError) in try repository.reference(name) }
    }

    func reference(since name: ByteString) throws(GitError) -> ObjectID? {
        try ask(since: "ref \(name.archived.text)", or: nil) { repository throws(GitError) in
            try repository.reference(name)
        }
    }

    func entry(since path: ByteString, inTree root: ObjectID) throws(GitError) -> Change.Entry? {
        try ask(since: "entry \(root) \(path.archived.text)", or: nil) { repository throws(GitError) in
            try repository.entry(at: path, inTree: root)
        }
    }

    package func symbolicTarget(of name: ByteString) throws(GitError) -> ByteString? {
        try ask("symbolic ref \(name.archived.text)") { repository throws(GitError) in
            try repository.symbolicTarget(of: name)
        }
    }

    package func references(prefix: ByteString = "refs/") throws(GitError) -> [(name: ByteString, id: ObjectID)] {
        try ask("refs \(prefix.archived.text)") { repository throws(GitError) in
            try repository.references(prefix: prefix).map { Named($0.name, $0.id) }
        }.map { ($0.name, $0.value) }
    }
}
