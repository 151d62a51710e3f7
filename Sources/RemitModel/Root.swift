/// What `roots/N.toml` says: who the administrators are, and how many of them must sign.
package struct Root: Hashable, Sendable {
    package let organisation: String
    package let version: Int
    /// How many distinct administrators must sign this root, its successor and the policy.
    package let threshold: Int
    package let administrators: [Administrator]

    package struct Administrator: Hashable, Sendable {
        package let id: String
        /// Public keys as OpenSSH writes them, type and base64.
        package let keys: [String]

        package init(id: String, keys: [String]) {
            self.id = id
            self.keys = keys
        }
    }

    package init(organisation: String, version: Int, threshold: Int, administrators: [Administrator]) {
        self.organisation = organisation
        self.version = version
        self.threshold = threshold
        self.administrators = administrators
    }
}
