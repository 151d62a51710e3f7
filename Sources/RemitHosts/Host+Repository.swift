import RemitModel

extension Host {
    /// What this server calls the repository; `nil` where a part of the name is missing.
    ///
    /// A wiki is a repository of its own: it never goes by the name of its project, whatever the server writes.
    func repository(in environment: Environment) throws(InvocationError) -> ByteString? {
        var parts: [ByteString] = []
        for variable in repositoryVariables {
            guard let part = try environment.word(variable) else { return nil }
            parts.append(part)
        }
        guard !parts.isEmpty, let companion = try companion(environment) else { return nil }
        let name = Array(parts.map(\.bytes).joined(separator: [UInt8(ascii: "/")]))
        let ending = companion.isEmpty ? [] : [UInt8(ascii: ".")] + companion.bytes
        return ByteString(name.reversed().starts(with: ending.reversed()) ? name : name + ending)
    }
}
