import RemitHosts
import RemitModel
import Testing

@Suite struct ReceivedCertificateTests {
    private static let blob = String(repeating: "c", count: 40)

    private static func received(
        _ variables: [ByteString: ByteString]
    ) throws(InvocationError) -> ReceivedCertificate? {
        let all = variables.merging(["GIT_DIR": "."]) { $1 }
        return try Invocation(
            of: .preReceive, on: HostConfiguration(kind: .plain), in: Environment(all)
        ).certificate
    }

    @Test func `takes the blob and the nonce, and nothing that git judges of the signature`() throws {
        let certificate = try Self.received([
            "GIT_PUSH_CERT": ByteString(Self.blob), "GIT_PUSH_CERT_NONCE": "1-a", "GIT_PUSH_CERT_NONCE_STATUS": "OK",
            "GIT_PUSH_CERT_STATUS": "G", "GIT_PUSH_CERT_KEY": "SHA256:x", "GIT_PUSH_CERT_SIGNER": "root@example.org",
        ])
        let blob = try #require(ObjectID(hex: Self.blob))
        #expect(certificate == ReceivedCertificate(blob: blob, nonce: "1-a", nonceStatus: "OK"))
    }

    @Test(arguments: [[:], ["GIT_PUSH_CERT": ""], ["GIT_PUSH_CERT_NONCE": "1-a"]] as [[ByteString: ByteString]])
    func `without a blob there is none`(variables: [ByteString: ByteString]) throws {
        #expect(try Self.received(variables) == nil)
    }

    @Test func `a server without a nonce says nothing of one`() throws {
        let certificate = try #require(try Self.received(["GIT_PUSH_CERT": ByteString(Self.blob)]))
        #expect(certificate.nonce == nil && certificate.nonceStatus == nil)
    }

    @Test(
        arguments: ["refs/heads/main", "CCCC", String(repeating: "C", count: 40), String(repeating: "c", count: 64)])
    func `what is no id is a fault`(text: String) {
        #expect(throws: InvocationError.self) { try Self.received(["GIT_PUSH_CERT": ByteString(text)]) }
    }

    @Test(arguments: ["GIT_PUSH_CERT", "GIT_PUSH_CERT_NONCE", "GIT_PUSH_CERT_NONCE_STATUS"] as [ByteString])
    func `every variable is bounded`(name: ByteString) {
        let long = ByteString(String(repeating: "c", count: 257))
        #expect(throws: InvocationError.self) {
            try Self.received(["GIT_PUSH_CERT": ByteString(Self.blob)].merging([name: long]) { $1 })
        }
    }
}
