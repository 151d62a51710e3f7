import RemitModel

/// The armour around an SSHSIG blob, read so that no second file means the same.
///
/// OpenSSH ignores text after the footer, and newer versions ignore carriage returns: a signature file could then say
/// things to its reader that nobody signed. Only the width of the lines is free, and the last line feed, which git
/// drops from a header.
enum SSHArmour {
    static let header = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
    static let footer = Array("\n-----END SSH SIGNATURE-----".utf8)

    /// The blob inside the armour.
    static func decode(_ text: ArraySlice<UInt8>) throws(SSHFormatError) -> [UInt8] {
        var body = text
        if body.last == UInt8(ascii: "\n") { body = body.dropLast() }
        guard body.count > header.count + footer.count, body.starts(with: header),
            body.suffix(footer.count).elementsEqual(footer)
        else { throw .armour }
        body = body.dropFirst(header.count).dropLast(footer.count)

        var digits: [UInt8] = []
        digits.reserveCapacity(body.count)
        for line in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard !line.isEmpty else { throw .armour }
            digits.append(contentsOf: line)
        }
        guard let blob = Base64.decode(digits, padding: .required) else { throw .base64 }
        return blob
    }
}
