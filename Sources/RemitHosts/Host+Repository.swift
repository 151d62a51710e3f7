import RemitModel

extension Host {
    /// What this server calls the repository; `nil` where a part of the name is missing.
    func repository(in environment: Environment) throws(InvocationError) -> ByteString? {
        var parts: [ByteString] = []
        for variable in repositoryVariables {
            guard let part = try environment.word(variable) else { return nil }
            parts.append(part)
        }
        return parts.isEmpty ? nil : ByteString(Array(parts.map(\.bytes).joined(separator: [UInt8(ascii: "/")])))
    }
}
