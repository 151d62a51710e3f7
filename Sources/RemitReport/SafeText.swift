package import RemitModel

/// Text that may reach a terminal or a CI log: literals of ours, and untrusted values only through `Escaping`.
///
/// The one way to make it is a string literal, and an interpolation takes no bare `String`, so text that came from a
/// commit, a pusher or a record cannot be put into a sentence unescaped: it does not compile.
package struct SafeText: Hashable, Sendable {
    /// How much of a path is shown.
    package static let pathAtMost = 250
    /// How much of any other value is shown: a ref, a name.
    package static let valueAtMost = 160
    /// How much of a cause is shown: two digests or two paths, and what to do about them.
    package static let causeAtMost = 360

    package let text: String

    package var isEmpty: Bool { text.isEmpty }

    package static func joined(_ parts: [SafeText], by separator: SafeText) -> SafeText {
        SafeText(text: parts.map(\.text).joined(separator: separator.text))
    }

    private init(text: String) {
        self.text = text
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) {
        text = value.description
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        package mutating func appendInterpolation(_ value: SafeText) { text += value.text }
        package mutating func appendInterpolation(_ value: Int) { text += String(value) }
        package mutating func appendInterpolation(_ value: Instant) { text += value.description }
        package mutating func appendInterpolation(_ value: RuleCode) { text += value.rawValue }
        package mutating func appendInterpolation(_ value: Operation) { text += value.rawValue }
        package mutating func appendInterpolation(_ value: ObjectID) { text += value.abbreviated }
        package mutating func appendInterpolation(_ value: RecordID) { text += value.abbreviated }

        /// The value between single quotes, as the subject of a fault.
        package mutating func appendInterpolation(quoted value: ByteString, limit: Int = valueAtMost) {
            text += "'" + Escaping.text(value.bytes, in: .quoted, limit: limit) + "'"
        }

        package mutating func appendInterpolation(quoted value: String) {
            appendInterpolation(quoted: ByteString(value))
        }

        /// The value as one word of a list: quoted only where it would not read as one word.
        package mutating func appendInterpolation(word value: ByteString, limit: Int = valueAtMost) {
            let breaking: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "'"), UInt8(ascii: "\"")]
            if value.isEmpty || value.bytes.contains(where: breaking.contains) {
                appendInterpolation(quoted: value, limit: limit)
            } else {
                text += Escaping.text(value.bytes, limit: limit)
            }
        }

        package mutating func appendInterpolation(word value: String) {
            appendInterpolation(word: ByteString(value))
        }

        /// The value in a column: cut where it is too long, filled with blanks where it is short.
        package mutating func appendInterpolation(cell value: String, _ width: Int) {
            let shown = Escaping.text(Array(value.utf8), limit: width)
            text += shown + String(repeating: " ", count: max(0, width - shown.count))
        }

        /// A number on the right of a column.
        package mutating func appendInterpolation(number value: Int, _ width: Int) {
            appendInterpolation(right: "\(value)", width)
        }

        /// Something short on the right of a column.
        package mutating func appendInterpolation(right value: SafeText, _ width: Int) {
            text += String(repeating: " ", count: max(0, width - value.text.count)) + value.text
        }

        /// The value as running text, such as a cause.
        package mutating func appendInterpolation(plain value: String, limit: Int = causeAtMost) {
            appendInterpolation(plain: ByteString(value), limit: limit)
        }

        package mutating func appendInterpolation(plain value: ByteString, limit: Int = causeAtMost) {
            text += Escaping.text(value.bytes, limit: limit)
        }
    }
}
