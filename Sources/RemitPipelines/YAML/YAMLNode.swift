/// One value of a YAML document, with its aliases and merge keys resolved.
///
/// Scalars stay text: what `on`, `yes` or `012` mean is for the CI system to say, and they do not agree.
package struct YAMLNode: Hashable, Sendable {
    package let content: Content
    /// A tag that is none of YAML's own, such as GitLab's `!reference`.
    package let tag: String?
    /// Where it begins in the file, from 1.
    package let line: Int

    package enum Content: Hashable, Sendable {
        /// Only a plain one, without quotes, can be a boolean or null.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Pair])
    }

    /// One entry of a mapping, in the file's order.
    package struct Pair: Hashable, Sendable {
        package let key: String
        /// The line of its key, from 1.
        package let line: Int
        package let value: YAMLNode

        package init(key: String, line: Int, value: YAMLNode) {
            self.key = key
            self.line = line
            self.value = value
        }
    }

    package init(_ content: Content, tag: String? = nil, line: Int) {
        self.content = content
        self.tag = tag
        self.line = line
    }
}

extension YAMLNode {
    /// How a system reads a plain word as a boolean.
    package enum Booleans: Sendable {
        /// YAML 1.1: `yes`, `on` and their opposites too (GitLab, CircleCI and whatever else reads so).
        case words
        /// YAML 1.2: `true` and `false` alone (GitHub, Azure).
        case core
    }

    package var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// `nil` for what is no sequence.
    package var items: [YAMLNode]? {
        guard case .sequence(let items) = content else { return nil }
        return items
    }

    /// `nil` for what is no mapping.
    package var pairs: [Pair]? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs
    }

    package subscript(key: String) -> YAMLNode? {
        pairs?.first { $0.key == key }?.value
    }

    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content, tag == nil else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// `nil` for what is no boolean to that system.
    package func boolean(_ kind: Booleans) -> Bool? {
        guard case .scalar(let text, isPlain: true) = content, tag == nil else { return nil }
        switch text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        case "yes", "Yes", "YES", "y", "Y", "on", "On", "ON": return kind == .words ? true : nil
        case "no", "No", "NO", "n", "N", "off", "Off", "OFF": return kind == .words ? false : nil
        default: return nil
        }
    }

    /// One text, or each text of a sequence; what is neither is left out.
    package var texts: [String] {
        if isNull { return [] }
        return text.map { [$0] } ?? (items ?? []).compactMap(\.text)
    }
}
