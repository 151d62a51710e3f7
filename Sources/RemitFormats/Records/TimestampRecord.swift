package import RemitModel

extension Timestamp {
    /// Reads `timestamp.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "timestamp/v1")
        let text = try table.text("head")
        guard let head = ObjectID(hex: text) else {
            throw table.refusal("head", "'\(text)' is not a full commit id")
        }
        self.init(
            organisation: try table.identifier("organisation"), issuedAt: try table.moment("issued_at"), head: head)
        try table.finish()
    }
}
