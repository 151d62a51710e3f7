package import RemitModel

/// What is said where a protected ref would have moved past the gate.
///
/// Whoever runs git on the server reads it; of a push it reaches the client at best without git's `remote:`.
package struct SafetyNetReport: Sendable {
    package typealias Movement = (ref: ByteString, old: RefValue, new: RefValue)

    /// More refs than this are only counted.
    private static let refsAtMost = 20

    private let mode: Mode
    /// Where the repository keeps its refs, if not in files: then what they are is not known.
    private let otherStorage: String?

    package init(mode: Mode, otherStorage: String? = nil) {
        self.mode = mode
        self.otherStorage = otherStorage
    }

    /// Lines that end in LF.
    package func text(of movements: [Movement]) -> String {
        var lines = TextLines(hostPrefix: "")
        for movement in movements.prefix(Self.refsAtMost) {
            lines.append("\(verdict): no decision lets \(quoted: movement.ref) \(Self.words(movement))")
        }
        let left = movements.count - Self.refsAtMost
        if left > 0 { lines.append("\(verdict): no decision lets \(left) more protected refs move") }
        if let otherStorage {
            lines.append(
                """
                hint: what a ref is now cannot be told: reference storage \(quoted: otherStorage) is not supported; run \
                'git refs migrate --ref-format=files'
                """)
        } else if movements.contains(where: Self.isOfOtherFormat) {
            lines.append("hint: no decision is taken about ids of 64 digits: the SHA-256 format is not supported")
        } else {
            lines.append("hint: push the change, so that it is judged")
        }
        if mode == .enforce { lines.append("no ref of this transaction was changed") }
        return lines.text
    }

    /// What is said where it cannot be found out whether refs may move.
    package func text(unchecked reason: String) -> String {
        var lines = TextLines(hostPrefix: "")
        lines.append("\(verdict): cannot check whether a decision lets refs move: \(plain: reason)")
        lines.append("hint: ask the administrators to run 'remit doctor' on the server")
        if mode == .enforce { lines.append("no ref of this transaction was changed") }
        return lines.text
    }

    private static func isOfOtherFormat(_ movement: Movement) -> Bool {
        [movement.old, movement.new].contains { value in
            if case .object = value { value.id == nil } else { false }
        }
    }

    private var verdict: SafeText { mode == .monitor ? "monitor: would have refused" : "refused" }

    private static func words(_ movement: Movement) -> SafeText {
        switch (movement.old, movement.new) {
        case (_, .symbolic(let target)): "become another name of \(quoted: target)"
        case (.object(let old), .object(let new)): "move from \(short(old)) to \(short(new))"
        case (_, .object(let new)): "be created at \(short(new))"
        case (.object(let old), .none): "be deleted at \(short(old))"
        case (_, .none): "be deleted"
        }
    }

    /// The first 12 digits, as Remit shows ids.
    private static func short(_ digits: ByteString) -> SafeText { "\(plain: ByteString(digits.bytes.prefix(12)))" }
}
