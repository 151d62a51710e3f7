/// Why a token does not prove who a job is.
///
/// The reason says what is wrong with it and never holds the token itself.
package struct TokenError: Error, Hashable, Sendable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
