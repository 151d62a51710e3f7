import RemitModel

/// Splits a Jenkinsfile into words, strings and symbols, without knowing what they mean.
///
/// Groovy's lexical rules as far as they decide where a string, a comment or a block ends
/// (https://groovy-lang.org/syntax.html); whatever could be read in two ways is refused.
struct GroovyScanner {
    /// 1 MiB.
    static let bytesAtMost = 1 << 20
    static let tokensAtMost = 200_000
    /// How deep strings with `${…}` may stand in each other.
    private static let interpolationsAtMost = 8

    private let bytes: [UInt8]
    private let file: ByteString
    private var index = 0
    private var line = 1
    private var tokens: [GroovyToken] = []

    static func tokens(of bytes: [UInt8], file: ByteString) throws(PipelineError) -> [GroovyToken] {
        guard bytes.count <= bytesAtMost else {
            throw PipelineError(
                file: file, line: nil,
                reason: "it is \(bytes.count) bytes long, and a definition may have \(bytesAtMost)")
        }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            throw PipelineError(file: file, line: nil, reason: "it is not text in UTF-8")
        }
        var scanner = GroovyScanner(bytes: bytes, file: file)
        try scanner.run()
        return scanner.tokens
    }

    private init(bytes: [UInt8], file: ByteString) {
        self.bytes = bytes
        self.file = file
    }

    private mutating func run() throws(PipelineError) {
        if starts(with: "#!") { skipLine() }
        while index < bytes.count {
            guard tokens.count < Self.tokensAtMost else {
                throw fault("it holds more than \(Self.tokensAtMost) words")
            }
            try next()
        }
    }

    private mutating func next() throws(PipelineError) {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: ";"):
            tokens.append(GroovyToken(kind: .end, line: line))
            advance()
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): advance()
        case UInt8(ascii: "\\"):
            // A backslash before a line's end continues the line.
            guard starts(with: "\\\n") || starts(with: "\\\r\n") else { throw fault("a '\\' stands outside a string") }
            while bytes[index] != 0x0A { advance() }
            advance()
        case UInt8(ascii: "/"): try slash()
        case UInt8(ascii: "'"), UInt8(ascii: "\""): try string(quote: byte)
        case UInt8(ascii: "$") where starts(with: "$/"): throw fault("a string in '$/…/$' is not understood")
        case _ where Self.isWord(byte): word()
        case 0x21..<0x7F:
            tokens.append(GroovyToken(kind: .symbol(byte), line: line))
            advance()
        default: throw fault("a character outside a string is not understood")
        }
    }

    private mutating func word() {
        let start = index
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        tokens.append(GroovyToken(kind: .word(text), line: line))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    /// A comment, a pattern between slashes, or a division.
    private mutating func slash() throws(PipelineError) {
        if starts(with: "//") {
            while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        } else if starts(with: "/*") {
            let opening = line
            advance(by: 2)
            while !starts(with: "*/") {
                guard index < bytes.count else { throw fault("a comment does not end", at: opening) }
                advance()
            }
            advance(by: 2)
        } else if mayBeginPattern {
            let opening = line
            advance()
            var text: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "/") {
                guard bytes[index] != 0x0A else { throw fault("a pattern does not end on its line", at: opening) }
                if starts(with: "\\/") { advance() }
                text.append(bytes[index])
                advance()
            }
            guard index < bytes.count else { throw fault("a pattern does not end", at: opening) }
            advance()
            tokens.append(GroovyToken(kind: .string(String(decoding: text, as: UTF8.self)), line: opening))
        } else {
            tokens.append(GroovyToken(kind: .symbol(UInt8(ascii: "/")), line: line))
            advance()
        }
    }

    /// After a value a slash divides; after anything else it begins a pattern.
    private var mayBeginPattern: Bool {
        guard let last = tokens.last else { return false }
        switch last.kind {
        case .string, .end: return false
        case .word(let word): return word == "return"
        case .symbol(let byte): return byte != UInt8(ascii: ")") && byte != UInt8(ascii: "]")
        }
    }

    private mutating func string(quote: UInt8, nested depth: Int = 0) throws(PipelineError) {
        let opening = line
        let text = try content(quote: quote, nested: depth)
        tokens.append(GroovyToken(kind: .string(String(decoding: text, as: UTF8.self)), line: opening))
    }

    /// Reads a string, from its quotes to its quotes, and gives what stands between.
    private mutating func content(quote: UInt8, nested depth: Int) throws(PipelineError) -> [UInt8] {
        let opening = line
        let triple = [quote, quote, quote]
        let isLong = bytes[index...].starts(with: triple)
        advance(by: isLong ? 3 : 1)
        var text: [UInt8] = []
        while true {
            guard index < bytes.count, isLong || bytes[index] != 0x0A else {
                throw fault("a string does not end", at: opening)
            }
            if isLong ? bytes[index...].starts(with: triple) : bytes[index] == quote { break }
            if bytes[index] == UInt8(ascii: "\\") {
                try escape(into: &text, isLong: isLong, from: opening)
            } else if quote == UInt8(ascii: "\""), starts(with: "${") {
                text += try interpolation(nested: depth + 1)
            } else {
                text.append(bytes[index])
                advance()
            }
        }
        advance(by: isLong ? 3 : 1)
        return text
    }

    private mutating func escape(into text: inout [UInt8], isLong: Bool, from opening: Int) throws(PipelineError) {
        guard index + 1 < bytes.count else { throw fault("a string does not end", at: opening) }
        let escaped = bytes[index + 1]
        switch escaped {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"): text.append(escaped)
        case 0x0A where isLong: break
        // `\u0061` and octal escapes would hide a command from who reads the file.
        default: throw fault("the escape '\\\(UnicodeScalar(escaped))' is not understood")
        }
        advance(by: 2)
    }

    /// Reads `${…}`, in which strings and braces nest, and gives it as it is written.
    private mutating func interpolation(nested depth: Int) throws(PipelineError) -> [UInt8] {
        guard depth <= Self.interpolationsAtMost else {
            throw fault("its strings stand more than \(Self.interpolationsAtMost) deep in each other")
        }
        let (opening, start) = (line, index)
        var braces = 0
        repeat {
            guard index < bytes.count else { throw fault("'${' is not closed", at: opening) }
            switch bytes[index] {
            case UInt8(ascii: "{"): braces += 1
            case UInt8(ascii: "}"): braces -= 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                _ = try content(quote: bytes[index], nested: depth)
                continue
            default: break
            }
            advance()
        } while braces > 0 || index == start + 1
        return Array(bytes[start..<index])
    }

    // MARK: Moving on

    private mutating func advance(by count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] == 0x0A { line += 1 }
            index += 1
        }
    }

    private mutating func skipLine() {
        while index < bytes.count, bytes[index] != 0x0A { advance() }
    }

    private func starts(with text: StaticString) -> Bool {
        bytes[index...].starts(with: Array(text.description.utf8))
    }

    private func fault(_ reason: String, at opening: Int? = nil) -> PipelineError {
        PipelineError(file: file, line: opening ?? line, reason: reason)
    }
}
