package import RemitModel

extension TextReport {
    /// That a commit, which the server has made and not stored yet, is judged when it is to land.
    package static func unstored(_ commit: ObjectID) -> String {
        var lines = TextLines(hostPrefix: "")
        lines.append(
            "note: the server has made commit \(commit) and not stored it yet: it is judged when it is submitted")
        return lines.text
    }
}
