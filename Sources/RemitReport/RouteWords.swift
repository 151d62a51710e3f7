import RemitModel

/// By what way a change came, in words; a plain push needs none.
enum RouteWords {
    static func via(_ via: Via) -> SafeText? {
        guard via != .push else { return nil }
        let kind: SafeText = "\(word: via.kind.rawValue)"
        guard let word = via.word, word != ByteString(via.kind.rawValue) else { return kind }
        return "\(kind), which the server calls \(quoted: word)"
    }

    /// The same and the server's name of the repository as one object; `nil` for a plain push.
    static func json(_ route: Route) -> JSONText? {
        guard route != .plain else { return nil }
        let members: [(name: String, value: JSONText?)] = [
            ("kind", .string(route.via.kind.rawValue)), ("word", route.via.word.map(JSONText.bytes)),
            ("repository", route.repository.map(JSONText.bytes)),
        ]
        return .object(members.compactMap { member in member.value.map { (member.name, $0) } })
    }
}
