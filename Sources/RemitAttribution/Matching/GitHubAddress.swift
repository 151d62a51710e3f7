import RemitModel

/// The two halves of `<id>+<login>@users.noreply.github.com`.
///
/// The number is the account; the login can be renamed, and apps have shared one number under two logins.
struct GitHubAddress {
    let id: UInt64
    let login: ArraySlice<UInt8>

    /// `github-actions[bot]`, under whose number actions of other tools commit with a login of their own: here, and only
    /// here, the login decides.
    static let sharedAccount: UInt64 = 41_898_282
    static let sharedLogin = "github-actions[bot]"

    static let domain = "@users.noreply.github.com"

    init?(_ email: ArraySlice<UInt8>) {
        guard email.first?.isDigit == true, Pattern.suffix(Self.domain).matches(email) else { return nil }
        let digits = email.prefix { $0.isDigit }
        guard digits.count <= 18, digits.endIndex < email.endIndex, email[digits.endIndex] == UInt8(ascii: "+") else {
            return nil
        }
        id = digits.reduce(0) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
        login = email[(digits.endIndex + 1)..<(email.endIndex - Self.domain.utf8.count)]
    }
}
