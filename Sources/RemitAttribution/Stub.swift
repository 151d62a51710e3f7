package import RemitModel
package struct Attributor {
    package init() {}
    package func evidence(for commit: RawCommit) -> [Evidence] {
        commit.author.email == "noreply@anthropic.com"
            ? [
                Evidence(
                    agent: "claude-code", place: .author, strength: .declared, confidence: .definite,
                    excerpt: commit.author.email)
            ] : []
    }
    package func evidence(forKey key: KeyFingerprint) -> [Evidence] { [] }
    package func evidence(forRef key: ByteString) -> [Evidence] { [] }
    package func evidence(forPusher key: ByteString) -> [Evidence] { [] }
}
