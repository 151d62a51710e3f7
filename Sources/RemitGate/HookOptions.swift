/// What may stand behind the name of a hook: each option once, its value in the same word or the next.
struct HookOptions {
    private(set) var format: PreReceive.Format?
    /// The file with what holds for every repository of the server.
    private(set) var config: String?

    /// `nil` where the arguments are not these.
    init?(_ arguments: some Sequence<String>) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else { return nil }
            switch parts[0] {
            case "--format":
                guard format == nil, let word = PreReceive.Format(rawValue: value) else { return nil }
                format = word
            case "--config":
                guard config == nil, !value.isEmpty else { return nil }
                config = value
            default: return nil
            }
        }
    }

    /// Takes them away from words that a server has put behind them; `nil` where they are not these.
    ///
    /// Such a hook speaks to a person, in text.
    init?(leading arguments: inout ArraySlice<String>) {
        var own: [String] = []
        while let word = arguments.first, word == "--config" || word.hasPrefix("--config=") {
            let count = word == "--config" ? 2 : 1
            own += arguments.prefix(count)
            arguments = arguments.dropFirst(count)
        }
        self.init(own)
    }

    /// Reads the file, if one is named.
    func site() throws(GateError) -> SiteConfiguration? {
        guard let config else { return nil }
        return try SiteConfiguration(at: config)
    }
}
