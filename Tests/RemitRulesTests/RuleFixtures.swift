@testable import RemitAuthority
import RemitModel
import RemitRules

// The world of the rule tests: Dana delegates to `claude-code` in `payments`, from nine to five; it is noon.
// Olga owns the agent and Ada administers, so that a finding that asks the wrong person is seen.

/// 2026-11-20T12:00:00Z.
let noon = Instant(seconds: 1_795_176_000)
let nine = noon.adding(seconds: -3 * 3600)
let five = noon.adding(seconds: 5 * 3600)
let nextWeek = noon.adding(seconds: 7 * 24 * 3600)

let agentBranch: ByteString = "refs/heads/agent/PAY-42/fix"
let mainBranch: ByteString = "refs/heads/main"
let otherBranch: ByteString = "refs/heads/other"

let taskKey = key(1)
let delegationID = record(0x42)

func key(_ byte: UInt8) -> KeyFingerprint {
    guard let key = KeyFingerprint(digest: [UInt8](repeating: byte, count: 32)) else { preconditionFailure() }
    return key
}

func record(_ byte: UInt8) -> RecordID {
    guard let id = RecordID(bytes: [UInt8](repeating: byte, count: 32)) else { preconditionFailure() }
    return id
}

func object(_ byte: UInt8) -> ObjectID {
    guard let id = ObjectID(bytes: [UInt8](repeating: byte, count: 20)) else { preconditionFailure() }
    return id
}

func paths(_ texts: [String]) -> [PathPattern] {
    texts.map { text in
        do throws(PathPattern.Fault) { return try PathPattern(path: text) } catch {
            preconditionFailure(error.rawValue)
        }
    }
}

func refs(_ texts: [String]) -> [PathPattern] {
    texts.map { text in
        do throws(PathPattern.Fault) { return try PathPattern(ref: text) } catch { preconditionFailure(error.rawValue) }
    }
}

// MARK: - Records

func inventoried(
    _ id: String = "claude-code", models: [String] = ["opus"], tools: [String] = ["bash", "edit"],
    marks: [String]? = nil, autonomy: Agent.Autonomy = .supervised, status: Agent.Status = .active,
    reviewBy: Instant = nextWeek, suspension: Revocation? = nil
) -> AgentStanding {
    .registered(
        VerifiedAgent(
            agent: Agent(
                organisation: "example.org", id: id, vendor: "Anthropic", models: models, tools: tools,
                businessOwners: ["olga@example.org"], technicalOwners: ["olga@example.org"], identities: [],
                marks: marks ?? [id], autonomy: autonomy, status: status, reviewBy: reviewBy,
                review: Agent.Review(
                    at: noon.adding(seconds: -3600), by: "olga@example.org", models: models, tools: tools)),
            suspension: suspension))
}

func revocation(
    _ cause: Revocation.Cause, of target: Revocation.Target = .delegation(delegationID)
) -> Revocation {
    Revocation(
        organisation: "example.org", target: target, cause: cause, reason: "as asked",
        issuedAt: nine, issuer: "dana@example.org")
}

func grant(
    _ repository: String = "payments", refs acting: [String] = ["refs/heads/agent/PAY-42/**"],
    mergeInto: [String] = ["refs/heads/main"], paths covered: [String] = ["Sources/**"],
    except: [String] = ["Sources/Secrets/**"],
    _ operations: Set<RemitModel.Operation> = [.refCreate, .refUpdate, .fileCreate, .fileModify],
    environments: Set<String> = []
) -> Grant {
    Grant(
        repository: repository, refs: refs(acting), mergeInto: refs(mergeInto),
        paths: PathScope(paths(covered), except: paths(except)), operations: operations, environments: environments)
}

func delegated(
    id: RecordID = delegationID, to standing: AgentStanding = inventoried(), from issuedAt: Instant = nine,
    until expiresAt: Instant = five, mergeBy: Instant = nextWeek, context: Delegation.Context? = nil,
    grants: [Grant] = [grant()], limits: Limits = .none, revocation: Revocation? = nil,
    certificateAuthorities: [KeyFingerprint] = [], below ancestors: [VerifiedDelegation] = []
) -> VerifiedDelegation {
    VerifiedDelegation(
        id: id,
        delegation: Delegation(
            organisation: "example.org", delegator: "dana@example.org", agent: standing.id, task: "PAY-42",
            purpose: "a test", issuedAt: issuedAt, expiresAt: expiresAt, mergeBy: mergeBy, keys: [taskKey], hops: 0,
            parent: ancestors.first?.id, context: context, grants: grants, limits: limits,
            certificateAuthorities: certificateAuthorities),
        agent: standing, revocation: revocation, ancestors: ancestors)
}

func limits(
    commits: Int? = nil, files: Int? = nil, lines: Int? = nil, bytes: Int? = nil, pushes: Int? = nil
) -> Limits {
    Limits(commits: commits, files: files, lines: lines, bytes: bytes, pushes: pushes)
}

