import RemitModel

/// Builds trees from libyaml's events, counting what it builds.
struct YAMLComposer: ~Copyable {
    private var events: YAMLEvents
    private let file: ByteString
    private var anchors: [String: Part] = [:]
    private var depth = 0
    private var nodes = 0
    private var text = 0

    /// A finished value, with what an alias of it costs.
    private struct Part {
        var node: YAMLNode
        var nodes = 1
        var text = 0
        var height = 1

        mutating func add(_ part: Part) {
            nodes += part.nodes
            text += part.text
            height = max(height, part.height + 1)
        }
    }

    init(events: consuming YAMLEvents, file: ByteString) {
        self.events = events
        self.file = file
    }

    mutating func documents() throws(PipelineError) -> [YAMLNode] {
        var documents: [YAMLNode] = []
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return documents
            case .documentStart:
                anchors = [:]
                documents.append(try part(of: try events.next()).node)
            default: continue
            }
        }
    }

    private func fault(_ line: Int, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }

    private mutating func part(of event: YAMLEvent) throws(PipelineError) -> Part {
        depth += 1
        defer { depth -= 1 }
        guard depth <= YAMLLimits.depth else { throw tooDeep(event.line) }
        var part: Part
        switch event.kind {
        case .alias(let name): return try alias(name, event.line)
        case .scalar(let content, let isPlain):
            try spend(nodes: 1, text: content.utf8.count, event.line)
            // A scalar with one of YAML's own tags is what the tag says; only text is of use here.
            let node = YAMLNode(
                .scalar(content, isPlain: isPlain && event.tag == nil), tag: ownTag(event), line: event.line)
            part = Part(node: node, text: content.utf8.count)
        case .sequenceStart: part = try sequence(event)
        case .mappingStart: part = try mapping(event)
        default: throw fault(event.line, "it ends too early")
        }
        if let anchor = event.anchor { anchors[anchor] = part }
        return part
    }

    private func tooDeep(_ line: Int) -> PipelineError {
        fault(line, "its values stand more than \(YAMLLimits.depth) deep within each other")
    }

    private mutating func spend(nodes: Int, text: Int, _ line: Int) throws(PipelineError) {
        self.nodes += nodes
        self.text += text
        guard self.nodes <= YAMLLimits.nodes else {
            throw fault(line, "it stands for more than \(YAMLLimits.nodes) values, its aliases counted")
        }
        guard self.text <= YAMLLimits.text else {
            throw fault(line, "it stands for more than \(YAMLLimits.text) bytes of text, its aliases counted")
        }
    }

    /// An anchor counts only once its value has ended, so a value cannot hold itself.
    private mutating func alias(_ name: String, _ line: Int) throws(PipelineError) -> Part {
        guard var part = anchors[name] else { throw fault(line, "no anchor before it is called '\(name)'") }
        guard depth - 1 + part.height <= YAMLLimits.depth else { throw tooDeep(line) }
        try spend(nodes: part.nodes, text: part.text, line)
        part.node = YAMLNode(part.node.content, tag: part.node.tag, line: line)
        return part
    }

    private func ownTag(_ event: YAMLEvent) -> String? {
        event.tag.flatMap { $0.hasPrefix("tag:yaml.org,2002:") || $0 == "!" ? nil : $0 }
    }

    private mutating func sequence(_ start: YAMLEvent) throws(PipelineError) -> Part {
        try spend(nodes: 1, text: 0, start.line)
        var whole = Part(node: YAMLNode(.sequence([]), line: start.line))
        var items: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { break }
            let part = try part(of: event)
            whole.add(part)
            items.append(part.node)
        }
        whole.node = YAMLNode(.sequence(items), tag: ownTag(start), line: start.line)
        return whole
    }

    private mutating func mapping(_ start: YAMLEvent) throws(PipelineError) -> Part {
        try spend(nodes: 1, text: 0, start.line)
        var whole = Part(node: YAMLNode(.mapping([]), line: start.line))
        var entries = YAMLEntries(file: file)
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let key = try part(of: event)
            guard case .scalar(let name, let isPlain) = key.node.content else {
                throw fault(event.line, "a key is not a plain text")
            }
            let value = try part(of: try events.next())
            whole.add(key)
            whole.add(value)
            if name == "<<", isPlain {
                try entries.merge(value.node, at: event.line)
            } else {
                try entries.add(YAMLNode.Pair(key: name, line: event.line, value: value.node))
            }
        }
        whole.node = YAMLNode(.mapping(entries.pairs), tag: ownTag(start), line: start.line)
        return whole
    }
}
