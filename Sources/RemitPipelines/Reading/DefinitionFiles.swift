package import RemitModel

/// Gives a file of the same tree, or `nil` when it has none at that path.
package typealias DefinitionLookup = (ByteString) throws(PipelineError) -> [UInt8]?

/// The files that one definition is read from, each read once, and what all of it may come to.
struct DefinitionFiles {
    static let filesAtMost = 64
    /// Far beyond what the systems run themselves; it bounds what the question of the gate costs.
    static let jobsAtMost = 500
    /// Steps of all jobs, those of local actions and commands counted wherever they are used.
    static let stepsAtMost = 20_000
    /// Bytes of all scripts, 8 MiB.
    static let scriptsAtMost = 8 << 20
    /// Entries of mappings that are looked at when one is merged into another.
    static let mergesAtMost = 2_000_000
    /// How deep files may include each other.
    static let depthAtMost = 8

    let file: ByteString
    private let lookup: DefinitionLookup
    private var documents: [ByteString: [YAMLNode]?] = [:]
    private var jobs = 0
    private var steps = 0
    private var scripts = 0
    private var merges = 0

    init(file: ByteString, lookup: @escaping DefinitionLookup) {
        self.file = file
        self.lookup = lookup
    }

    /// The documents of a file that the definition names; `nil` when the tree has no such file.
    mutating func documents(at path: String) throws(PipelineError) -> [YAMLNode]? {
        guard let path = Self.normal(path) else { return nil }
        if let known = documents[path] { return known }
        guard documents.count < Self.filesAtMost else {
            throw PipelineError(file: file, line: nil, reason: "it includes more than \(Self.filesAtMost) files")
        }
        guard let bytes = try lookup(path) else {
            documents[path] = .some(nil)
            return nil
        }
        let read = try YAMLReader.documents(bytes, file: path)
        documents[path] = .some(read)
        return read
    }

    mutating func document(at path: String) throws(PipelineError) -> YAMLNode? {
        try documents(at: path)?.first
    }

    /// A path in the tree without `./`; `nil` for one that leads out of it.
    private static func normal(_ path: String) -> ByteString? {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.isEmpty ? nil : ByteString(parts.joined(separator: "/"))
    }

    mutating func countJob(_ line: Int) throws(PipelineError) {
        jobs += 1
        guard jobs <= Self.jobsAtMost else {
            throw PipelineError(file: file, line: line, reason: "it has more than \(Self.jobsAtMost) jobs")
        }
    }

    mutating func countStep(_ script: String, _ line: Int) throws(PipelineError) {
        steps += 1
        scripts += script.utf8.count
        guard steps <= Self.stepsAtMost else {
            throw PipelineError(file: file, line: line, reason: "it has more than \(Self.stepsAtMost) steps")
        }
        guard scripts <= Self.scriptsAtMost else {
            throw PipelineError(
                file: file, line: line, reason: "its scripts are longer than \(Self.scriptsAtMost) bytes")
        }
    }

    mutating func countMerge(_ entries: Int, _ line: Int) throws(PipelineError) {
        merges += entries
        guard merges <= Self.mergesAtMost else {
            throw PipelineError(
                file: file, line: line, reason: "more than \(Self.mergesAtMost) entries are merged for it")
        }
    }
}
