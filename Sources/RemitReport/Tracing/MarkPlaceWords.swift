import RemitModel

extension MarkPlace {
    /// The place in words: `claude-code by git note …`.
    var words: SafeText {
        switch self {
        case .author, .committer, .trailer, .message, .signingKey, .ref, .pusher: "\(word: rawValue)"
        case .pushOption: "push option"
        case .note: "git note"
        case .record: "record of the tool"
        }
    }
}
