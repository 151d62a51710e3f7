/// One word of a Jenkinsfile, as far as declared stages need it.
struct GroovyToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case word(String)
        /// A string's text without its quotes; `${…}` in it stays as it is written.
        case string(String)
        case symbol(UInt8)
        /// A line's end outside of strings, or `;`.
        case end
    }

    let kind: Kind
    /// From 1.
    let line: Int

    var word: String? {
        if case .word(let word) = kind { word } else { nil }
    }

    var string: String? {
        if case .string(let text) = kind { text } else { nil }
    }

    func isSymbol(_ character: Character) -> Bool {
        if case .symbol(let byte) = kind { byte == character.asciiValue } else { false }
    }

    /// The token as text in which commands and names are looked for.
    var text: String {
        switch kind {
        case .word(let text), .string(let text): text
        case .symbol(let byte): String(UnicodeScalar(byte))
        case .end: "\n"
        }
    }
}
