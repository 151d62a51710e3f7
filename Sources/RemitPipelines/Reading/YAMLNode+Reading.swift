extension YAMLNode {
    /// Every text in it, keys left out.
    var allTexts: [String] {
        switch content {
        case .scalar(let text, _): [text]
        case .sequence(let items): items.flatMap(\.allTexts)
        case .mapping(let pairs): pairs.flatMap { $0.value.allTexts }
        }
    }

    /// A mapping's entries that are plain texts.
    var textEntries: [String: String] {
        Dictionary(
            (pairs ?? []).compactMap { pair in pair.value.text.map { (pair.key, $0) } }, uniquingKeysWith: { $1 })
    }

    /// The text of an entry, if it is one and says something.
    func text(_ key: String) -> String? {
        self[key].flatMap { $0.isNull ? nil : $0.text }
    }
}

extension String {
    /// Without spaces, tabs and line ends around it.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
