import RemitModel
import RemitReport
import Testing

struct Row: Sendable, CustomTestStringConvertible {
    let finding: Finding
    let fault: String
    let hints: [String]

    init(
        _ rule: RuleCode, _ fault: String, _ hint: String, also: String? = nil, path: ByteString? = nil,
        _ facts: Finding.Facts
    ) {
        finding = Finding(rule, ref: Samples.ref, commit: Samples.commit(), path: path, facts: facts)
        self.fault = fault
        hints = [hint] + (also.map { [$0] } ?? [])
    }

    var testDescription: String { finding.rule.rawValue }
}

@Suite struct SentenceTests {
    private static let id = "1f2e3d4c5b6a"
    private static let administrators = Finding.Facts(ask: ["ops@example.org"])
    private static let doctor = """
        try 'git push' again, and if it stays so ask ops@example.org to run 'remit doctor' on the server
        """
    private static let smaller = """
        make the change smaller with 'git rebase -i', \
        or ask dana@example.org for a new delegation made with 'remit grant'
        """

    private static let loosened = """
        take the change out with 'git rebase -i', or let a person make it; \
        'remit pipeline check' shows how each job stands
        """

    private static let again = """
        begin again from what the server has with 'git fetch' and 'git reset --hard @{upstream}', then add a new record
        """

    private static func because(_ reason: String) -> Finding.Facts {
        var facts = administrators
        facts.reason = reason
        return facts
    }

    private static func limited(_ limit: Int, _ used: Int, reason: String? = nil) -> Finding.Facts {
        Samples.facts {
            $0.limit = limit
            $0.reason = reason
            $0.used = used
        }
    }

    static let rows: [Row] =
        refs + attributions + inconsistencies + delegations + scopes + approvals + jobs + deployments + authority
        + undecided

    private static let refs: [Row] = [
        Row(
            .refName, "ref 'refs/heads/agent/PAY-42/retry' has a name that is not accepted: empty component",
            "push under another name with 'git push origin HEAD:refs/heads/<name>'", because("empty component")),
        Row(
            .refScope, "ref 'refs/heads/agent/PAY-42/retry' is outside the granted refs",
            """
            push to a granted ref with 'git push origin HEAD:refs/heads/agent/PAY-43/<name>', \
            or ask dana@example.org for a wider grant
            """, Samples.facts { $0.granted = ["refs/heads/agent/PAY-43/**"] }),
        Row(
            .refOperation, "operation 'ref.rewind' on ref 'refs/heads/agent/PAY-42/retry' is not granted",
            """
            build on what is there with 'git pull --rebase' and push without force, \
            or ask dana@example.org for a wider grant
            """, Samples.facts { $0.operation = .refRewind }),
        Row(
            .refOperation,
            "operation 'ref.delete' on ref 'refs/heads/agent/PAY-42/retry' is not granted: needs a known person",
            """
            push from an account that the server vouches for ('remit doctor' tells how it knows people), \
            or ask the administrators
            """, Finding.Facts(operation: .refDelete, reason: "needs a known person")),
        Row(
            .refReserved, "ref 'refs/heads/agent/PAY-42/retry' is reserved and cannot be pushed",
            """
            push under another name with 'git push origin HEAD:refs/heads/<name>', or ask ops@example.org
            """, administrators),
    ]

    private static func odd(_ kind: Inconsistency?, _ agent: String, _ reason: String? = nil) -> Finding.Facts {
        Finding.Facts(agent: agent, found: "the bytes", reason: reason, inconsistency: kind)
    }

