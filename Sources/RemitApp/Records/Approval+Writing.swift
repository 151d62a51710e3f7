import RemitFormats
import RemitModel

extension Approval {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "approval/v1")
        writer.set("organisation", organisation)
        writer.set("approver", approver)
        writer.set("repository", repository)
        writer.set("commit", commit.hex)
        writer.set("tree", tree.hex)
        writer.set("environments", unlessEmpty: environments.sorted())
        writer.set("reason", reason)
        writer.set("issued_at", issuedAt)
        writer.set("expires_at", expiresAt)
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Approval(record: bytes, file: "approval") }
        return bytes
    }
}

extension RemitModel.Exception {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "exception/v1")
        writer.set("organisation", organisation)
        writer.set("issuer", issuer)
        writer.set("repository", repository)
        writer.set("ref", String(decoding: ref.bytes, as: UTF8.self))
        writer.set("commit", commit.hex)
        writer.set("rules", RuleCode.allCases.filter(rules.contains).map(\.rawValue))
        writer.set("reason", reason)
        writer.set("issued_at", issuedAt)
        writer.set("expires_at", expiresAt)
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in
            try RemitModel.Exception(record: bytes, file: "exception")
        }
        return bytes
    }
}

extension Decline {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "decline/v1")
        writer.set("organisation", organisation)
        writer.set("request", request.description)
        writer.set("person", person)
        writer.set("reason", reason)
        writer.set("issued_at", issuedAt)
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Decline(record: bytes, file: "decline") }
        return bytes
    }
}
