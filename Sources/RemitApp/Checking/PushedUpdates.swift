import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// What git gives to a pre-push hook: a line for each ref, `<local ref> <local id> <remote ref> <remote id>`.
///
/// Deletions bring nothing that could be judged here.
enum PushedUpdates {
    /// The longest input: some ten thousand refs.
    private static let maximumByteCount = 4 << 20

    static func read() throws(AppError) -> [RefUpdate] {
        let bytes: [UInt8]
        do throws(GateError) {
            bytes = try Platform.world().readInput(maximumByteCount, nil)
        } catch {
            throw AppError("standard input cannot be read", status: .undecided)
        }
        guard bytes.count <= maximumByteCount else {
            throw AppError("standard input is longer than \(maximumByteCount) bytes", status: .usage)
        }
        return try parse(bytes)
    }

    static func parse(_ bytes: [UInt8]) throws(AppError) -> [RefUpdate] {
        var updates: [RefUpdate] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            // What stands first is as the person typed it and may hold blanks; the rest holds none.
            let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            guard words.count >= 4,
                let old = ObjectID(hex: String(decoding: words[words.count - 1], as: UTF8.self)),
                let new = ObjectID(hex: String(decoding: words[words.count - 3], as: UTF8.self)),
                RefName.fault(in: ByteString(words[words.count - 2])) == nil
            else {
                throw AppError(
                    "line \(index + 1) of standard input is not what git gives to a pre-push hook",
                    hint: "'remit task start' writes the hook", status: .usage)
            }
            if !new.isZero { updates.append(RefUpdate(ref: ByteString(words[words.count - 2]), old: old, new: new)) }
        }
        return updates
    }
}