    private static let inconsistencies: [Row] = [
        Row(
            .attributionInconsistent,
            "commit 3f2a9c1b7d4e has agent 'cursor' as committer and is signed by another: key SHA256:a is of agent devin",
            """
            let each agent commit under its own name and key, \
            or if both are one: 'remit agent update <id> --add-mark cursor'
            """, odd(.committerKey, "cursor", "key SHA256:a is of agent devin")),
        Row(
            .attributionInconsistent,
            "commit 3f2a9c1b7d4e has agent 'cursor' as committer and is pushed by another: account x is of agent devin",
            """
            let each agent push its own commits, or if both are one: 'remit agent update <id> --add-mark cursor'
            """, odd(.committerPusher, "cursor", "account x is of agent devin")),
        Row(
            .attributionInconsistent,
            "commit 3f2a9c1b7d4e is signed by agent 'devin' and names no agent: key SHA256:a is of agent devin",
            "name the agent with 'git commit --amend --trailer \"Co-authored-by: <agent>\"'",
            odd(.unnamedKey, "devin", "key SHA256:a is of agent devin")),
        Row(
            .attributionInconsistent,
            """
            commit 3f2a9c1b7d4e says to be agent 'copilot-coding-agent' on its host, without the host's signature: \
            it is not signed
            """,
            """
            fetch it from the host again, or take it over as committer with \
            'git rebase --force-rebase --gpg-sign <base>'
            """, odd(.hostSignature, "copilot-coding-agent", "it is not signed")),
        Row(
            .attributionInconsistent,
            """
            commit 3f2a9c1b7d4e is signed off by agent 'claude-code', \
            and only a person can certify where a change comes from
            """, "take the line out and sign off yourself: 'git commit --amend --signoff'",
            odd(.signOff, "claude-code")),
        Row(
            .attributionInconsistent,
            "commit 3f2a9c1b7d4e names the account of 'dependabot' with a number of another: 1, and the account has 2",
            "correct the number with 'git commit --amend --author <name <address>>', or in the message",
            odd(.accountNumber, "dependabot", "1, and the account has 2")),
        Row(
            .attributionInconsistent,
            """
            commit 3f2a9c1b7d4e names the account of 'dependabot' with an address of another: \
            the address is that of account 1, dana
            """, "name yourself with 'git config user.name <name>', then 'git commit --amend --reset-author'",
            odd(.accountAddress, "dependabot", "the address is that of account 1, dana")),
        Row(
            .attributionInconsistent,
            "commit 3f2a9c1b7d4e has a mangled mark of agent 'openhands': it is written on one line",
            "let the tool write its mark with 'git commit --trailer <mark>', as a line of its own",
            odd(.malformedMark, "openhands", "it is written on one line")),
        Row(
            .attributionInconsistent,
            """
            commit 3f2a9c1b7d4e is said to be of agent 'cursor', and another made it: \
            a note says so, and key SHA256:a is of agent devin
            """, "mend what names it: the push option 'agent=<id>', or a note with 'git notes edit <commit>'",
            odd(.statement, "cursor", "a note says so, and key SHA256:a is of agent devin")),
        Row(
            .attributionInconsistent, "commit 3f2a9c1b7d4e has marks that do not fit each other",
            "look with 'git show --format=raw 3f2a9c1b7d4e'", odd(nil, "cursor")),
    ]

