/// This project's own components, which GitLab fetches from elsewhere, known by their place in a project `remit`.
///
/// Whose project it is, nobody can tell from here. A job of the same name in the definition is merged into theirs.
enum GitLabComponent {
    static func gate(_ include: YAMLNode) -> YAMLNode.Pair? {
        guard let parts = include.text("component")?.split(separator: "@").first?.split(separator: "/"),
            parts.count > 2, parts[parts.count - 2] == "remit"
        else { return nil }
        let inputs = include["inputs"]
        switch parts[parts.count - 1] {
        case "remit-merge":
            return job("remit-merge", "remit gate merge", stage: inputs?.text("stage") ?? "test", include.line)
        case "remit-deploy":
            guard let environment = inputs?.text("environment"), !environment.contains("'") else { return nil }
            return job(
                "remit-deploy", "remit gate deploy --environment '\(environment)'",
                stage: inputs?.text("stage") ?? ".pre", include.line)
        default: return nil
        }
    }

    /// With a rule, for the component has some of its own.
    private static func job(_ name: String, _ script: String, stage: String, _ line: Int) -> YAMLNode.Pair {
        func text(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, isPlain: false), line: line) }
        func pair(_ key: String, _ value: YAMLNode) -> YAMLNode.Pair {
            YAMLNode.Pair(key: key, line: line, value: value)
        }
        let rule = YAMLNode(.mapping([pair("if", text("the component's own"))]), line: line)
        let node = YAMLNode(
            .mapping([
                pair("stage", text(stage)), pair("script", text(script)),
                pair("rules", YAMLNode(.sequence([rule]), line: line)),
                pair("before_script", YAMLNode(.sequence([]), line: line)),
            ]), line: line)
        return pair(name, node)
    }
}
