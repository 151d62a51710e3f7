import CYAML
import RemitModel

/// What libyaml reports next.
struct YAMLEvent {
    let kind: Kind
    /// From 1.
    let line: Int
    let anchor: String?
    let tag: String?

    enum Kind {
        case streamEnd, documentStart, sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        /// The start of the stream, the end of a document: nothing that a tree keeps.
        case other
    }
}

/// The single owner of one parser of libyaml and of the bytes that it reads.
@safe struct YAMLEvents: ~Copyable {
    private let file: ByteString
    /// On the heap, for libyaml keeps a pointer from the parser to itself.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8], file: ByteString) throws(PipelineError) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            throw PipelineError(file: file, line: nil, reason: "libyaml has no memory to read it")
        }
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = unsafe input.initialize(from: bytes)
        self.file = file
        unsafe self.parser = unsafe parser
        unsafe self.input = unsafe input
        // Never guessed from a byte order mark: the bytes are known to be UTF-8.
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, UnsafePointer(input.baseAddress), bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    mutating func next() throws(PipelineError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw fault }
        let read = unsafe Self.copy(event)
        unsafe yaml_event_delete(&event)
        return read
    }

    private var fault: PipelineError {
        let problem = unsafe parser.pointee.problem
        let line = unsafe Int(clamping: parser.pointee.problem_mark.line) + 1
        let reason = unsafe problem.map { unsafe String(cString: $0) } ?? "libyaml has no memory to read it"
        return PipelineError(file: file, line: line, reason: reason)
    }

    private static func copy(_ event: yaml_event_t) -> YAMLEvent {
        let kind: YAMLEvent.Kind
        var anchor: UnsafeMutablePointer<yaml_char_t>?
        var tag: UnsafeMutablePointer<yaml_char_t>?
        switch unsafe event.type {
        case YAML_STREAM_END_EVENT: kind = .streamEnd
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            unsafe (anchor, tag) = unsafe (event.data.sequence_start.anchor, event.data.sequence_start.tag)
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            unsafe (anchor, tag) = unsafe (event.data.mapping_start.anchor, event.data.mapping_start.tag)
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        case YAML_ALIAS_EVENT: kind = unsafe .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
            kind = unsafe .scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain)
            unsafe (anchor, tag) = unsafe (scalar.anchor, scalar.tag)
        default: kind = .other
        }
        return unsafe YAMLEvent(
            kind: kind, line: Int(clamping: event.start_mark.line) + 1, anchor: text(anchor), tag: text(tag))
    }

    /// What one of libyaml's own strings says.
    private static func text(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe text.map { unsafe String(cString: $0) }
    }
}