    private static let attributions: [Row] = [
        Row(
            .attributionUnregistered,
            "commit 3f2a9c1b7d4e is by agent 'cursor' that the inventory does not know",
            "ask the administrators to register it with 'remit agent add cursor'", Finding.Facts(agent: "cursor")),
        Row(
            .attributionMismatch, "commit 3f2a9c1b7d4e has marks that disagree: key of dana, trailer of claude-code",
            """
            look with 'git show --format=raw 3f2a9c1b7d4e', then name one delegation in it and sign it \
            with a task key of that delegation: 'git commit --amend --gpg-sign'
            """, because("key of dana, trailer of claude-code")),
        Row(
            .attributionUnattributed, "commit 3f2a9c1b7d4e does not prove who wrote it: policy demands signed",
            "sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'",
            because("policy demands signed")),
        Row(
            .attributionMalformed, "commit 3f2a9c1b7d4e is malformed: two authors",
            """
            look with 'git cat-file -p 3f2a9c1b7d4e', then write the commits anew \
            with 'git rebase --force-rebase <base>'
            """, because("two authors")),
        Row(
            .attributionCertificate, "the push certificate does not hold: its nonce names no moment",
            "run 'git push --signed=true' again: every push is signed anew",
            Finding.Facts(reason: "its nonce names no moment", certificateCure: .again)),
        Row(
            .attributionCertificate, "the push is not signed, and this repository takes no push without a certificate",
            """
            sign it with your own SSH key: 'git config gpg.format ssh', 'git config user.signingKey <file.pub>', \
            then 'git push --signed=true', or for every push 'git config push.gpgSign true'
            """, Finding.Facts(certificateCure: .sign)),
        Row(
            .attributionCertificate, "the push certificate does not hold: SHA256:abc was revoked",
            "choose another key with 'git config user.signingKey <file.pub>', then run 'git push --signed=true'",
            Finding.Facts(reason: "SHA256:abc was revoked", certificateCure: .key)),
        Row(
            .attributionCertificate, "the push certificate does not hold: it is for 'x'",
            """
            push to an address of the repository with 'git push --signed=true <address>': \
            ssh://git.example.org/a or https://git.example.org/a
            """,
            Finding.Facts(
                granted: ["ssh://git.example.org/a", "https://git.example.org/a"], reason: "it is for 'x'",
                certificateCure: .address)),
        Row(
            .attributionCertificate, "the push certificate does not hold: it is signed by dana@example.org",
            "push with the account and the key of one and the same, with 'git push --signed=true'",
            Finding.Facts(reason: "it is signed by dana@example.org", certificateCure: .account)),
        Row(
            .attributionCertificate, "the push certificate does not hold: no nonce",
            """
            ask ops@example.org to set 'git config receive.certNonceSeed <secret>' on the server, \
            then run 'git push --signed=true' again
            """, Finding.Facts(ask: ["ops@example.org"], reason: "no nonce", certificateCure: .seed)),
        Row(
            .attributionCertificate, "the push certificate does not hold: too old",
            """
            run 'git push --signed=true' again, or ask ops@example.org to set \
            'git config receive.certNonceSlop <seconds>' on the server
            """, Finding.Facts(ask: ["ops@example.org"], reason: "too old", certificateCure: .slop)),
    ]

