import RemitFormats
import RemitModel

extension Revocation {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "revocation/v1")
        writer.set("organisation", organisation)
        switch target {
        case .delegation(let id): writer.set("delegation", id.description)
        case .agent(let id): writer.set("agent", id)
        case .key(let key): writer.set("key", key.description)
        case .everyAgent: writer.set("agents", "all")
        }
        writer.set("cause", cause.rawValue)
        writer.set("reason", reason)
        writer.set("issued_at", issuedAt)
        writer.set("issuer", issuer)
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Revocation(record: bytes, file: "revocation") }
        return bytes
    }
}
