/// Who moves the refs, as far as the git server vouches for it.
///
/// Never read from a commit.
package struct Pusher: Hashable, Sendable {
    /// The name by which the server knows the account, such as `dana`.
    package let login: ByteString
    /// What vouches for it, in words: "GL_USERNAME of gitlab".
    package let vouchedBy: String

    package init(login: ByteString, vouchedBy: String) {
        self.login = login
        self.vouchedBy = vouchedBy
    }
}
