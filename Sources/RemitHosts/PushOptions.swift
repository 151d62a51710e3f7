import RemitModel

/// The options that a pusher gave with `--push-option`: claims, not facts.
enum PushOptions {
    /// Strict: a plain count, and every option that it announces.
    ///
    /// Git sets no count when options are not negotiated.
    static func read(from environment: Environment) throws(InvocationError) -> [ByteString] {
        let name: ByteString = "GIT_PUSH_OPTION_COUNT"
        guard let text = try environment.value(of: name, maximumByteCount: 16) else { return [] }
        guard let count = decimal(text), count <= Invocation.maximumPushOptionCount else {
            throw InvocationError(
                .badPushOptionCount, name, "not a number from 0 to \(Invocation.maximumPushOptionCount)")
        }
        var options: [ByteString] = []
        for index in 0..<count {
            options.append(try environment.option(index))
        }
        return options
    }

    /// Digits without a leading zero, as git prints them.
    private static func decimal(_ text: ByteString) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text.bytes.allSatisfy(digits.contains), text == "0" || text.bytes.first != UInt8(ascii: "0") else {
            return nil
        }
        return Int(String(decoding: text.bytes, as: UTF8.self))
    }
}

extension Environment {
    /// One push option; `git push -o ''` is an option too.
    fileprivate func option(_ index: Int) throws(InvocationError) -> ByteString {
        let name = ByteString("GIT_PUSH_OPTION_\(index)")
        guard isSet(name) else {
            throw InvocationError(.missingPushOption, name, "announced by GIT_PUSH_OPTION_COUNT")
        }
        return try value(of: name, maximumByteCount: Invocation.maximumPushOptionByteCount) ?? ""
    }
}
