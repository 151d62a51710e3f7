@testable import RemitAuthority
import RemitModel
import RemitRules

// Bob and Carol may approve anything in `payments`; Bob's role leaves `Deploy/**` to Carol on `refs/heads/main`.

let bob = "bob@example.org"
let carol = "carol@example.org"
let tipTree = object(0xBE)

func approver(
    _ person: String, refs covered: [String] = ["refs/heads/**"], except: [String] = [],
    environments: Set<String> = []
) -> ApproverRole {
    ApproverRole(
        person: person, repositories: ["payments"], refs: refs(covered),
        paths: PathScope(paths(["**"]), except: paths(except)), environments: environments)
}

func demand(
    _ count: Int = 1, refs demanded: [String] = ["refs/heads/main"], paths changed: [String] = [],
    environments: Set<String> = [], independent: Bool = false
) -> ApprovalDemand {
    ApprovalDemand(
        repositories: ["payments"], refs: refs(demanded), paths: paths(changed), environments: environments,
        count: count, independent: independent)
}

func policy(_ demands: ApprovalDemand...) -> ApprovalPolicy {
    ApprovalPolicy(
        demands: demands, roles: [approver(bob, except: ["Deploy/**"]), approver(carol), approver("dana@example.org")])
}

/// An approval of the tip by one person, given at ten and good for a week.
func approved(
    by person: String, _ byte: UInt8 = 1, commit: ObjectID = object(0xB0), tree: ObjectID = tipTree,
    at moment: Instant = nine.adding(seconds: 3600), until end: Instant = nextWeek,
    hand: VerifiedApproval.Hand = .person, for environments: Set<String> = []
) -> VerifiedApproval {
    VerifiedApproval(
        id: record(byte),
        approval: Approval(
            organisation: "example.org", approver: person, repository: "payments", commit: commit, tree: tree,
            environments: environments, reason: "looked at it", issuedAt: moment, expiresAt: end),
        hand: hand)
}

/// The main branch, moved to a tip with some approvals.
func landing(
    _ given: VerifiedApproval..., earlier: [VerifiedApproval] = [], faults: [String] = [],
    on ref: ByteString = mainBranch
) -> UpdateCase {
    var place = update(ref)
    place.approvals = TipApprovals(
        commit: object(0xB0), tree: tipTree, given: RecordsOfCommit(verified: given, faults: faults),
        earlier: earlier)
    return place
}