    private static let delegations: [Row] = [
        Row(
            .delegationMissing, "commit 3f2a9c1b7d4e is by agent 'claude-code' without a delegation",
            """
            ask dana@example.org or erin@example.org for a delegation made with 'remit grant', \
            then try with 'remit check <base>..HEAD'
            """,
            Finding.Facts(agent: "claude-code", ask: ["dana@example.org", "erin@example.org"])),
        Row(
            .delegationUnknown, "commit 3f2a9c1b7d4e names delegation '1f2e' that the authority does not hold",
            """
            find the right id with 'remit show <delegation>' and correct the commit with 'git commit --amend', \
            or ask a delegator for a delegation
            """, Finding.Facts(named: "1f2e")),
        Row(
            .delegationSignature, "delegation \(id) is not validly signed: wrong namespace",
            "ask dana@example.org to sign it anew with 'remit grant'", Samples.facts { $0.reason = "wrong namespace" }),
        Row(
            .delegationDelegator, "delegation \(id) grants more than its delegator may: path Deploy/**",
            """
            see with 'remit show \(id)' what it grants, and ask dana@example.org who may grant it with 'remit grant'
            """, Samples.facts { $0.reason = "path Deploy/**" }),
        Row(
            .delegationExpired, "delegation \(id) expired at 2026-11-20T09:00:00Z",
            "ask dana@example.org for a new delegation made with 'remit grant'", Samples.facts { $0.at = Samples.at }),
        Row(
            .delegationNotYet, "delegation \(id) is not valid before 2026-11-20T09:00:00Z",
            """
            wait until then ('remit show \(id)' tells its times), or ask dana@example.org for a new delegation
            """, Samples.facts { $0.at = Samples.at }),
        Row(
            .delegationRevoked, "delegation \(id) was revoked: compromised",
            """
            see the revocation with 'remit show \(id)', \
            and ask dana@example.org for a new delegation made with 'remit grant'
            """,
            Samples.facts {
                $0.at = Samples.at
                $0.reason = "compromised"
            }),
        Row(
            .delegationSuspended, "agent 'claude-code' is suspended",
            """
            ask the owners of the agent when its suspension ends, or take its commits out with 'git rebase -i'
            """, Finding.Facts(agent: "claude-code")),
        Row(
            .delegationReviewOverdue, "the review of agent 'claude-code' was due at 2026-11-20T09:00:00Z",
            "ask the owners of the agent to review it, then try with 'remit check <base>..HEAD'",
            Finding.Facts(agent: "claude-code", at: Samples.at)),
        Row(
            .delegationAgent,
            "commit 3f2a9c1b7d4e is by agent 'cursor' but delegation \(id) is for agent 'claude-code'",
            """
            name a delegation of the agent that wrote it ('git commit --amend'), \
            or ask dana@example.org for one made with 'remit grant'
            """,
            Samples.facts {
                $0.found = "cursor"
                $0.granted = ["claude-code"]
            }),
        Row(
            .delegationRepository, "delegation \(id) does not grant this repository",
            """
            see with 'remit show \(id)' what it grants, \
            or ask dana@example.org for a delegation made with 'remit grant'
            """, Samples.facts { $0.granted = ["payments"] }),
        Row(
            .delegationPossession,
            "commit 3f2a9c1b7d4e claims delegation \(id) without a signature that proves it: it is not signed",
            "sign with its task key, or with a certificate for it: 'git rebase --force-rebase --gpg-sign <base>'",
            Samples.facts { $0.reason = "it is not signed" }),
        Row(
            .delegationChain, "the chain above delegation \(id) does not hold: outlives its parent",
            """
            see the chain with 'remit show \(id)', and ask dana@example.org for a delegation that fits its parent
            """, Samples.facts { $0.reason = "outlives its parent" }),
    ]

    private static let scopes: [Row] = [
        Row(
            .scopePath, "commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' outside its grant",
            "take the change out with 'git rebase -i', or ask dana@example.org for a wider grant",
            path: "Deploy/prod.yml", Samples.facts()),
        Row(
            .scopeOperation,
            "commit 3f2a9c1b7d4e deletes 'Sources/a.swift' without operation 'file.delete' in its grant",
            "take the change out with 'git rebase -i', or ask dana@example.org for a wider grant",
            path: "Sources/a.swift", Samples.facts { $0.operation = .fileDelete }),
        Row(
            .scopeProtected, "commit 3f2a9c1b7d4e changes protected '.gitlab-ci.yml' that no line of its grant names",
            "take the change out with 'git rebase -i', or ask dana@example.org for a grant that names it",
            path: ".gitlab-ci.yml", Samples.facts()),
        Row(
            .pipelineUnguarded,
            """
            commit 3f2a9c1b7d4e lets job 'ship' (line 12 of '.gitlab-ci.yml') deploy without standing behind the gate: \
            it deploys to 'production' (environment: production), but no job that it needs runs 'remit gate deploy'
            """,
            """
            let it need a job that runs 'remit gate deploy', or take the change out with 'git rebase -i'; \
            'remit pipeline check' shows how each job stands
            """,
            path: ".gitlab-ci.yml",
            Samples.facts {
                $0.pipelineJob = "ship"
                $0.line = 12
                $0.reason = """
                    it deploys to 'production' (environment: production), \
                    but no job that it needs runs 'remit gate deploy'
                    """
            }),
        Row(
            .pipelineChanged,
            "commit 3f2a9c1b7d4e loosens job 'gate' (line 7 of '.gitlab-ci.yml'): it no longer runs the gate", loosened,
            path: ".gitlab-ci.yml",
            Samples.facts {
                $0.pipelineJob = "gate"
                $0.line = 7
                $0.reason = "it no longer runs the gate"
            }),
        Row(
            .pipelineChanged, "commit 3f2a9c1b7d4e loosens pipeline 'Jenkinsfile': line 3: a string does not end",
            loosened,
            path: "Jenkinsfile",
            Samples.facts {
                $0.line = 3
                $0.reason = "line 3: a string does not end"
            }),
        Row(
            .pipelineChanged, "commit 3f2a9c1b7d4e loosens job 'a\\x1b[2J' of 'Jenkinsfile'", loosened,
            also: "or let an approver look at it and run 'remit approve 3f2a9c1b7d4e --reason WHY'",
            path: "Jenkinsfile",
            Finding.Facts(tip: Samples.commit(), pipelineJob: "a\u{1B}[2J")),
        Row(.limitCommits, "delegation \(id) allows 40 commits and this makes 43", smaller, limited(40, 43)),
        Row(
            .limitCommits, "delegation \(id) allows 3 commits and this makes 4: delegation 9f was handed on from it",
            smaller, limited(3, 4, reason: "delegation 9f was handed on from it")),
        Row(.limitFiles, "delegation \(id) allows 60 files and this makes 61", smaller, limited(60, 61)),
        Row(.limitLines, "delegation \(id) allows 2000 lines and this makes 2001", smaller, limited(2000, 2001)),
        Row(.limitBytes, "delegation \(id) allows 9 bytes and this makes 10", smaller, limited(9, 10)),
        Row(
            .limitPushes, "delegation \(id) allows 20 pushes and this makes 21",
            "ask dana@example.org for a new delegation made with 'remit grant'", limited(20, 21)),
        Row(
            .contextChanged, "agent 'claude-code' works in a context that was not reviewed: other model",
            """
            go back to the reviewed model and tools, or ask the owners of the agent for a new review, \
            then try with 'remit check <base>..HEAD'
            """, Finding.Facts(agent: "claude-code", reason: "other model")),
    ]

