/// The TOML spelling of a record's fields, in the one plain form that records have.
package enum RecordFields {
    package static func text(_ value: String) -> String {
        "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    package static func list(_ values: [String]) -> String {
        "[" + values.map(text).joined(separator: ", ") + "]"
    }

    /// Lines of `key = value`; a field without a value is left out.
    package static func lines(_ fields: [(key: String, value: String?)]) -> String {
        fields.compactMap { field in field.value.map { "\(field.key) = \($0)\n" } }.joined()
    }
}
