/// What was done to evidence by hand, with SQL; the entry that the first fault names, and its words.
package struct SQLDamage: Sendable {
    package let testDescription: String
    package let sql: String
    package let entry: Int64?
    package let words: String

    package init(_ name: String, _ sql: String, entry: Int64?, _ words: String) {
        (testDescription, self.sql, self.entry, self.words) = (name, sql, entry, words)
    }
}
