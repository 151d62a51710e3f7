import RemitFormats
import RemitModel

extension Agent {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "agent/v1")
        writer.set("organisation", organisation)
        writer.set("id", id)
        writer.set("vendor", vendor)
        writer.set("models", unlessEmpty: models)
        writer.set("tools", unlessEmpty: tools)
        writer.set("business_owners", businessOwners)
        writer.set("technical_owners", technicalOwners)
        writer.set("identities", unlessEmpty: identities.map(\.description))
        writer.set("marks", marks)
        writer.set("autonomy", autonomy.rawValue)
        writer.set("status", status.rawValue)
        writer.set("review_by", reviewBy)
        writer.set("resumed_at", ifGiven: resumedAt)
        writer.set("issued_at", ifGiven: issuedAt)
        if let review {
            writer.table("review")
            writer.set("at", review.at)
            writer.set("by", review.by)
            writer.set("models", unlessEmpty: review.models)
            writer.set("tools", unlessEmpty: review.tools)
        }
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Agent(record: bytes, file: "agent") }
        return bytes
    }
}
