import RemitFormats
import RemitModel

extension Root {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "root/v1")
        writer.set("organisation", organisation)
        writer.set("version", version)
        writer.set("threshold", threshold)
        for administrator in administrators {
            writer.element("administrator")
            writer.set("id", administrator.id)
            writer.set("keys", administrator.keys)
        }
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Root(record: bytes, file: "root") }
        return bytes
    }
}
