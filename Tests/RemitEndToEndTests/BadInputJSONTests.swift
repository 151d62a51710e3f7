import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `--format json`, read by a parser that is not ours and compared with what the text says.
@Suite struct BadInputJSONTests {
    @Test func `an allowed push`() throws {
        let scene = try BadInputScene()
        let delegation = try scene.authority.delegate()
        try scene.server.commit(["Sources/Retry.swift": "let retries = 3\n"], under: delegation)
        let (json, text) = try answers(scene)
        #expect(json["outcome"] as? String == "allowed")
        #expect(json["finding_count"] as? Int == 0)
        let use = try #require((json["delegations"] as? [[String: Any]])?.first)
        #expect(use["delegation"] as? String == delegation.id.description)
        let (agent, delegator) = (use["agent"] as? String ?? "", use["delegator"] as? String ?? "")
        #expect(
            text.first
                == "remit: allowed 1 commit of \(agent) under delegation \(delegation.id.abbreviated) of \(delegator)")
        try expectCommon(json, scene)
    }

    @Test func `a refused push`() throws {
        let scene = try BadInputScene()
        let delegation = try scene.authority.delegate()
        let commit = try scene.server.commit(["Deploy/run\u{1B}.sh": "true\n"], under: delegation)
        let (json, text) = try answers(scene)
        #expect(json["outcome"] as? String == "refused")
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(json["finding_count"] as? Int == findings.count)
        let finding = try #require(findings.first)
        #expect(finding["rule"] as? String == "scope.path")
        #expect(finding["commit"] as? String == commit.hex)
        #expect(finding["path"] as? String == "Deploy/run\u{1B}.sh")
        #expect(text.first == "remit: refused: nothing of this push was accepted")
        for finding in findings {
            let rule = try #require(finding["rule"] as? String)
            #expect(text.contains("remit:   rule     \(rule)"))
        }
        #expect(text.contains { $0.contains(commit.abbreviated) && $0.contains(#"'Deploy/run\x1b.sh'"#) }, "\(text)")
        try expectCommon(json, scene)
    }

    @Test func `an undecided push`() throws {
        let scene = try BadInputScene()
        try scene.server.commit(["README.md": "2\n"], on: Self.work)
        try scene.server.configure("remit.authorityRef", "refs/heads/none")
        let (json, text) = try answers(scene)
        #expect(json["outcome"] as? String == "undecided")
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(findings.count == 1)
        #expect(findings.first?["rule"] as? String == "undecided.authority")
        let reason = try #require(findings.first?["reason"] as? String)
        #expect(text.dropFirst().first == "remit: error: the authority could not be verified: \(reason)")
        #expect(json["authority"] is NSNull)
        try expectCommon(json, scene, isRead: false)
    }

    private static let work = "refs/heads/agent/PAY-42/work"

    /// The answers to one and the same push in both forms, and the objects of the clone at hand as in quarantine.
    private func answers(_ scene: BadInputScene) throws -> (json: [String: Any], text: [String]) {
        let tip = try scene.server.client.resolve(Self.work)
        scene.input = BadInputScene.line(to: tip, on: Self.work)
        scene.environment["GIT_OBJECT_DIRECTORY"] = "\(scene.server.client.gitDirectory)/objects"
        let text = try scene.run()
        scene.arguments += ["--format", "json"]
        let json = try scene.run()
        #expect(json.status == text.status)
        #expect(text.text.isEmpty)
        #expect(json.errorText.isEmpty)
        #expect(json.stdout.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A })
        let object = try JSONSerialization.jsonObject(with: Data(json.stdout))
        return (
            try #require(object as? [String: Any]), text.errorText.split(separator: "\n").map(String.init)
        )
    }

    private func expectCommon(
        _ json: [String: Any], _ scene: BadInputScene, isRead: Bool = true
    ) throws {
        #expect(json["schema"] as? String == "decision/v1")
        #expect(json["mode"] as? String == "enforce")
        #expect(json["repository"] as? String == "payments")
        #expect(json["pusher"] is NSNull)
        let update = try #require((json["updates"] as? [[String: Any]])?.first)
        #expect(update["ref"] as? String == Self.work)
        #expect(update["new"] as? String == (try scene.server.client.resolve(Self.work).hex))
        guard isRead else { return }
        #expect(json["authority"] as? String == (try scene.authority.repository.resolve("refs/heads/main").hex))
        #expect(json["policy_version"] as? Int == 1)
        // Of two entries, the second is exactly what was printed.
        let document = try #require(try scene.server.documents().last)
        let recorded = try JSONSerialization.jsonObject(with: Data(document))
        #expect(recorded as? NSDictionary == json as NSDictionary)
    }
}
