import RemitModel

/// One definition of GitLab's with its includes, defaults and `extends` put together.
///
/// https://docs.gitlab.com/ci/yaml/
struct GitLabDocument {
    private(set) var root: [String: YAMLNode] = [:]
    private(set) var names: [String] = []
    private(set) var lines: [String: Int] = [:]
    /// The variables that every job has.
    private(set) var values = GitLabValues(nil)
    /// Includes that do not lie in the tree: what they bring, nobody sees here.
    private(set) var unseen: [(name: String, line: Int)] = []

    /// - Parameter node: the file that was named first; what it includes comes before what it says itself.
    mutating func read(_ node: YAMLNode, _ files: inout DefinitionFiles, depth: Int = 0) throws(PipelineError) {
        guard depth <= DefinitionFiles.depthAtMost else {
            throw PipelineError(
                file: files.file, line: node.line,
                reason: "files include each other more than \(DefinitionFiles.depthAtMost) deep")
        }
        for item in node["include"].map({ $0.items ?? [$0] }) ?? [] {
            if let gate = GitLabComponent.gate(item) {
                try add(gate, &files)
                continue
            }
            guard let path = item.text ?? item.text("local"), !path.contains("://") else {
                let name = ["component", "project", "remote", "template"].lazy.compactMap { item.text($0) }.first
                unseen.append((name ?? item.text ?? "include", item.line))
                continue
            }
            guard !path.contains("*"), !path.contains("$"), let included = try files.documents(at: path)?.last else {
                let fault =
                    path.contains("*") || path.contains("$") ? "can be more than one file" : "is not in the tree"
                throw PipelineError(file: files.file, line: item.line, reason: "the include '\(path)' \(fault)")
            }
            try read(included, &files, depth: depth + 1)
        }
        for pair in node.pairs ?? [] where pair.key != "include" { try add(pair, &files) }
        values = GitLabValues(root["variables"])
    }

    private mutating func add(_ pair: YAMLNode.Pair, _ files: inout DefinitionFiles) throws(PipelineError) {
        if let old = root[pair.key] {
            root[pair.key] = try Self.merged(old, with: pair.value, &files)
        } else {
            root[pair.key] = pair.value
            names.append(pair.key)
        }
        lines[pair.key] = pair.line
    }

    /// Mappings are merged key by key; anything else is replaced.
    private static func merged(
        _ old: YAMLNode, with new: YAMLNode, _ files: inout DefinitionFiles
    ) throws(PipelineError) -> YAMLNode {
        guard let oldPairs = old.pairs, let newPairs = new.pairs else { return new }
        try files.countMerge(oldPairs.count + newPairs.count, new.line)
        let newer = Dictionary(newPairs.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        let known = Set(oldPairs.map(\.key))
        var kept = oldPairs
        for (place, pair) in oldPairs.enumerated() {
            guard let own = newer[pair.key] else { continue }
            let value = try merged(pair.value, with: own.value, &files)
            kept[place] = YAMLNode.Pair(key: pair.key, line: own.line, value: value)
        }
        return YAMLNode(.mapping(kept + newPairs.filter { !known.contains($0.key) }), tag: new.tag, line: new.line)
    }

    /// A job with what it extends; the one that is named last wins, and the job itself over all.
    func job(_ name: String, _ files: inout DefinitionFiles, depth: Int = 0) throws(PipelineError) -> YAMLNode? {
        guard let own = root[name] else { return nil }
        guard depth <= 11 else {
            throw PipelineError(file: files.file, line: own.line, reason: "jobs extend each other more than 11 deep")
        }
        var base: YAMLNode?
        for parent in own["extends"]?.texts ?? [] {
            try files.countStep("", own.line)
            guard let node = try job(parent, &files, depth: depth + 1) else { continue }
            if let known = base { base = try Self.merged(known, with: node, &files) } else { base = node }
        }
        guard let base else { return own }
        return try Self.merged(base, with: own, &files)
    }

    /// The lines of a script, `!reference [job, key]` put in.
    func script(_ node: YAMLNode?, _ files: inout DefinitionFiles, depth: Int = 0) throws(PipelineError) -> [String] {
        guard let node else { return [] }
        try files.countStep(node.text ?? "", node.line)
        guard depth <= 10 else {
            throw PipelineError(file: files.file, line: node.line, reason: "references stand more than 10 deep")
        }
        if node.tag == "!reference" {
            var path = node.texts[...]
            guard let name = path.popFirst() else { return [] }
            var target = try job(name, &files)
            while let key = path.popFirst() { target = target?[key] }
            return try script(target, &files, depth: depth + 1)
        }
        if let text = node.text { return [text] }
        var lines: [String] = []
        for item in node.items ?? [] { lines += try script(item, &files, depth: depth + 1) }
        return lines
    }
}
