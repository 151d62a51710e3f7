@testable import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// An approval whose file or signature is spoilt in one respect, and what is said of it.
struct ApprovalRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout TestApproval) -> Void
    let keys: @Sendable (Cast) -> [SSHKey]
    let namespace: String
    /// Changes the authority after the approval was put there at a path.
    let spoil: @Sendable (inout MemoryAuthority, String) throws -> Void
    /// What is said, `<path>` for the record's; `nil` where it is believed.
    let fault: String?
    let hand: VerifiedApproval.Hand

    init(
        _ name: String, _ fault: String?, hand: VerifiedApproval.Hand = .person, namespace: String = "remit-approval",
        signedBy keys: @escaping @Sendable (Cast) -> [SSHKey] = { [$0.dana] },
        change: @escaping @Sendable (inout TestApproval) -> Void = { _ in },
        spoil: @escaping @Sendable (inout MemoryAuthority, String) throws -> Void = { _, _ in }
    ) {
        testDescription = name
        (self.fault, self.hand, self.namespace, self.keys) = (fault, hand, namespace, keys)
        (self.change, self.spoil) = (change, spoil)
    }
}

@Suite struct ApprovalLookupTests {
    static let commit = ObjectID(hex: String(repeating: "c1", count: 20)) ?? .zero
    static let tree = ObjectID(hex: String(repeating: "7e", count: 20)) ?? .zero
    static let directory = "approvals/c1/\(commit.hex)"

    private static let rows = [
        ApprovalRow("signed by the approver", nil),
        ApprovalRow("by a second key beside a stranger's", nil, signedBy: { [$0.eve, $0.dana] }),
        ApprovalRow(
            "an expired approval is left to the rules", nil,
            change: { $0.expiresAt = MemoryAuthority.now.adding(seconds: -1) }),
        ApprovalRow("another tree is left to the rules", nil, change: { $0.tree = commit }),
        ApprovalRow("unsigned", "'<path>' counts for nothing: it has no signature", signedBy: { _ in [] }),
        ApprovalRow(
            "in the namespace of commits",
            "'<path>' counts for nothing: its signature is bad: signed in the namespace git",
            namespace: "git"),
        ApprovalRow(
            "in the namespace of delegations",
            "'<path>' counts for nothing: its signature is bad: signed in the namespace remit-delegation",
            namespace: "remit-delegation"),
        ApprovalRow(
            "by somebody else", "'<path>' counts for nothing: <ben> may not sign approvals as dana@example.org",
            signedBy: { [$0.ben] }),
        ApprovalRow(
            "by a person whose key is for commits only",
            "'<path>' counts for nothing: <sam> may not sign approvals as sam@example.org", signedBy: { [$0.sam] },
            change: { $0.approver = "sam@example.org" }),
        ApprovalRow(
            "as a person who is not in the policy",
            "'<path>' counts for nothing: <dana> may not sign approvals as mallory@example.org",
            change: { $0.approver = "mallory@example.org" }),
        ApprovalRow(
            "by a key that has expired",
            "'<path>' counts for nothing: <dana> may not sign approvals as dana@example.org",
            spoil: { world, _ in
                world.people = world.people.replacing(
                    "dana@example.org namespaces=", with: "dana@example.org valid-before=\"20200101Z\",namespaces=")
                try world.publish()
            }),
        ApprovalRow(
            "another organisation", "'<path>' is of organisation 'other.org'", change: { $0.organisation = "other.org" }
        ),
        ApprovalRow(
            "another repository", "'<path>' is for repository 'billing'", change: { $0.repository = "billing" }),
        ApprovalRow("another commit", "'<path>' is of another commit", change: { $0.commit = tree }),
        ApprovalRow(
            "a renamed file", "'<path>' has other bytes than its name says",
            spoil: { world, path in
                world.source.files[path]?.append(UInt8(ascii: "\n"))
            }),
        ApprovalRow(
            "an unknown key", "'<path>' line 10: key 'extra': is not known",
            spoil: { world, path in
                let text = String(decoding: world.source.files[path] ?? [], as: UTF8.self) + "extra = 1\n"
                world.source.files[path] = nil
                let renamed = "\(directory)/\(RecordID(of: Array(text.utf8)).hex).toml"
                try world.put(text, at: renamed, signedBy: [world.cast.dana], "remit-approval")
            }),
        ApprovalRow(
            "with a task key", nil, hand: .agent("the task key of agent 'claude-code'"), signedBy: { [$0.task] },
            spoil: { world, _ in try world.delegate() }),
        ApprovalRow(
            "with a task key beside the person's", nil, hand: .agent("the task key of agent 'claude-code'"),
            signedBy: { [$0.dana, $0.task] }, spoil: { world, _ in try world.delegate() }),
        ApprovalRow(
            "with a key that a pointer alone calls a task key", nil,
            spoil: { world, _ in
                let id = try world.delegate()
                world.source.files["keys/\(try world.cast.dana.print().hex)"] = Array("delegation \(id)\n".utf8)
            }),
        ApprovalRow(
            "with an agent's own key", nil, hand: .agent("agent 'claude-code'"), signedBy: { [$0.eve] },
            spoil: { world, _ in
                let key = try world.cast.eve.print()
                var agent = TestAgent("claude-code", reviewBy: MemoryAuthority.now.adding(seconds: 86_400))
                agent.identities = ["key:\(key)"]
                try world.register(agent)
                world.source.files["keys/\(key.hex)"] = Array("agent claude-code\n".utf8)
            }),
        ApprovalRow(
            "in an agent's name", nil, hand: .agent("agent 'claude-code'"), signedBy: { [$0.eve] },
            change: { $0.approver = "claude-code" }),
    ]

