package import RemitModel

extension RecordWriter {
    /// Writes tools with their marks in the form of `marks.toml`.
    ///
    /// - Parameter version: a number that rises.
    package static func marks(
        of tools: [MarkedTool], organisation: String, version: Int
    ) throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "marks/v1")
        writer.set("organisation", organisation)
        writer.set("version", version)
        for tool in tools {
            writer.element("tool")
            writer.set("id", tool.id)
            writer.set("vendor", tool.vendor)
            writer.set("kind", tool.kind.rawValue)
            for entry in tool.marks.flatMap(\.entries) {
                writer.element("mark")
                writer.set("tool", tool.id)
                writer.set("where", entry.place.rawValue)
                writer.set("key", ifGiven: entry.key)
                if entry.match != .exact { writer.set("match", entry.match.rawValue) }
                writer.set("value", ifGiven: entry.value)
                writer.set("link", ifGiven: entry.link)
                if entry.ornament { writer.set("ornament", true) }
                writer.set("confidence", entry.confidence.name)
            }
        }
        return try writer.bytes()
    }
}
