package import RemitModel

/// YAML documents from a file's bytes, strictly and within bounds.
///
/// Where readers are known to differ (a key twice, a merge key after what it would replace, a character that only
/// YAML 1.1 takes for a line's end), the file is refused: the CI system must not see another pipeline than we do.
package enum YAMLReader {
    /// The only document of a file.
    package static func document(_ bytes: [UInt8], file: ByteString) throws(PipelineError) -> YAMLNode {
        let all = try documents(bytes, file: file)
        guard let first = all.first else { throw PipelineError(file: file, line: nil, reason: "it is empty") }
        guard all.count == 1 else {
            throw PipelineError(file: file, line: all[1].line, reason: "it holds more than one document")
        }
        return first
    }

    /// Every document of a file, for a system that takes more than one.
    package static func documents(_ bytes: [UInt8], file: ByteString) throws(PipelineError) -> [YAMLNode] {
        try refuseOtherText(bytes, file: file)
        var composer = YAMLComposer(events: try YAMLEvents(bytes, file: file), file: file)
        return try composer.documents()
    }

    private static func refuseOtherText(_ bytes: [UInt8], file: ByteString) throws(PipelineError) {
        guard bytes.count <= YAMLLimits.bytes else {
            let reason = "it is \(bytes.count) bytes long, and a definition may have \(YAMLLimits.bytes)"
            throw PipelineError(file: file, line: nil, reason: reason)
        }
        if let end = bytes.firstIndex(of: 0) {
            throw PipelineError(file: file, line: line(of: end, in: bytes), reason: "it holds a NUL byte")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw PipelineError(file: file, line: nil, reason: "it is not UTF-8")
        }
        for (at, first) in bytes.enumerated() where first == 0xC2 || first == 0xE2 || first == 0xEF {
            let character = bytes[at...].prefix(first == 0xC2 ? 2 : 3)
            guard ambiguous.contains(Array(character)), at > 0 || first != 0xEF else { continue }
            throw PipelineError(
                file: file, line: line(of: at, in: bytes),
                reason: "it holds a character that some readers take for the end of a line, or for nothing")
        }
    }

    /// NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR (line breaks in YAML 1.1, text in 1.2), ZERO WIDTH NO-BREAK SPACE.
    private static let ambiguous: Set<[UInt8]> = [
        [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9], [0xEF, 0xBB, 0xBF],
    ]

    private static func line(of index: Int, in bytes: [UInt8]) -> Int {
        bytes[..<index].count { $0 == 0x0A } + 1
    }
}
