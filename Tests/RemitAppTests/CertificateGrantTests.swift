import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Delegations that certificates prove.
@Suite struct CertificateGrantTests {
    let place: Workplace
    let authority: SSHKey

    init() throws {
        place = try Workplace()
        authority = try SSHKey(named: "ca", in: place.directory)
    }

    func grant(_ more: [String]) throws -> Output {
        try place.remit(["grant"] + Workplace.scope + ["--key", place.key.privatePath] + more)
    }

    @Test func `an authority of certificates takes the place of a task key`() throws {
        let output = try grant(["--certificate-authority", authority.publicPath])
        #expect(output.status == 0, "\(output.errorText)")
        let id = try #require(RecordID(output.lines[0]))
        let fingerprint = try authority.fingerprint()
        #expect(
            output.errorText.contains(
                "certificates of \(fingerprint) prove it: ssh-keygen -s CA -I NAME -n \(id) -V +8h AGENT.pub\n"))
        #expect(!output.errorText.contains("task key"))
        #expect(try place.git("ls-files", "keys").lines.isEmpty)
        let shown = try place.remit(["show", id.description])
        #expect(shown.lines.last == "proved by: certificates of \(fingerprint) for principal \(id)")
        let json = try place.remit(["show", id.description, "--format", "json"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.stdout)) as? [String: Any])
        #expect(object["certificate_authorities"] as? [String] == [fingerprint])
        #expect(object["keys"] as? [String] == [])
    }

    @Test func `a task key and certificates together, an authority given twice`() throws {
        let given = ["--certificate-authority", authority.publicPath]
        let output = try grant(given + given + ["--new-task-key", "task"])
        #expect(output.status == 0, "\(output.errorText)")
        let shown = try place.remit(["show", output.lines[0]])
        let task = try SSHKey.keygen(["-l", "-f", "\(place.directory.path)/task.pub"], in: place.directory.path)
        let fingerprint = try #require(task.text.split(separator: " ").dropFirst().first)
        #expect(
            shown.lines.suffix(2) == [
                "proved by: commits signed with \(fingerprint)",
                "proved by: certificates of \(try authority.fingerprint()) for principal \(output.lines[0])",
            ])
    }

    @Test func `the agent's clone waits for its certificate`() throws {
        let repository = try TestRepository(bare: false)
        let output = try grant(["--certificate-authority", authority.publicPath, "--worktree", repository.path])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.errorText.contains("commits in '\(repository.path)' want a certificate as user.signingkey, "))
        #expect(try repository.attempt(["config", "--local", "user.signingkey"]).status == 1)
        let agent = try SSHKey(named: "agent", in: place.directory)
        try authority.certify(agent, principals: [output.lines[0]])
        try repository.git("config", "user.signingkey", agent.certificatePath)
        try repository.git("commit", "--quiet", "--allow-empty", "-m", "Retry", "--trailer", output.lines[1])
        #expect(try repository.git("cat-file", "commit", "HEAD").text.contains("gpgsig "))
    }

    @Test func `a certificate is not the key of an authority, nor is nothing`() throws {
        let agent = try SSHKey(named: "agent", in: place.directory)
        try authority.certify(agent, principals: ["x"])
        let state = try place.state()
        let certified = try grant(["--certificate-authority", agent.certificatePath])
        #expect(certified.status == 1)
        #expect(
            certified.errorText.contains(
                "'\(agent.certificatePath)' is not a public key that Remit can use: an ssh certificate, not a plain key"
            ))
        #expect(
            try grant([]).errorText.contains(
                "give --task-key FILE, --new-task-key FILE or --certificate-authority FILE"))
        #expect(try place.state() == state)
    }
}
