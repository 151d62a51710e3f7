import RemitModel

extension Limits {
    /// Every limit; `null` where there is none.
    var json: JSONText {
        let members = [("commits", commits), ("files", files), ("lines", lines), ("bytes", bytes), ("pushes", pushes)]
        return .object(members.map { (name: $0.0, value: $0.1.map(JSONText.integer) ?? .null) })
    }
}
