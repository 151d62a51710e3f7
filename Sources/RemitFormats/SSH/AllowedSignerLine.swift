import RemitModel

/// Reads one line of an `allowed_signers` file: `principals [options] type base64 [comment]`.
///
/// The grammar is that of ALLOWED SIGNERS in ssh-keygen(1). Left out, and refused: quoted principals, escapes in
/// values, times in the reader's own zone, and lines that name no namespaces (OpenSSH lets those sign anything).
struct AllowedSignerLine {
    /// The longest line accepted: a key, its options and its comment.
    static let maximumByteCount = 16_384

    private let principals: SSHPatternList
    private let options: AllowedSignerOptions
    private let namespaces: SSHPatternList
    private let key: SSHPublicKey

    /// `nil` for an empty line or a comment.
    init?(_ line: ArraySlice<UInt8>) throws(AllowedSignersError.Code) {
        guard line.count <= Self.maximumByteCount else { throw .lineTooLong }
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
            throw .controlCharacter
        }
        guard String(validating: line, as: UTF8.self) != nil else { throw .notUTF8 }
        var rest = line.drop(while: SSHPublicKey.isBlank)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }

        let named = rest.prefix { !SSHPublicKey.isBlank($0) }
        guard !named.contains(UInt8(ascii: "\"")), let principals = SSHPatternList(named) else { throw .principals }
        self.principals = principals

        rest = rest.dropFirst(named.count).drop(while: SSHPublicKey.isBlank)
        guard !rest.isEmpty else { throw .noKey }
        var options = AllowedSignerOptions()
        if !Self.beginsWithKeyType(rest) {
            try options.read(from: &rest)
            rest = rest.drop(while: SSHPublicKey.isBlank)
        }
        guard !rest.isEmpty else { throw .noKey }
        guard let namespaces = options.namespaces else { throw .noNamespaces }
        self.options = options
        self.namespaces = namespaces
        do {
            key = try SSHPublicKey(line: rest)
        } catch {
            throw .key(error)
        }
    }

    /// No option has a name like a key type's, so that a line whose key is of a foreign type is told so.
    private static func beginsWithKeyType(_ text: ArraySlice<UInt8>) -> Bool {
        let word = text.prefix { !SSHPublicKey.isBlank($0) }
        do {
            _ = try SSHKeyType(name: word)
            return true
        } catch {
            return error != .keyType
        }
    }

    func signer(line: Int) -> AllowedSigner {
        AllowedSigner(
            line: line, principals: principals, namespaces: namespaces, validAfter: options.validAfter,
            validBefore: options.validBefore, key: key)
    }
}