    @Test(arguments: rows)
    func `an approval is believed or said why not`(row: ApprovalRow) throws {
        var world = try MemoryAuthority()
        var approval = TestApproval(
            of: Self.commit, tree: Self.tree, by: "dana@example.org", at: MemoryAuthority.now)
        row.change(&approval)
        let path = "\(Self.directory)/\(RecordID(of: Array(approval.text.utf8)).hex).toml"
        try world.put(approval.text, at: path, signedBy: row.keys(world.cast), row.namespace)
        try row.spoil(&world, path)
        let found = try world.load().approvals(of: Self.commit, in: "payments")
        guard let fault = row.fault else {
            #expect(found.faults.isEmpty)
            #expect(found.verified.map(\.hand) == [row.hand])
            #expect(found.verified.first?.approval.approver == approval.approver)
            #expect(found.verified.first?.id == RecordID(of: Array(approval.text.utf8)))
            return
        }
        #expect(found.verified.isEmpty)
        let names = [("<dana>", world.cast.dana), ("<sam>", world.cast.sam), ("<ben>", world.cast.ben)]
        let said = try names.reduce(found.faults.first?.replacing(#/approvals\/[^']*/#, with: "<path>")) {
            try $0?.replacing($1.1.print().description, with: $1.0)
        }
        #expect(said == fault)
        #expect(found.faults.count == 1)
    }

    @Test func `two keys of a person are one approver`() throws {
        var world = try MemoryAuthority()
        world.people += "dana@example.org namespaces=\"remit-*\" \(world.cast.eve.bare)\n"
        try world.publish()
        for (number, key) in [world.cast.dana, world.cast.eve].enumerated() {
            var approval = TestApproval(
                of: Self.commit, tree: Self.tree, by: "dana@example.org", at: MemoryAuthority.now)
            approval.reason = "look \(number)"
            let id = RecordID(of: Array(approval.text.utf8))
            try world.put(approval.text, at: "\(Self.directory)/\(id.hex).toml", signedBy: [key], "remit-approval")
        }
        let found = try world.load().approvals(of: Self.commit, in: "payments")
        #expect(found.verified.map(\.approval.approver) == ["dana@example.org", "dana@example.org"])
        #expect(Set(found.verified.map(\.hand)) == [.person])
        #expect(found.faults.isEmpty)
    }

    @Test func `where nothing lies there is nothing`() throws {
        let authority = try MemoryAuthority().load()
        #expect(try authority.approvals(of: Self.commit, in: "payments").verified.isEmpty)
        #expect(try authority.exceptions(for: [Self.commit], in: "payments").verified.isEmpty)
    }

    @Test func `more than anybody could look through is an error`() throws {
        var world = try MemoryAuthority()
        for number in 0...Authority.maximumRecordsOfCommit {
            world.source.files["\(Self.directory)/\(number).toml"] = [0x0A]
        }
        let authority = try world.load()
        let fault = statement { () throws(AuthorityError) in
            _ = try authority.approvals(of: Self.commit, in: "payments")
        }
        #expect(fault == "'\(Self.directory)' holds more than 64 records")
    }
}
