import RemitModel

/// A decision as service messages of TeamCity.
///
/// <https://www.jetbrains.com/help/teamcity/service-messages.html>. A build problem fails the build, whatever the
/// status of the step.
enum TeamCityMessages {
    private static let groupsAtMost = 20
    /// Longest description and identity of a build problem.
    private static let descriptionAtMost = 4000
    private static let identityDigits = 32

    static func text(
        of decision: Decision, on occasion: Occasion, ledgerEntry: Int?, digest: @escaping Channel.Digest
    ) -> String {
        let account = Account.byFault(decision, occasion, ledgerEntry, atMost: groupsAtMost)
        var fingerprints = Fingerprints(digest)
        var lines = account.groups.map { group in
            let text = value(Account.lines(of: group))
            let identity = fingerprints.next(for: group).prefix(identityDigits)
            return account.severity == .error
                ? "##teamcity[buildProblem description='\(text)' identity='remit_\(identity)']"
                : "##teamcity[message text='\(text)' status='WARNING']"
        }
        let closing = value(account.opening + [account.more].compactMap { $0 } + account.remarks)
        switch account.severity {
        case .error: lines.append("##teamcity[buildProblem description='\(closing)' identity='remit']")
        case .warning: lines.append("##teamcity[message text='\(closing)' status='WARNING']")
        case .note: lines.append("##teamcity[message text='\(closing)' status='NORMAL']")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The lines as one value: `|` escapes, and what is not ASCII is written in UTF-16 units, as the server reads it.
    static func value(_ lines: [SafeText]) -> String {
        var value = ""
        var length = 0
        for unit in lines.map(\.text).joined(separator: "\n").utf16 {
            length += 1
            guard length < descriptionAtMost else { return value }
            switch unit {
            case 0x0A: value += "|n"
            case 0x0D: value += "|r"
            case 0x27, 0x5B, 0x5D, 0x7C: value += "|" + String(UnicodeScalar(UInt8(truncatingIfNeeded: unit)))
            case 0x20..<0x7F: value.unicodeScalars.append(UnicodeScalar(UInt8(truncatingIfNeeded: unit)))
            default: value += "|0x" + Hex.text([UInt8(unit >> 8), UInt8(unit & 0xFF)])
            }
        }
        return value
    }
}
