import RemitModel

/// The options between the principals and the key of an `allowed_signers` line.
struct AllowedSignerOptions {
    private(set) var namespaces: SSHPatternList?
    private(set) var validAfter: Instant?
    private(set) var validBefore: Instant?

    /// Reads options separated by commas, up to the first blank outside quotes, and takes them from the text.
    mutating func read(from text: inout ArraySlice<UInt8>) throws(AllowedSignersError.Code) {
        while true {
            let name = text.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") && !SSHPublicKey.isBlank($0) }
            text = text.dropFirst(name.count)
            try readOption(named: String(decoding: name, as: UTF8.self).lowercased(), from: &text)
            guard text.first == UInt8(ascii: ",") else { break }
            text = text.dropFirst()
        }
        guard text.first.map(SSHPublicKey.isBlank) ?? true else { throw .optionValue }
        if let validAfter, let validBefore, validBefore <= validAfter { throw .emptyPeriod }
    }

    private mutating func readOption(
        named name: String, from text: inout ArraySlice<UInt8>
    ) throws(AllowedSignersError.Code) {
        switch name {
        case "cert-authority":
            throw .certificateAuthority
        case "namespaces":
            guard namespaces == nil else { throw .repeatedOption }
            guard let list = SSHPatternList(try Self.value(from: &text)) else { throw .namespaces }
            namespaces = list
        case "valid-after":
            guard validAfter == nil else { throw .repeatedOption }
            validAfter = try Self.time(Self.value(from: &text))
        case "valid-before":
            guard validBefore == nil else { throw .repeatedOption }
            validBefore = try Self.time(Self.value(from: &text))
        default:
            throw .unknownOption
        }
    }

    /// Reads `="value"`.
    ///
    /// OpenSSH also knows `\"` inside; no namespace and no time needs it.
    private static func value(
        from text: inout ArraySlice<UInt8>
    ) throws(AllowedSignersError.Code) -> ArraySlice<UInt8> {
        guard text.starts(with: [UInt8(ascii: "="), UInt8(ascii: "\"")]) else { throw .optionValue }
        let value = text.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
        text = text.dropFirst(2 + value.count)
        guard text.popFirst() == UInt8(ascii: "\""), !value.contains(UInt8(ascii: "\\")) else { throw .optionValue }
        return value
    }

    /// Reads `YYYYMMDD[HHMM[SS]]Z`.
    ///
    /// Without the `Z` OpenSSH reads local time, another moment on every server.
    private static func time(_ text: ArraySlice<UInt8>) throws(AllowedSignersError.Code) -> Instant {
        guard text.last == UInt8(ascii: "Z") else { throw .timeNotUTC }
        let digits = Array(text.dropLast())
        guard [8, 12, 14].contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw .time }
        func number(_ start: Int, _ count: Int) -> Int {
            digits.dropFirst(start).prefix(count).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        let moment = Instant(
            year: number(0, 4), month: number(4, 2), day: number(6, 2), hour: number(8, 2), minute: number(10, 2),
            second: number(12, 2))
        // The epoch itself means "no limit" inside OpenSSH.
        guard let moment, moment.seconds > 0 else { throw .time }
        return moment
    }
}
