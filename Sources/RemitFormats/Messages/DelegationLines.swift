package import RemitModel

/// The delegations that a message names in `Delegation:` lines, wherever they stand.
package struct DelegationLines: Sendable, Hashable {
    /// The fewest digits that name a delegation, as with git's object ids.
    package static let minimumDigits = 12
    /// The most values that are kept of either kind; a commit has use for one.
    package static let maximumValues = 16

    /// The distinct digits, without `sha256:`, in the order of the message.
    package private(set) var named: [ByteString] = []
    /// The distinct values that are not 12 to 64 lower-case digits, cut to 200 bytes: for a finding, never followed.
    package private(set) var malformed: [ByteString] = []

    package init(in message: [UInt8]) {
        for line in MessageLines(message) {
            guard let keyed = KeyedLine(line), keyed.isNamed("delegation") else { continue }
            if let digits = Self.digits(keyed.value) {
                Self.add(ByteString(digits), to: &named)
            } else {
                Self.add(ByteString(keyed.value.prefix(200)), to: &malformed)
            }
        }
    }

    private static func digits(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let hasPrefix = value.starts(with: RecordID.prefix.utf8)
        let digits = hasPrefix ? value.dropFirst(RecordID.prefix.utf8.count) : value
        let isHex = digits.allSatisfy { Hex.value($0) != nil }
        return isHex && (minimumDigits...RecordID.byteCount * 2).contains(digits.count) ? digits : nil
    }

    private static func add(_ value: ByteString, to values: inout [ByteString]) {
        if values.count < maximumValues, !values.contains(value) { values.append(value) }
    }
}