func spent(commits: Int = 0, files: Int = 0, lines: Int = 0, bytes: Int = 0, pushes: Int = 0) -> Spent {
    Spent(commits: commits, files: files, lines: lines, bytes: bytes, pushes: pushes)
}

/// A signature by an unknown key with a certificate, of the authority `key(5)` and from nine to five.
func certified(
    by authority: KeyFingerprint = key(5), for principals: [String] = [delegationID.description],
    key signer: KeyFingerprint = key(9), from validFrom: Instant = nine, until validUntil: Instant? = five
) -> SignatureStatus {
    .certified(
        signer,
        by: Certificate(
            authority: authority, serial: 42, keyID: "agent 7", principals: principals, validFrom: validFrom,
            validUntil: validUntil))
}

// MARK: - What is judged

func mark(_ agent: String, _ excerpt: ByteString, _ strength: Strength = .declared) -> Evidence {
    Evidence(agent: agent, place: .trailer, strength: strength, confidence: .definite, excerpt: excerpt)
}

func change(
    _ path: ByteString, from old: FileMode? = .regular, to new: FileMode? = .regular
) -> Change {
    Change(
        path: path, old: old.map { Change.Entry(mode: $0, id: object(1)) },
        new: new.map { Change.Entry(mode: $0, id: object(2)) })
}

/// A commit without any mark, claim or signature.
func plain(_ byte: UInt8 = 0xC0, changes: [Change] = []) -> CommitCase {
    CommitCase(id: object(byte), changes: changes)
}

/// A commit as it should be under a delegation: signed with the task key.
func work(
    _ byte: UInt8 = 0xC1, under delegation: VerifiedDelegation = delegated(), by agents: [AgentStanding]? = nil,
    signature: SignatureStatus = .good(taskKey), signer: KeyHolder? = nil, keyRevocation: Revocation? = nil,
    firstSeen: Instant? = nil, changes: [Change] = [], lines: Int = 0, bytes: Int = 0
) -> CommitCase {
    CommitCase(
        id: object(byte), agents: agents ?? [delegation.agent], signature: signature,
        signer: signer ?? .delegation(delegation.id), keyRevocation: keyRevocation,
        claim: .one(.verified(delegation), named: ByteString(delegation.id.description)), firstSeen: firstSeen,
        changes: changes, lines: lines, bytes: bytes)
}

/// A commit with the marks of agents and no delegation.
func marked(
    _ agents: [AgentStanding], id byte: UInt8 = 0xC2, evidence: [Evidence] = [], claim: CommitCase.Claim = .none,
    signature: SignatureStatus = .unsigned, signer: KeyHolder? = nil, changes: [Change] = [],
    isObservant: Bool = false
) -> CommitCase {
    CommitCase(
        id: object(byte), attribution: Attribution(evidence: evidence), agents: agents, signature: signature,
        signer: signer, claim: claim, changes: changes, isObservant: isObservant)
}

func update(
    _ ref: ByteString = agentBranch, _ kind: UpdateCase.Kind = .update, isProtected: Bool? = nil,
    target: UpdateCase.Target = .commit, nameFault: String? = nil
) -> UpdateCase {
    UpdateCase(
        update: RefUpdate(
            ref: ref, old: kind == .create ? .zero : object(0xA0), new: kind == .delete ? .zero : object(0xB0)),
        kind: kind, isProtected: isProtected ?? (ref == mainBranch), target: target, nameFault: nameFault)
}

func circumstances(
    _ pusher: Circumstances.PusherIdentity = .unknown, login: ByteString? = nil, now: Instant = noon,
    repository: String = "payments", attribution: Policy.Demand = .declared, mode: Mode = .enforce,
    option: DelegationLookup? = nil, protecting: [String] = [], approvals: ApprovalPolicy = .none,
    submission: Submission = .push, on terms: [RefTerms] = []
) -> Circumstances {
    Circumstances(
        now: now,
        repository: RepositoryPolicy(
            name: repository, protectedRefs: refs(["refs/heads/main"]), refs: terms,
            within: AttributionDemands(attribution: attribution)),
        mode: mode, pusher: login.map { Pusher(login: $0, vouchedBy: "a test") }, pusherIdentity: pusher,
        pushDelegation: option, protectedPaths: ProtectedPaths(adding: paths(protecting)), approvals: approvals,
        administrators: ["ada@example.org"], submission: submission)
}

/// An agent's own account, which names the delegation by a push option.
func pushing(
    _ delegation: VerifiedDelegation = delegated(), as agent: AgentStanding? = nil, now: Instant = noon
) -> Circumstances {
    circumstances(
        .agent(agent ?? delegation.agent), login: "bot", now: now, option: .verified(delegation))
}
