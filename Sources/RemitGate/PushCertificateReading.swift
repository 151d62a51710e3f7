import RemitFormats
import RemitModel
import RemitRules
import RemitSignatures

/// What a push certificate says, held against the push that came with it.
struct PushCertificateReading {
    /// How old a nonce may be: between the moment at which the server issues it and this one, git sends the push.
    static let maximumAge: Int64 = 6 * 3600
    /// By how much the clock of another server behind the same address may be ahead of this one's.
    static let tolerance: Int64 = 60

    /// A good signature over it; `nil` where there is none.
    private(set) var signature: SignatureStatus?
    private(set) var faults: [CertificateCase.Fault] = []

    init(_ presented: PresentedCertificate, request: PushRequest, updates: [RefUpdate], pushees: [String]) {
        guard let text = presented.text else {
            fail("git's blob \(presented.blob) cannot be read: \(presented.fault ?? "it is not there")", .again)
            return
        }
        let certificate: PushCertificate
        do throws(PushCertificateError) {
            certificate = try PushCertificate(parsing: text)
        } catch {
            fail("line \(error.line): \(error.reason)", .again)
            return
        }
        check(CommitSignature.status(of: certificate.signature, over: certificate.signedBytes))
        check(nonceOf: certificate, presented, at: request.now)
        check(addressOf: certificate, pushees)
        if certificate.options != request.options { fail("its push options are not those that arrived", .again) }
        if certificate.updates != updates { fail("its ref updates are not those that arrived", .again) }
    }

    private mutating func fail(
        _ reason: String, _ cure: Finding.CertificateCure, addresses: [String] = []
    ) {
        faults.append(CertificateCase.Fault(reason, cure: cure, addresses: addresses))
    }

    private mutating func check(_ status: SignatureStatus) {
        switch status {
        case .good, .certified: signature = status
        case .unsigned: fail("it has no signature", .sign)
        case .bad(let reason): fail("its signature is bad: \(reason)", .sign)
        case .unsupported(let reason): fail("its signature is not an SSH signature: \(reason)", .sign)
        }
    }

    private mutating func check(
        nonceOf certificate: PushCertificate, _ presented: PresentedCertificate, at now: Instant
    ) {
        guard let issued = presented.nonce else {
            return fail("the server has issued no nonce for it: receive.certNonceSeed is not set", .seed)
        }
        switch presented.nonceStatus {
        case "OK": break
        case "SLOP": return fail("its nonce is older than receive.certNonceSlop lets it be", .slop)
        case let status?:
            return fail("git says of its nonce: \(String(decoding: status.bytes, as: UTF8.self))", .again)
        case nil: return fail("git does not say whether its nonce is good", .again)
        }
        guard certificate.nonce == issued else {
            return fail("its nonce is not the one that the server issued for this push", .again)
        }
        guard let moment = certificate.nonceMoment else { return fail("its nonce names no moment", .again) }
        if moment > now.adding(seconds: Self.tolerance) {
            fail("its nonce is of \(moment), and it is \(now) now", .again)
        } else if moment < now.adding(seconds: -Self.maximumAge) {
            fail("its nonce is of \(moment), more than \(Self.maximumAge / 3600) hours ago", .again)
        }
    }

    private mutating func check(addressOf certificate: PushCertificate, _ pushees: [String]) {
        guard !pushees.isEmpty else { return }
        guard let pushee = certificate.pushee else {
            return fail("it does not say to which address it is pushed", .address, addresses: pushees)
        }
        guard !pushees.contains(where: { $0.utf8.elementsEqual(pushee.bytes) }) else { return }
        let address = String(decoding: pushee.bytes, as: UTF8.self)
        fail("it is for '\(address)', which is no address of this repository", .address, addresses: pushees)
    }
}
