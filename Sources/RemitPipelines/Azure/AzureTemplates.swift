import RemitModel

/// Lists of stages, jobs and steps with their templates and `${{ if }}` written out.
///
/// https://learn.microsoft.com/en-us/azure/devops/pipelines/process/templates
struct AzureTemplates {
    /// One entry of a list, and the expressions that decide whether it is there at all.
    struct Item {
        var node: YAMLNode
        var conditions: [String] = []
        /// Values of the parameters that it was written out with.
        var parameters: [String: String]
        /// The directory that templates are named from.
        var directory: String
    }

    /// - Parameter kind: `stages`, `jobs` or `steps`.
    static func items(
        _ list: YAMLNode?, _ kind: String, of parent: Item, _ files: inout DefinitionFiles, depth: Int = 0
    ) throws(PipelineError) -> [Item] {
        guard depth <= 2 * DefinitionFiles.depthAtMost else {
            throw PipelineError(
                file: files.file, line: list?.line,
                reason: "templates use each other more than \(2 * DefinitionFiles.depthAtMost) deep")
        }
        var items: [Item] = []
        for node in list?.items ?? [] {
            try files.countStep("", node.line)
            var item = parent
            item.node = node
            if let pair = node.pairs?.first, pair.key.hasPrefix("${{") {
                let words = pair.key.filter { !"${}".contains($0) }.trimmed
                item.conditions.append("${{ \(words) }}")
                items += try self.items(pair.value, kind, of: item, &files, depth: depth + 1)
            } else if let path = node.text("template") {
                guard let template = try template(path, from: parent.directory, node.line, &files) else {
                    items.append(item)
                    continue
                }
                item.directory = template.directory
                item.parameters = parameters(of: template.node, given: node["parameters"], parent.parameters)
                items += try self.items(template.node[kind], kind, of: item, &files, depth: depth + 1)
            } else {
                items.append(item)
            }
        }
        return items
    }

    /// A template of the same tree; `nil` for one of another repository, which nobody sees here.
    static func template(
        _ path: String, from directory: String, _ line: Int, _ files: inout DefinitionFiles
    ) throws(PipelineError) -> (node: YAMLNode, directory: String)? {
        let parts = path.split(separator: "@", maxSplits: 1)
        guard parts.count < 2 || parts[1] == "self" else { return nil }
        let name = parts.first.map(String.init) ?? ""
        let full = name.hasPrefix("/") ? String(name.dropFirst()) : "\(directory)\(name)"
        guard let node = try files.document(at: full) else {
            throw PipelineError(file: files.file, line: line, reason: "the template '\(path)' is not in the tree")
        }
        return (node, self.directory(of: full))
    }

    /// With its last `/`; empty at the root.
    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    static func parameters(
        of template: YAMLNode, given: YAMLNode?, _ outer: [String: String]
    ) -> [String: String] {
        var values: [String: String] = [:]
        for item in template["parameters"]?.items ?? [] {
            if let name = item.text("name") { values[name] = item.text("default") }
        }
        for (name, value) in template["parameters"]?.textEntries ?? [:] { values[name] = value }
        for (name, value) in given?.textEntries ?? [:] { values[name] = resolved(value, outer) }
        return values
    }

    /// `${{ parameters.name }}` replaced, where the text is just that; anything else stays as it is written.
    static func resolved(_ text: String, _ parameters: [String: String]) -> String {
        guard text.hasPrefix("${{"), text.hasSuffix("}}") else { return text }
        let key = String(text.dropFirst(3).dropLast(2)).trimmed
        guard key.allSatisfy({ $0.isLetter || $0.isNumber || "._-".contains($0) }) else { return text }
        guard key.hasPrefix("parameters."), let value = parameters[String(key.dropFirst(11))] else {
            return "${{ \(key) }}"
        }
        return value
    }
}
