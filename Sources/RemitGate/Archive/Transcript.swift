import RemitEvidence
import RemitFormats
import RemitModel
import RemitReport

/// What was asked while a submission was judged, and what was answered: each question once, in the order of asking.
///
/// An archive of the answers instead of the objects is small, says in plain words what the judge was told, and needs
/// no repository to be judged from again: what a refused push brought is nowhere else any more.
final class Transcript {
    static let schema = "transcript/v1"
    /// 32 MiB, about thirty thousand commits: more is not kept, and the decision cannot be replayed.
    static let maximumByteCount = 32 << 20

    private var text: [UInt8] = []
    private var asked: Set<String> = []
    private(set) var isWhole = true

    /// Keeps an answer, unless the same was asked before.
    func keep(_ question: String, _ answer: @autoclosure () -> JSONText, fault: JSONText? = nil) {
        guard isWhole, asked.insert(question).inserted else { return }
        if !text.isEmpty { text.append(UInt8(ascii: ",")) }
        JSONText.array([.string(question), answer()] + (fault.map { [$0] } ?? [])).write(to: &text)
        if text.count > Self.maximumByteCount { (text, asked, isWhole) = ([], [], false) }
    }

    /// The whole of it; `nil` where it grew too large.
    var bytes: [UInt8]? {
        guard isWhole else { return nil }
        return Array(#"{"schema":"\#(Self.schema)","answers":["#.utf8) + text + Array("]}".utf8)
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
