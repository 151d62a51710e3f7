import RemitFormats
import RemitModel

/// The one pass over a commit's message.
///
/// It runs for every commit of every push, so most lines cost it one look at their bytes: a key is looked up by its
/// hash, a footer must begin with a listed byte, and a line is searched for mangled marks only where it holds a byte
/// that such a mark cannot do without.
struct MessageScanner {
    let catalogue: MarkCatalogue
    let extra: ExtraMarks
    let message: [UInt8]
    var scan = MarkScan()
    var transcript = Transcript()
    /// Git's trailer block, found only when a line has matched.
    private var block: Range<Int>??

    init(catalogue: MarkCatalogue, extra: ExtraMarks, message: [UInt8]) {
        self.catalogue = catalogue
        self.extra = extra
        self.message = message
    }

    mutating func run() {
        var folded = FoldedLine()
        for line in MessageLines(message) {
            guard !line.isEmpty else {
                folded = FoldedLine()
                continue
            }
            let isFound = look(at: line, .plain)
            lookForMangled(line, isFound: isFound)
            let isBelieved = isFound && scan.agents.last.map { $0.confidence >= .strong } == true
            if let whole = folded.take(line, isFound: isBelieved), canBeKnown(whole.key) {
                _ = look(at: whole.bytes[...], Reading(limit: .definite, source: message[whole.range]))
            }
        }
        lookAtSubject()
    }

    /// A line, or what stands for one; says whether it holds a mark.
    mutating func look(at line: ArraySlice<UInt8>, _ reading: Reading) -> Bool {
        let before = scan.count
        if let keyed = KeyedLine(line) {
            transcript.take(keyed.key)
            let mark = line[keyed.key.startIndex..<max(keyed.key.endIndex, keyed.value.endIndex)]
            look(key: keyed.key, value: keyed.value, mark: mark, reading)
        }
        lookForFooter(line.trimmingBlanks(), reading)
        return scan.count > before
    }

    /// What is shown of a mark: its own bytes, or those of the message that it was read from.
    func excerpt(_ mark: ArraySlice<UInt8>, _ reading: Reading) -> ByteString {
        ByteString((reading.source ?? mark).trimmingBlanks())
    }

    /// Where a mark stands: a trailer, where git takes it for one.
    mutating func place(of mark: ArraySlice<UInt8>, _ reading: Reading) -> MarkPlace {
        let start = (reading.source ?? mark).startIndex
        let range: Range<Int>?
        if let known = block {
            range = known
        } else {
            range = Trailers.block(of: message)
            block = .some(range)
        }
        return range?.contains(start) == true ? .trailer : .message
    }
}
