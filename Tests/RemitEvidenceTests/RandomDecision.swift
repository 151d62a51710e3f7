import RemitModel
import RemitTestSupport

/// Decisions of every shape, with text that nobody would want to read.
struct RandomDecision {
    var random: SplitMix64

    static let hostile: [String] = [
        "", "plain", "quote\" slash\\ /", "\u{0}\u{8}\t\r\n\u{1f}\u{7f}", "é日𝄞\u{202e}", "##vso[x]###",
        "\u{1b}]0;x\u{7}\u{1b}[31m", "</script><b>'&amp;", "{\"base64\":\"AA==\"}", "e\u{301}",
    ]

    mutating func text() -> String { Self.hostile[random.below(Self.hostile.count)] }
    mutating func bytes() -> ByteString { random.oneIn(3) ? ByteString(random.bytes(random.below(9))) : .init(text()) }
    mutating func number() -> Int { random.oneIn(9) ? .max : random.below(1000) }
    mutating func instant() -> Instant { Instant(seconds: Int64(random.below(2_000_000_000))) }
    mutating func object() -> ObjectID { ObjectID(bytes: random.bytes(20)) ?? .zero }
    mutating func one<Value>(_ values: [Value]) -> Value { values[random.below(values.count)] }

    mutating func record() -> RecordID {
        guard let id = RecordID(bytes: random.bytes(32)) else { preconditionFailure("32 bytes make an id") }
        return id
    }

    mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? { random.oneIn(2) ? nil : make(&self) }

    mutating func some<Value>(_ make: (inout Self) -> Value) -> [Value] {
        (0..<random.below(4)).map { _ in make(&self) }
    }

    mutating func spent() -> Spent {
        Spent(commits: number(), files: number(), lines: number(), bytes: number(), pushes: number())
    }

    mutating func expense() -> Expense {
        Expense(
            limits: Limits(
                commits: maybe { $0.number() }, files: maybe { $0.number() }, lines: maybe { $0.number() },
                bytes: maybe { $0.number() }, pushes: maybe { $0.number() }), before: spent(), used: spent())
    }

    mutating func finding(_ rule: RuleCode) -> Finding {
        var facts = Finding.Facts(delegation: maybe { $0.record() }, named: maybe { $0.bytes() })
        facts.agent = maybe { $0.text() }
        facts.ask = some { $0.text() }
        facts.operation = maybe { $0.one(RemitModel.Operation.allCases) }
        facts.granted = some { $0.text() }
        facts.found = maybe { $0.bytes() }
        facts.at = maybe { $0.instant() }
        (facts.limit, facts.used) = (maybe { $0.number() }, maybe { $0.number() })
        facts.isLanding = random.oneIn(2)
        facts.reason = maybe { $0.text() }
        facts.tip = maybe { $0.object() }
        facts.environment = maybe { $0.text() }
        facts.cloneCure = maybe { $0.one([.setting($0.text()), .unshallow, .clone]) }
        facts.certificateCure = maybe { $0.one(Finding.CertificateCure.allCases) }
        facts.inconsistency = maybe { $0.one(Inconsistency.allCases) }
        (facts.pipelineJob, facts.line) = (maybe { $0.text() }, maybe { $0.number() })
        return Finding(
            rule, ref: maybe { $0.bytes() }, commit: maybe { $0.object() }, path: maybe { $0.bytes() }, facts: facts)
    }

    mutating func job() -> Job {
        var job = Job(system: one(CISystem.allCases))
        (job.repository, job.repositoryID) = (maybe { $0.text() }, maybe { $0.text() })
        (job.ref, job.target) = (maybe { $0.bytes() }, maybe { $0.bytes() })
        (job.commit, job.base) = (maybe { $0.object() }, maybe { $0.object() })
        (job.head, job.result) = (maybe { $0.object() }, maybe { $0.object() })
        job.event = maybe {
            $0.one([
                .push, .tag, .mergeRequest, .mergeQueue, .schedule, .manual, .deployment, .other("x" + $0.text()),
            ])
        }
        (job.actor, job.environment) = (maybe { $0.text() }, maybe { $0.text() })
        (job.run, job.attempt) = (maybe { $0.text() }, maybe { $0.number() })
        (job.url, job.tokenFault) = (maybe { $0.text() }, maybe { $0.text() })
        job.proof = maybe { random in
            Job.Proof(
                issuer: random.text(), key: random.text(),
                claims: [
                    Job.Claim(name: "sub" + random.text(), value: random.text()),
                    Job.Claim(name: "a" + random.text(), value: random.text()),
                ], issuedAt: random.instant(), expiresAt: random.instant())
        }
        return job
    }

