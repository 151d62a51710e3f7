import RemitModel

/// `--name value` pairs, the one form in which Gerrit's hooks plugin calls.
///
/// What stands where a value stands is a value, whatever it looks like: a project may be called `--oldrev`.
struct OptionPairs {
    private let values: [ByteString: ByteString]

    private static let maximumNameByteCount = 64

    /// Takes each option once.
    ///
    /// An option that is in neither list could change what the others mean, so it is a fault.
    ///
    /// - Parameters:
    ///   - needed: those that must be there.
    ///   - ignored: those that are known to change nothing, and may be missing.
    init(
        _ words: [ByteString], needed: [ByteString], ignored: [ByteString]
    ) throws(InvocationError) {
        var values: [ByteString: ByteString] = [:]
        for index in stride(from: 0, to: words.count, by: 2) {
            let name = words[index]
            guard Self.isName(name) else {
                throw InvocationError(.badArgument, ByteString("argument \(index + 1)"), "not the name of an option")
            }
            guard needed.contains(name) || ignored.contains(name) else {
                throw InvocationError(
                    .badArgument, name, "an option of which this release of remit-hook does not know what it means")
            }
            guard index + 1 < words.count else { throw InvocationError(.badArgument, name, "no value") }
            guard values.updateValue(words[index + 1], forKey: name) == nil else {
                throw InvocationError(.badArgument, name, "given twice")
            }
        }
        for name in needed where values[name] == nil { throw InvocationError(.badArgument, name, "not given") }
        self.values = values
    }

    /// An option's value; an empty one where Gerrit has nothing to say.
    func value(
        _ name: ByteString, atMost limit: Int = ArgumentCall.maximumByteCount
    ) throws(InvocationError) -> Argument {
        try Argument(name, values[name] ?? "", atMost: limit)
    }

    /// `--` and lower-case words joined by `-`: what may be shown to a person as it came.
    private static func isName(_ word: ByteString) -> Bool {
        word.starts(with: "--") && (3...maximumNameByteCount).contains(word.count)
            && word.bytes.dropFirst(2).allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
