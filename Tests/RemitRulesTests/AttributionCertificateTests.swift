import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionCertificateTests {
    private static let digest = record(0xCE)
    private static let good = CertificateCase(
        record: .init(digest: digest, key: key(7), standing: .person("dana@example.org")))

    private static func findings(_ certificate: CertificateCase, after past: Past = .none) -> [Finding] {
        AttributionCertificateRule().judge(certificate, after: past, circumstances())
    }

    @Test func `a certificate that holds is no finding`() {
        #expect(Self.findings(Self.good) == [])
    }

    @Test func `each fault is a finding, and those of the server ask the administrators`() {
        let certificate = CertificateCase(
            record: nil,
            faults: [
                .init("line 1: a NUL", cure: .again), .init("no nonce", cure: .seed), .init("too old", cure: .slop),
                .init("it is for 'x'", cure: .address, addresses: ["y"]),
            ])
        let ada = ["ada@example.org"]
        #expect(
            Self.findings(certificate) == [
                Finding(.attributionCertificate, facts: .init(reason: "line 1: a NUL", certificateCure: .again)),
                Finding(.attributionCertificate, facts: .init(ask: ada, reason: "no nonce", certificateCure: .seed)),
                Finding(.attributionCertificate, facts: .init(ask: ada, reason: "too old", certificateCure: .slop)),
                Finding(
                    .attributionCertificate,
                    facts: .init(granted: ["y"], reason: "it is for 'x'", certificateCure: .address)),
            ])
    }

    @Test func `what let an earlier push through lets no other through, and names nobody`() {
        var past = Past.none
        past.certificate = 7
        #expect(
            Self.findings(Self.good, after: past) == [
                Finding(
                    .attributionCertificate,
                    facts: .init(
                        reason: "decision 7 has let a push through with it already", certificateCure: .again))
            ])
        #expect(
            Self.good.record(after: past)
                == Decision.PushCertificate(digest: Self.digest, key: key(7), standing: .refused))
        #expect(Self.good.record(after: .none) == Self.good.record)
    }

    @Test func `a push without a certificate is not asked for one by the rule itself`() {
        var judge = Judge(circumstances())
        #expect(!judge.decide(authority: nil, policyVersion: nil).rules.contains(.attributionCertificate))
    }
}
