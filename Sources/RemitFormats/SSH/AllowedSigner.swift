package import RemitModel

/// One line of `people.allowed_signers`: who may sign with a key, for what, and when.
package struct AllowedSigner: Sendable, Hashable {
    /// The line's number, from 1, for messages.
    package let line: Int
    package let principals: SSHPatternList
    package let namespaces: SSHPatternList
    /// The first moment at which the key is good.
    package let validAfter: Instant?
    /// The last moment at which the key is good.
    package let validBefore: Instant?
    package let key: SSHPublicKey

    /// Whether a good signature by the key, in that namespace, counts as the principal's at that moment.
    package func signs(as principal: String, namespace: String, at moment: Instant) -> Bool {
        principals.matches(principal) && signs(namespace: namespace, at: moment)
    }

    /// Whether the key is good for the namespace at that moment, whoever its principals are.
    package func signs(namespace: String, at moment: Instant) -> Bool {
        namespaces.matches(namespace) && isValid(at: moment)
    }

    /// Both ends count, as in ssh-keygen(1).
    package func isValid(at moment: Instant) -> Bool {
        validAfter.map { $0 <= moment } ?? true && validBefore.map { moment <= $0 } ?? true
    }
}
