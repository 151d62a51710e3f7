import RemitTokens
import Testing

@Suite("a token that proves nothing")
struct TokenErrorTests {
    @Test("says why, and that is all it is")
    func reason() {
        #expect(TokenError("it has no 'kid'") == TokenError("it has no 'kid'"))
        #expect(TokenError("it has no 'kid'").reason == "it has no 'kid'")
    }
}