    mutating func authorship() -> Authorship {
        Authorship(
            commit: object(), ref: bytes(), agents: some { $0.text() },
            evidence: some {
                Evidence(
                    agent: $0.text(), kind: $0.one(MarkKind.allCases), place: $0.one(MarkPlace.allCases),
                    strength: $0.one([.declared, .transport, .cryptographic]),
                    confidence: $0.one([.weak, .strong, .definite]),
                    malformation: $0.maybe { $0.one(Evidence.Malformation.allCases) },
                    excerpt: $0.random.oneIn(4) ? ByteString(String(repeating: "日", count: 90)) : $0.bytes())
            },
            signer: one([
                .unsigned, .person(text()), .delegation(record()), .agent(text()), .unknown, .bad(text()),
                .unchecked(text()),
            ]),
            key: maybe { KeyFingerprint(digest: $0.random.bytes(32)) } ?? nil, delegation: maybe { $0.record() },
            standing: maybe { $0.one(Authorship.Standing.allCases) })
    }

    mutating func decision() -> Decision {
        let findings = RuleCode.allCases.filter { _ in random.oneIn(3) }.map { finding($0) }
        let observations = random.oneIn(2) ? [] : RuleCode.allCases.filter(\.canBeMonitored).map { finding($0) }
        return Decision(
            outcome: one([.allowed, .refused, .undecided]), mode: one([.enforce, .monitor]), repository: text(),
            pusher: maybe { Pusher(login: $0.bytes(), vouchedBy: $0.text()) }, decidedAt: instant(),
            updates: some { RefUpdate(ref: $0.bytes(), old: $0.object(), new: $0.object()) }, commits: number(),
            findings: findings, findingCount: findings.count + random.below(3),
            agents: some {
                .init(
                    agent: $0.text(), commits: $0.number(),
                    strength: $0.one([.declared, .transport, .cryptographic]))
            },
            delegations: some {
                .init(
                    delegation: $0.record(), agent: $0.text(), delegator: $0.text(), commits: $0.number(),
                    expense: $0.expense())
            },
            ancestors: some { .init(delegation: $0.record(), expense: $0.expense()) },
            landings: some {
                .init(delegation: $0.record(), agent: $0.text(), delegator: $0.text(), commits: $0.number())
            },
            approvals: some { .init(approval: $0.record(), approver: $0.text(), commit: $0.object()) },
            authority: maybe { $0.object() }, policyVersion: maybe { $0.number() },
            overrides: some {
                .init(
                    exception: $0.record(), issuer: $0.text(), reason: $0.text(), expiresAt: $0.instant(),
                    rule: $0.one(RuleCode.allCases), ref: $0.bytes(), findings: $0.number())
            },
            remarks: some { $0.text() }, submission: one([.push, .merge, .deployment(environment: text())]),
            job: maybe { $0.job() }, authorship: some { $0.authorship() },
            rules: RuleCode.allCases.filter { _ in random.oneIn(2) },
            route: Route(
                via: Via(one(Via.Kind.allCases), word: maybe { $0.bytes() }), repository: maybe { $0.bytes() }),
            certificate: maybe { random in
                Decision.PushCertificate(
                    digest: random.record(), key: random.maybe { KeyFingerprint(digest: $0.random.bytes(32)) } ?? nil,
                    standing: random.one([
                        .person(random.text()), .agent(random.text()), .stranger, .refused, .unchecked,
                    ]))
            }, observations: observations, observationCount: observations.count + random.below(3),
            catalogue: maybe { random in
                Decision.Catalogue(version: random.text(), own: random.maybe { $0.record() })
            })
    }
}
