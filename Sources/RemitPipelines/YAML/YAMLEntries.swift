import RemitModel

/// The entries of one mapping, its merge key (`<<`, https://yaml.org/type/merge.html) resolved.
struct YAMLEntries {
    private(set) var pairs: [YAMLNode.Pair] = []
    private let file: ByteString
    /// Where each of its own keys stands among the pairs.
    private var own: [String: Int] = [:]
    private var merged: [String: Int] = [:]
    private var hasMerged = false

    init(file: ByteString) {
        self.file = file
    }

    /// Its own key, which replaces what was merged before it.
    mutating func add(_ pair: YAMLNode.Pair) throws(PipelineError) {
        guard own[pair.key] == nil else { throw fault(pair.line, "the key '\(pair.key)' is there twice") }
        if let place = merged[pair.key] {
            own[pair.key] = place
            pairs[place] = pair
        } else {
            own[pair.key] = pairs.count
            pairs.append(pair)
        }
    }

    /// What comes earlier in a list of mappings wins.
    mutating func merge(_ node: YAMLNode, at line: Int) throws(PipelineError) {
        guard !hasMerged else { throw fault(line, "the key '<<' is there twice") }
        hasMerged = true
        for source in node.items ?? [node] {
            guard let inherited = source.pairs else {
                throw fault(line, "'<<' names something other than a mapping or a list of them")
            }
            for pair in inherited { try merge(pair, at: line) }
        }
    }

    private mutating func merge(_ pair: YAMLNode.Pair, at line: Int) throws(PipelineError) {
        if let place = own[pair.key] {
            // By the specification its own key wins wherever it stands; Ruby's Psych lets the later one win.
            guard pairs[place].value.content == pair.value.content else {
                throw fault(line, "'<<' comes after the key '\(pair.key)', which it has too; put '<<' first")
            }
        } else if merged[pair.key] == nil {
            merged[pair.key] = pairs.count
            pairs.append(pair)
        }
    }

    private func fault(_ line: Int, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }
}
