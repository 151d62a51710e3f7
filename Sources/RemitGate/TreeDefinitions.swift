import RemitGit
import RemitModel
import RemitPipelines

/// The definitions of one tree, found where CI systems look for them and read within bounds.
struct TreeDefinitions {
    /// More than any repository needs; what stands beyond is taken for unreadable.
    static let definitionsAtMost = 64
    /// Names of definitions; a tree with more cannot be judged.
    static let namesAtMost = 4_096
    /// Bytes of all definitions of a tree and their parts, 16 MiB: what they cost to read is bounded by that.
    static let bytesAtMost = 16 << 20
    /// Paths that one definition may name as its parts, itself counted, found or not.
    static let filesAtMost = 128

    private let reader: GitReader
    private let tree: ObjectID
    /// Definitions of another tree, read already: where all their files are the same here, so are they.
    private let known: [ByteString: Definition]
    private let budget = Budget()

    /// What may still be read.
    final class Budget {
        var bytes = TreeDefinitions.bytesAtMost
    }

    init(_ reader: GitReader, tree: ObjectID, known: [Definition]) {
        self.reader = reader
        self.tree = tree
        self.known = Dictionary(known.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func all() throws(GitError) -> [Definition] {
        var found: [Definition] = []
        var included: Set<ByteString> = []
        for directory in DefinitionPlaces.directories {
            if let link = try link(at: directory.path) {
                found.append(link)
                continue
            }
            for file in try files(in: directory.path, isDeep: directory.isDeep) {
                // A part of one read already, which no system starts by itself.
                guard !included.contains(file.path) || !DefinitionPlaces.mayBePart(file.path) else { continue }
                guard found.count < Self.definitionsAtMost else {
                    // Each by itself, so that a change of any of them is seen.
                    let reason = "the tree holds more than \(Self.definitionsAtMost) pipeline definitions"
                    found.append(unreadable(file.path, file.entry.id, reason))
                    continue
                }
                let definition = try definition(file.path, file.entry)
                included.formUnion(definition.sources.keys)
                found.append(definition)
            }
        }
        return found
    }

    /// A link or a submodule on the way to a directory of definitions: what it leads to is not in this tree.
    private func link(at directory: ByteString) throws(GitError) -> Definition? {
        let segments = directory.bytes.split(separator: UInt8(ascii: "/"))
        for count in segments.indices.map({ $0 + 1 }) {
            let path = ByteString(segments.prefix(count).joined(separator: [UInt8(ascii: "/")]))
            guard let entry = try reader.repository.entry(at: path, inTree: tree) else { return nil }
            if entry.mode == .symlink || entry.mode == .gitlink {
                return unreadable(path, entry.id, "something else stands where a directory of definitions belongs")
            }
        }
        return nil
    }

    /// The files of a directory that are definitions, in the order of their names.
    private func files(
        in directory: ByteString, isDeep: Bool
    ) throws(GitError) -> [(path: ByteString, entry: Change.Entry)] {
        var found: [(path: ByteString, entry: Change.Entry)] = []
        var waiting = [directory]
        while let next = waiting.popLast() {
            for (name, entry) in try reader.repository.list(next, inTree: tree) ?? [] {
                let path = next.isEmpty ? name : ByteString(next.bytes + [UInt8(ascii: "/")] + name.bytes)
                if entry.mode == .tree {
                    if isDeep { waiting.append(path) }
                } else if DefinitionPlaces.system(of: path) != nil {
                    found.append((path, entry))
                }
                guard found.count + waiting.count <= Self.namesAtMost else {
                    throw GitError(.limit, "definitions", "more than \(Self.namesAtMost) pipeline definitions")
                }
            }
        }
        return found.sorted { DefinitionPlaces.comes($0.path, before: $1.path) }
    }

    private func unreadable(_ file: ByteString, _ id: ObjectID?, _ reason: String) -> Definition {
        Definition(
            file: file, content: .unreadable(PipelineError(file: file, line: nil, reason: reason)),
            sources: [file: id])
    }

    private func definition(_ file: ByteString, _ entry: Change.Entry) throws(GitError) -> Definition {
        if let known = known[file], try isSame(known) { return known }
        let files = IncludedFiles(reader, tree: tree, budget)
        let content: Definition.Content
        do throws(PipelineError) {
            guard let bytes = try files.read(file), let system = DefinitionPlaces.system(of: file),
                let pipeline = try PipelineDefinitions.pipeline(
                    bytes, file: file, system: system,
                    lookup: { path throws(PipelineError) in try files.read(path) })
            else { throw PipelineError(file: file, line: nil, reason: "it is not a definition that is read here") }
            content = .pipeline(pipeline)
        } catch {
            content = .unreadable(error)
        }
        // What could not be read for the repository's sake is not the definition's fault.
        if let fault = files.fault { throw fault }
        return Definition(file: file, content: content, sources: files.sources)
    }

    /// Whether every file of a definition is in this tree what it was where it was read.
    private func isSame(_ definition: Definition) throws(GitError) -> Bool {
        for (path, id) in definition.sources {
            guard try reader.repository.entry(at: path, inTree: tree)?.id == id else { return false }
        }
        return true
    }
}

/// The files of a tree that one definition is made of, as they are asked for.
private final class IncludedFiles {
    private let reader: GitReader
    private let tree: ObjectID
    private let budget: TreeDefinitions.Budget
    private(set) var sources: [ByteString: ObjectID?] = [:]
    private(set) var fault: GitError?

    init(_ reader: GitReader, tree: ObjectID, _ budget: TreeDefinitions.Budget) {
        self.reader = reader
        self.tree = tree
        self.budget = budget
    }

    /// The content of a file; `nil` where the tree has none.
    func read(_ path: ByteString) throws(PipelineError) -> [UInt8]? {
        func refusal(_ reason: String) -> PipelineError { PipelineError(file: path, line: nil, reason: reason) }
        guard sources.count < TreeDefinitions.filesAtMost || sources[path] != nil else {
            throw refusal("it is made of more than \(TreeDefinitions.filesAtMost) files")
        }
        do throws(GitError) {
            let entry = try reader.repository.entry(at: path, inTree: tree)
            sources.updateValue(entry?.id, forKey: path)
            guard let entry else { return nil }
            guard entry.mode == .regular || entry.mode == .executable else {
                throw GitError(.wrongKind, "blob", "it is not a file")
            }
            let size = try reader.repository.size(of: entry.id)
            guard size <= YAMLLimits.bytes else {
                throw GitError(
                    .limit, "blob", "it is \(size) bytes long, and a definition may have \(YAMLLimits.bytes)")
            }
            guard size <= budget.bytes else {
                throw GitError(
                    .limit, "blob", "the tree's definitions are longer than \(TreeDefinitions.bytesAtMost) bytes")
            }
            budget.bytes -= size
            return try reader.repository.read(entry.id, expecting: .blob)
        } catch {
            if error.code != .wrongKind, error.code != .limit { fault = error }
            throw refusal(error.reason)
        }
    }
}