    private static let authority: [Row] = [
        Row(
            .authorityLayout, "'notes.txt' has no place in an authority: no record lies there",
            "take it out with 'git rebase -i': remit writes every file where it belongs", path: "notes.txt",
            because("no record lies there")),
        Row(
            .authorityLayout, "ref 'refs/heads/agent/PAY-42/retry' has no place in an authority: it has one",
            "push to the one that it has with 'git push origin HEAD:refs/heads/main'",
            Samples.facts {
                $0.granted = ["refs/heads/main"]
                $0.reason = "it has one"
            }),
        Row(
            .authorityImmutable, "'a' stays in the authority as it is: a record is never changed", again, path: "a",
            because("a record is never changed")),
        Row(
            .authorityImmutable, "the history of an authority only grows: it is not deleted", again,
            because("it is not deleted")),
        Row(
            .authorityRecord, "'keys/00' is not a record that can be believed: it is empty",
            "take it out with 'git rebase -i', and let remit write it", path: "keys/00",
            because("it is empty")),
        Row(
            .authoritySignature, "'authority.toml' lacks the signatures that it needs: 1 of 2",
            "ask ops@example.org to sign it with 'remit authority sign'", path: "authority.toml", because("1 of 2")),
        Row(
            .authorityRole, "'authority.toml' is not its signer's to write: no role",
            "ask ops@example.org who may, and to give a role with 'remit authority sign'",
            path: "authority.toml", because("no role")),
        Row(
            .authorityVersion, "'authority.toml' does not follow the version before it: 3 after 3",
            "begin again from what the server has with 'git pull --rebase', then make the change anew",
            path: "authority.toml", because("3 after 3")),
    ]

    private static let jobs: [Row] = [
        Row(
            .jobIdentity,
            "the job has not shown who it is: the token says repository_id '7', the policy pins '1001'",
            """
            give the job a token of its CI system for the audience that the policy names, \
            or ask ops@example.org for a [[job]] entry made with 'remit authority propose'
            """, because("the token says repository_id '7', the policy pins '1001'"))
    ]

