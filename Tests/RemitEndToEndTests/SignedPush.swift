import Foundation
import RemitEvidence
import RemitFormats
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A server that takes signed pushes, and what is pushed to it: by git itself, or by whoever can set the hook's
/// environment and has a certificate of their own making.
struct SignedPush {
    static let main = "refs/heads/main"
    static let seed = ["receive.certNonceSeed": "a secret of more than sixteen bytes"]

    let scene: Scene
    var authority: TestAuthority { scene.authority }
    var server: TestServer { scene.server }

    init(_ authority: TestAuthority, settings: [String: String] = [:]) throws {
        scene = try Scene(authority, settings: Self.seed.merging(settings) { $1 })
    }

    /// `git push --signed` with somebody's key.
    func push(
        _ refspecs: String..., by key: SSHKey, options: [String] = [], environment: [String: String] = [:]
    ) throws -> Trial {
        try server.client.git("config", "gpg.format", "ssh")
        try server.client.git("config", "user.signingKey", key.publicPath)
        let command = ["push", "--signed=true"] + options + ["origin"] + refspecs
        return try server.trial(command, environment: environment)
    }

    /// What is wrong with a certificate that nobody's git has made.
    struct Forgery: Sendable {
        var version = "0.1"
        var pushee: String? = "../payments.git"
        /// Seconds after the moment at which it is made.
        var nonceLater: Int64 = 0
        var nonce: String?
        var hasNonce = true
        var options: [String] = []
        /// What stands in it instead of the update that is pushed.
        var lines: String?
        var namespace = "git"
        /// Appended to the text after it was signed.
        var smuggled = ""
        var armour: String?
        /// What the hook's environment says of the nonce.
        var status: String? = "OK"
        var issued: String?
        var isIssued = true
    }

    /// The text of a certificate, and the nonce in it.
    func text(
        _ forgery: Forgery, of update: RefUpdate, by key: SSHKey
    ) throws -> (bytes: [UInt8], nonce: String) {
        let moment = Int64(Date().timeIntervalSince1970) + forgery.nonceLater
        let nonce = forgery.nonce ?? "\(moment)-\(String(repeating: "ab", count: 20))"
        var text = "certificate version \(forgery.version)\npusher \(try key.fingerprint())  \(moment) +0000\n"
        if let pushee = forgery.pushee { text += "pushee \(pushee)\n" }
        if forgery.hasNonce { text += "nonce \(nonce)\n" }
        for option in forgery.options { text += "push-option \(option)\n" }
        text += "\n" + (forgery.lines ?? "\(update.old.hex) \(update.new.hex) \(update.ref)\n")
        let signature = try key.sign(Array(text.utf8), namespace: forgery.namespace)
        let armour = forgery.armour.map { Array($0.utf8) } ?? signature
        return (Array((text + forgery.smuggled).utf8) + armour, nonce)
    }

    /// Pushes `main` on as a client of its own, with a certificate that only the hook's environment names.
    func forge(
        _ update: RefUpdate, by key: SSHKey, environment: [String: String] = [:],
        _ change: (inout Forgery) -> Void = { _ in }
    ) throws -> Trial {
        var forgery = Forgery()
        change(&forgery)
        let (bytes, nonce) = try text(forgery, of: update, by: key)
        let blob = try server.repository.write("blob", bytes)
        return try bring(
            blob, with: update, nonce: forgery.isIssued ? forgery.issued ?? nonce : nil, status: forgery.status,
            environment: environment)
    }

    /// Pushes with the words of the environment about a certificate.
    func bring(
        _ blob: ObjectID, with update: RefUpdate, nonce: String?, status: String? = "OK",
        environment: [String: String] = [:]
    ) throws -> Trial {
        var variables = environment
        // What git would say of the signature is no help.
        variables["GIT_PUSH_CERT_STATUS"] = "G"
        variables["GIT_PUSH_CERT_SIGNER"] = "dana@example.org"
        variables["GIT_PUSH_CERT"] = blob.hex
        variables["GIT_PUSH_CERT_NONCE"] = nonce
        variables["GIT_PUSH_CERT_NONCE_STATUS"] = status
        return try server.receive([update], pack: [update.new.hex, "^\(update.old.hex)"], environment: variables)
    }

    /// An edit of a person's on the client's `main`, to be pushed from where the server's is.
    func edit(_ text: FileEdit = "more\n") throws -> RefUpdate {
        let old = try #require(try server.tip(of: Self.main))
        return RefUpdate(ref: "refs/heads/main", old: old, new: try server.commit(["README.md": text]))
    }

    /// The certificate that is archived with the last decision, and the decision.
    func last() throws -> (decision: Decision, certificate: [UInt8]?) {
        let recorded = try #require(try server.recorded().last)
        let ledger = try Ledger.open(
            at: ByteString(server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        var bytes: [UInt8]?
        if let digest = recorded.manifest["push-certificate"] { bytes = try ledger.input(digest) }
        return (try DecisionDocument.parse(recorded.document, of: "the last decision"), bytes)
    }
}

extension Trial {
    /// The error and the hint about the certificate, without the rest.
    var certificateWords: [String] {
        let lines = said.split(separator: "\n").map(String.init)
        guard let first = lines.firstIndex(where: { $0.hasPrefix("error: the push") }) else { return lines }
        return [lines[first]] + lines[first...].filter { $0.hasPrefix("hint: ") }.prefix(1)
    }
}

/// A signed push was refused.
///
/// Its certificate stays behind as a loose object, since git puts it there before it asks the hook.
func expectSignedRefusal(
    _ trial: Trial, by rules: [String], saying text: String? = nil, at location: SourceLocation = #_sourceLocation
) {
    #expect(trial.rules == rules.sorted(), "\(trial.terminal)", sourceLocation: location)
    #expect(trial.status != 0 && trial.hook == 1, "\(trial.terminal)", sourceLocation: location)
    #expect(trial.outcomes == ["refused"], sourceLocation: location)
    if let text { #expect(trial.said == text, sourceLocation: location) }
}

/// A certificate that only the environment names was refused, by its rule alone; `git receive-pack` ends well either way.
func expectForgeryRefused(
    _ trial: Trial, saying text: String? = nil, at location: SourceLocation = #_sourceLocation
) {
    #expect(trial.rules == ["attribution.certificate"], "\(trial.terminal)", sourceLocation: location)
    #expect(trial.hook == 1 && trial.outcomes == ["refused"], "\(trial.terminal)", sourceLocation: location)
    #expect(trial.isUntouched, "refs or objects are not what they were", sourceLocation: location)
    if let text { #expect(trial.said == text, sourceLocation: location) }
}
