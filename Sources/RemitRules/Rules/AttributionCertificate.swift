import RemitModel

/// Refuses a push whose certificate does not hold, or that comes without one where the repository's settings demand it.
///
/// A certificate that is there is a statement about who pushes: where it is wrong, somebody is not who they say they
/// are, or repeats what another said. What to do depends on what is wrong with it, and each finding says it.
struct AttributionCertificateRule: Rule {
    let code = RuleCode.attributionCertificate

    func judge(
        _ certificate: CertificateCase, after past: Past, _ circumstances: Circumstances
    ) -> [Finding] {
        var faults = certificate.faults
        if let entry = past.certificate {
            faults.append(.init("decision \(entry) has let a push through with it already", cure: .again))
        }
        return faults.map { fault in
            let isServers = fault.cure == .seed || fault.cure == .slop
            return Finding(
                code,
                facts: .init(
                    ask: isServers ? circumstances.administrators : [], granted: fault.addresses,
                    reason: fault.reason, certificateCure: fault.cure))
        }
    }
}