    private static let undecided: [Row] = [
        Row(
            .undecidedRepository, "the repository could not be read: shallow history",
            "ask ops@example.org to look with 'git fsck' and 'remit doctor' on the server", because("shallow history")),
        Row(.undecidedAuthority, "the authority could not be verified: no ref", doctor, because("no ref")),
        Row(.undecidedLedger, "the decision could not be recorded: disk full", doctor, because("disk full")),
        Row(.undecidedInput, "the input of the hook could not be understood: line 2", doctor, because("line 2")),
        Row(.undecidedConfiguration, "the configuration cannot be used: no host", doctor, because("no host")),
        Row(
            .undecidedDeadline, "the check did not end in time: 4 seconds",
            """
            push fewer commits at once with 'git push origin <commit>:<ref>', \
            or ask ops@example.org for a longer deadline
            """, because("4 seconds")),
        Row(
            .undecidedClock, "the clock has gone back: it says 1",
            """
            ask ops@example.org to set the clock right, or where it is right now \
            to run 'remit log clock --accept' on the server
            """, because("it says 1")),
        Row(.undecidedInternal, "the check failed by a fault of its own: trap", doctor, because("trap")),
    ]

    @Test func `every rule has a row here`() {
        #expect(Set(Self.rows.map(\.finding.rule)) == Set(RuleCode.allCases))
    }

    @Test(arguments: rows)
    func `says word by word`(row: Row) {
        let sentence = Sentence(FindingGroup(row.finding, as: .push))
        #expect(sentence.fault.text == row.fault)
        #expect(sentence.hints.map(\.text) == row.hints)
    }

    /// Rules that judge what is pushed alone.
    private static let ofPushes: Set<RuleCode> = [
        .refName, .refReserved, .attributionCertificate, .authorityLayout, .authorityImmutable, .authorityRecord,
        .authoritySignature,
        .authorityRole, .authorityVersion,
    ]

    @Test(arguments: rows.filter { !ofPushes.contains($0.finding.rule) }, [Occasion.merge, .deployment])
    func `tells nobody to push in a job`(row: Row, occasion: Occasion) {
        let hints = Sentence(FindingGroup(row.finding, as: occasion)).hints.map(\.text)
        #expect(!hints.isEmpty)
        for hint in hints { #expect(!hint.contains("git push") && !hint.contains("on the server"), "\(hint)") }
    }

    @Test(arguments: RuleCode.allCases)
    func `speaks even when no fact is known, in git's voice and with a command`(rule: RuleCode) {
        let sentence = Sentence(FindingGroup(Finding(rule), as: .push))
        for text in [sentence.fault.text] + sentence.hints.map(\.text) {
            #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("  "))
            #expect(text.first?.isUppercase == false)
        }
        #expect(!sentence.hints.isEmpty)
        let commands = [
            "remit show", "remit check", "remit grant", "remit agent add", "remit approve", "remit authority sign",
            "remit doctor", "remit authority propose", "remit gate deploy", "remit pipeline check",
            "remit log clock", "git ",
        ]
        for hint in sentence.hints {
            let quoted = hint.text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
            #expect(!quoted.isEmpty, "\(hint.text)")
            for command in quoted {
                #expect(commands.contains { command.hasPrefix($0) }, "\(command)")
            }
        }
    }

    @Test(arguments: [
        "refs/heads/$(reboot)", "refs/heads/a;b", "refs/heads/a b", "--upload-pack=x", "refs/heads/`x`",
        "refs/heads/a\u{e9}", "refs/heads/a\nb", "refs/heads/a'b",
    ])
    func `keeps what a shell would obey out of commands`(ref: String) {
        let finding = Finding(.refScope, ref: "refs/heads/x", facts: Samples.facts { $0.granted = [ref] })
        let hints = Sentence(FindingGroup(finding, as: .push)).hints.map(\.text)
        #expect(hints.first?.hasPrefix("push to a granted ref with 'git push origin HEAD:<ref>'") == true)
    }
}
