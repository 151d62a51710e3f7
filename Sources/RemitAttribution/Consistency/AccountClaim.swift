import RemitFormats
import RemitModel

/// A name or address that claims the account of a GitHub App.
///
/// Only apps have a login that ends in `[bot]`, on which nothing a person could be called is taken for a claim: people
/// were called `codex` and `claude` before the tools were.
struct AccountClaim {
    /// The login that is claimed: that of the address, or else the name.
    let login: ArraySlice<UInt8>
    /// The account by whose number the address goes; `nil` for any other address.
    let account: GitHubAddress?
    let email: ArraySlice<UInt8>

    private static let suffix = "[bot]"

    init?(name: ArraySlice<UInt8>, email: ArraySlice<UInt8>) {
        let bracket = UInt8(ascii: "]")
        let account = GitHubAddress(email)
        guard account.map({ $0.login.last == bracket }) == true || name.last == bracket else { return nil }
        let isApp = Pattern.suffix(Self.suffix)
        if let account, isApp.matches(account.login) {
            login = account.login
        } else if isApp.matches(name) {
            login = name
        } else {
            return nil
        }
        self.account = account
        self.email = email
    }

    /// Whether the address spells the login that is claimed, with or without the suffix.
    var isSpelt: Bool {
        guard let account else { return false }
        let claimed = login.map(\.foldedASCII)
        let spelt = account.login.map(\.foldedASCII)
        return spelt == claimed || spelt + Array(Self.suffix.utf8) == claimed
    }
}

extension MarkCatalogue {
    /// What does not fit in a claim: the number, or the address as a whole.
    ///
    /// Not odd are a listed account under another login, since apps are renamed; the number under which actions of other
    /// tools commit; and an address of no numbered account, unless it is a registered person's: workflows set
    /// `user.name` and `user.email` as they like.
    func oddity(
        in claim: AccountClaim, _ excerpt: @autoclosure () -> ByteString, isPerson: (ArraySlice<UInt8>) -> Bool
    ) -> Oddity? {
        guard let (tool, numbers) = account(withLogin: claim.login) else { return nil }
        func oddity(_ kind: Inconsistency, _ reason: String) -> Oddity {
            Oddity(kind, agent: tool, found: excerpt(), reason: reason)
        }
        guard let account = claim.account else {
            guard isPerson(claim.email) else { return nil }
            return oddity(.accountAddress, "the address is that of a person, \(text(claim.email))")
        }
        guard account.id != GitHubAddress.sharedAccount, !numbers.contains(account.id),
            !marks(ofAccount: account.id).contains(where: { self.tool(of: $0).id == tool })
        else { return nil }
        if claim.isSpelt {
            let known = numbers.map(String.init).joined(separator: " or ")
            return oddity(.accountNumber, "\(account.id), and the account has \(known)")
        }
        return oddity(
            .accountAddress, "the address is that of account \(account.id), \(text(account.login))")
    }

    /// The tool that has an app's login, and the numbers that its accounts of that login have had.
    private func account(withLogin login: ArraySlice<UInt8>) -> (tool: String, numbers: [UInt64])? {
        if Pattern.exact(GitHubAddress.sharedLogin).matches(login) {
            return ("github-actions", [GitHubAddress.sharedAccount])
        }
        var found: (tool: String, numbers: [UInt64])?
        logins.forEach(login) { index in
            guard case .gitHub(let number, _, _) = mark(index).form else { return }
            found = (tool(of: index).id, ((found?.numbers ?? []) + [number]).sorted())
        }
        return found
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
