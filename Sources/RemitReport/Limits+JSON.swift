import RemitModel

extension Limits {
    /// Every limit; `null` where there is none.
    var json: JSONText {
        .object(named.map { (name: $0.unit.rawValue, value: $0.limit.map(JSONText.integer) ?? .null) })
    }
}
