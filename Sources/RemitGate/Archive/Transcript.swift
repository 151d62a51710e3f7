import Dispatch
import RemitEvidence
import RemitFormats
import RemitModel
import RemitReport
import Synchronization

/// What was asked while a submission was judged, and what was answered: each question once, in the order of asking.
///
/// An archive of the answers instead of the objects is small, says in plain words what the judge was told, and needs
/// no repository to be judged from again: what a refused push brought is nowhere else any more.
final class Transcript {
    static let schema = "transcript/v1"
    /// 32 MiB, about thirty thousand commits: more is not kept, and the decision cannot be replayed.
    static let maximumByteCount = 32 << 20
    /// So many answers are worth a visit to another core; a push of few commits never has them.
    fileprivate static let batchSize = 256

    private var asked: Set<String> = []
    private var batch: [JSONText] = []
    private let text = TranscriptText()

    /// Keeps an answer, unless the same was asked before.
    func keep(_ question: String, _ answer: @autoclosure () -> JSONText, fault: JSONText? = nil) {
        guard text.isWhole, asked.insert(question).inserted else { return }
        batch.append(.array([.string(question), answer()] + (fault.map { [$0] } ?? [])))
        guard batch.count == Self.batchSize else { return }
        text.begin(writing: batch)
        batch.removeAll(keepingCapacity: true)
        if !text.isWhole { asked = [] }
    }

    /// The whole of it; `nil` where it grew too large.
    var bytes: [UInt8]? {
        defer { batch = [] }
        return text.whole(with: batch)
    }
}

/// What has been asked so far, as JSON: written behind the judge's back, who need not wait for it.
private final class TranscriptText: Sendable {
    private static let start = Array(#"{"schema":"\#(Transcript.schema)","answers":["#.utf8)
    private static let end = Array("]}".utf8)

    private struct State {
        var bytes = start
        var hasEnd = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "transcript")
    private let isTooLarge = Atomic(false)

    var isWhole: Bool { !isTooLarge.load(ordering: .relaxed) }

    /// Has some answers written behind those before them.
    func begin(writing answers: [JSONText]) {
        queue.async { self.write(answers) }
    }

    /// Everything, ended by these answers.
    func whole(with answers: [JSONText]) -> [UInt8]? {
        // What is left over is written by whoever asks.
        queue.sync { write(answers) }
        guard isWhole else { return nil }
        return state.withLock { state in
            if !state.hasEnd { state.bytes += Self.end }
            state.hasEnd = true
            return state.bytes
        }
    }

    private func write(_ answers: [JSONText]) {
        guard isWhole, !answers.isEmpty else { return }
        state.withLock { state in
            // Addresses for all that there may be: memory is what is written to, and nothing is copied as it grows.
            if answers.count == Transcript.batchSize { state.bytes.reserveCapacity(Transcript.maximumByteCount) }
            if state.hasEnd { state.bytes.removeLast(Self.end.count) }
            state.hasEnd = false
            for answer in answers {
                if state.bytes.count > Self.start.count { state.bytes.append(UInt8(ascii: ",")) }
                answer.write(to: &state.bytes)
            }
            guard state.bytes.count > Transcript.maximumByteCount else { return }
            state = State()
            isTooLarge.store(true, ordering: .relaxed)
        }
    }
}

/// A transcript that is read again.
struct ArchivedAnswers {
    enum Answer {
        case value(JSONValue)
        case fault(JSONValue)
    }

    private let answers: [String: Answer]

    /// No answers at all.
    static let none = ArchivedAnswers(answers: [:])

    private init(answers: [String: Answer]) {
        self.answers = answers
    }

    init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Transcript.schema else { throw members.fault("it is no transcript") }
        var answers: [String: Answer] = [:]
        for value in try members.list("answers") {
            guard case .list(let parts) = value, (2...3).contains(parts.count), case .text(let question) = parts[0],
                answers.updateValue(parts.count == 3 ? .fault(parts[2]) : .value(parts[1]), forKey: question) == nil
            else { throw members.fault("'answers' holds what is no question with its answer") }
        }
        self.answers = answers
    }

    subscript(question: String) -> Answer? { answers[question] }

    /// The answer that was given, which may have been a fault; `lacking` makes the fault of there being none to read.
    func recall<Value: Archivable, Fault: Error & Archivable>(
        _ question: String, lacking: (_ isThere: Bool) -> Fault
    ) throws(Fault) -> Value {
        switch answers[question] {
        case .value(let kept)?:
            if let value = Value(archived: kept) { return value }
        case .fault(let kept)?:
            if let fault = Fault(archived: kept) { throw fault }
        case nil: throw lacking(false)
        }
        throw lacking(true)
    }
}
