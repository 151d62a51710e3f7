/// Variables of a definition, as far as it says them itself.
struct GitLabValues {
    private var global: [String: String] = [:]
    private var own: [String: String] = [:]
    /// What `$CI_ENVIRONMENT_NAME` stands for.
    var environment: String?

    init(_ global: YAMLNode?) {
        self.global = Self.entries(global)
    }

    /// With what a job says itself.
    func with(_ own: YAMLNode?) -> GitLabValues {
        var values = self
        values.own = Self.entries(own)
        return values
    }

    private static func entries(_ node: YAMLNode?) -> [String: String] {
        var entries: [String: String] = [:]
        for pair in node?.pairs ?? [] { entries[pair.key] = pair.value.text ?? pair.value.text("value") }
        return entries
    }

    /// A text that is one variable is what the variable says; anything else stays as it is written.
    func resolved(_ text: String) -> String {
        guard text.hasPrefix("$") else { return text }
        var name = text.dropFirst()
        if name.hasPrefix("{"), name.hasSuffix("}") { name = name.dropFirst().dropLast() }
        if name == "CI_ENVIRONMENT_NAME", let environment { return environment }
        return own[String(name)] ?? global[String(name)] ?? text
    }
}
