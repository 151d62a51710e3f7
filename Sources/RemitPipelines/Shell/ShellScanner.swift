/// Splits a shell script into words and operators, by the rules of POSIX sh (XCU 2.3) and what bash adds.
struct ShellScanner {
    enum Token: Hashable, Sendable {
        /// Whether any part of it was quoted: then it is no keyword.
        case word(String, isQuoted: Bool)
        /// `;` stands for a line's end too.
        case symbol(String)
    }

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var heredocs: [(end: [UInt8], isIndented: Bool)] = []
    private(set) var tokens: [(token: Token, line: Int)] = []
    /// Scripts in `$(…)` and backquotes.
    private(set) var nested: [String] = []
    /// Whether a quote or a bracket was left open: then nobody knows what the script does.
    private(set) var isBroken = false

    init(_ script: String) {
        bytes = Array(script.utf8)
    }

    mutating func run() {
        while index < bytes.count, !isBroken { next() }
    }

    private func has(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private mutating func advance(_ count: Int = 1) {
        for byte in bytes[index...].prefix(count) where byte == 0x0A { line += 1 }
        index += count
    }

    private static let symbols: [(String, String)] = [
        (";;&", ";"), (";;", ";"), (";&", ";"), ("&&", "&&"), ("||", "||"), ("|&", "|"), (";", ";"), ("|", "|"),
        ("(", "("), (")", ")"),
    ]

    private mutating func next() {
        switch bytes[index] {
        case 0x20, 0x09, 0x0D: advance()
        case 0x0A:
            tokens.append((.symbol(";"), line))
            advance()
            skipHeredocs()
        case UInt8(ascii: "#"):
            while index < bytes.count, bytes[index] != 0x0A { advance() }
        case UInt8(ascii: "<"), UInt8(ascii: ">"): redirection()
        case UInt8(ascii: "&"):
            if has("&>") { return redirection() }
            tokens.append((.symbol(has("&&") ? "&&" : "&"), line))
            advance(has("&&") ? 2 : 1)
        default:
            if has("\\\n") { return advance(2) }
            if let symbol = Self.symbols.first(where: { has($0.0) }) {
                tokens.append((.symbol(symbol.1), line))
                return advance(symbol.0.utf8.count)
            }
            let start = line
            let (word, isQuoted) = word()
            // A number right before a redirection belongs to it.
            let isNumber = !isQuoted && !word.isEmpty && word.allSatisfy(\.isNumber)
            if isNumber, index < bytes.count, bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: ">") {
                return
            }
            tokens.append((.word(word, isQuoted: isQuoted), start))
        }
    }

    /// Leaves out a redirection and its target; a here-document's text is left out at the end of the line.
    private mutating func redirection() {
        let isHeredoc = has("<<") && !has("<<<")
        let isIndented = has("<<-")
        if has("<(") || has(">(") {
            advance()
            _ = substitution()
            return
        }
        while index < bytes.count, "<>&|-".utf8.contains(bytes[index]) { advance() }
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { advance() }
        guard index < bytes.count, !Self.endsWord(bytes[index]) else { return }
        let target = word().text
        if isHeredoc { heredocs.append((Array(target.utf8), isIndented)) }
    }

    private mutating func skipHeredocs() {
        for heredoc in heredocs {
            while index < bytes.count {
                let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
                var text = bytes[index..<end]
                advance(min(end + 1, bytes.count) - index)
                if heredoc.isIndented { text = text.drop { $0 == 0x09 } }
                if text.elementsEqual(heredoc.end) { break }
            }
        }
        heredocs = []
    }

    private static func endsWord(_ byte: UInt8) -> Bool { " \t\r\n;|&()<>".utf8.contains(byte) }

    private mutating func word() -> (text: String, isQuoted: Bool) {
        var text: [UInt8] = []
        var isQuoted = false
        while index < bytes.count, !Self.endsWord(bytes[index]), !isBroken {
            switch bytes[index] {
            case UInt8(ascii: "'"):
                isQuoted = true
                text += upTo("'", from: index + 1)
            case UInt8(ascii: "\""):
                isQuoted = true
                text += doubleQuoted()
            case UInt8(ascii: "\\"):
                if has("\\\n") {
                    advance(2)
                    continue
                }
                isQuoted = true
                if index + 1 < bytes.count { text.append(bytes[index + 1]) }
                advance(2)
            case UInt8(ascii: "$"), UInt8(ascii: "`"): text += expansion()
            default:
                text.append(bytes[index])
                advance()
            }
        }
        index = min(index, bytes.count)
        return (String(decoding: text, as: UTF8.self), isQuoted)
    }

    /// What stands before the next such character, which is left behind.
    private mutating func upTo(_ end: Unicode.Scalar, from start: Int) -> [UInt8] {
        guard start <= bytes.count, let end = bytes[start...].firstIndex(of: UInt8(ascii: end)) else {
            isBroken = true
            return []
        }
        let text = Array(bytes[start..<end])
        advance(end + 1 - index)
        return text
    }

    private mutating func doubleQuoted() -> [UInt8] {
        advance()
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), !isBroken {
            switch bytes[index] {
            case UInt8(ascii: "\\"):
                if index + 1 < bytes.count, !has("\\\n") { text.append(bytes[index + 1]) }
                advance(2)
            case UInt8(ascii: "$"), UInt8(ascii: "`"): text += expansion()
            default:
                text.append(bytes[index])
                advance()
            }
        }
        guard index < bytes.count else {
            isBroken = true
            return text
        }
        advance()
        return text
    }

    /// `$name`, `${…}`, `$(…)`, backquotes, and a CI system's own `${{ … }}`, as they are written.
    private mutating func expansion() -> [UInt8] {
        let start = index
        if has("${{") {
            while index < bytes.count, !has("}}") { advance() }
            advance(2)
        } else if has("$(") {
            advance()
            _ = substitution()
        } else if has("${") {
            while index < bytes.count, bytes[index] != UInt8(ascii: "}") { advance() }
            advance()
        } else if has("`") {
            nested.append(String(decoding: upTo("`", from: index + 1), as: UTF8.self))
        } else {
            advance()
        }
        guard index <= bytes.count else {
            isBroken = true
            return []
        }
        return Array(bytes[start..<index])
    }

    /// From an opening bracket to the one that closes it.
    private mutating func substitution() -> [UInt8] {
        let start = index + 1
        var depth = 0
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { advance() }
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 {
                    let text = Array(bytes[start..<index])
                    nested.append(String(decoding: text, as: UTF8.self))
                    advance()
                    return text
                }
            }
            advance()
        }
        isBroken = true
        return []
    }
}
