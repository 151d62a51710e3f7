import RemitModel

/// What a job may do with its host's own token, compared with what it might do before.
struct Permissions {
    private enum Level: Int, Comparable {
        case none
        case read
        case write

        init?(_ text: some StringProtocol) {
            switch text {
            case "none": self = .none
            case "read": self = .read
            case "write": self = .write
            default: return nil
            }
        }

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    private let texts: Set<String>

    /// - Parameter texts: each as `scope: level`; empty where the definition says nothing.
    init(_ texts: Set<String>) {
        self.texts = texts
    }

    private static func parts(_ text: String) -> (scope: Substring, level: Level) {
        // What names no level, such as an account, is had wholly or not at all.
        guard let colon = text.lastIndex(of: ":"),
            let level = Level(text[text.index(after: colon)...].drop { $0 == " " })
        else { return (text[...], .write) }
        return (text[..<colon], level)
    }

    /// What goes beyond others, in their own words.
    ///
    /// Where those say nothing, the host's default applies, which nobody sees here: reading is taken to be part of it,
    /// writing is not. Where these say nothing though those did, that same default may be anything.
    func beyond(_ others: Permissions, on system: CISystem?) -> [String] {
        if texts.isEmpty, !others.texts.isEmpty, system?.hasDefaultPermissions == true {
            return ["by the host's default"]
        }
        var had: [Substring: Level] = [:]
        for (scope, level) in others.texts.map(Self.parts) { had[scope] = max(level, had[scope] ?? .none) }
        let otherwise = had["all"] ?? (others.texts.isEmpty && system?.hasDefaultPermissions == true ? .read : .none)
        return texts.filter { text in
            let (scope, level) = Self.parts(text)
            return level > had[scope] ?? otherwise
        }.sorted()
    }
}

extension CISystem {
    /// Whether a job without permissions of its own has those of a setting outside of the repository.
    ///
    /// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
    fileprivate var hasDefaultPermissions: Bool { self == .github || self == .gitea || self == .forgejo }
}
