import RemitAttribution
import RemitAuthority
import RemitFormats
import RemitGit
import RemitModel
import RemitRules

/// Gathers what the rules need to know of a commit: who wrote it, under what, and what it changes.
final class CommitExaminer {
    let authority: Authority
    let reader: GitReader
    let circumstances: Circumstances
    let seen: any SeenBefore
    /// What a host's squashes and rebases were made of.
    let sources: SourceMemory
    let attributor: Attributor
    /// What lies beside commits and says who wrote them.
    let beside: RecordsBeside
    /// What commits make of their trees.
    let trees: CommitTrees
    /// What they make of pipelines' definitions.
    let pipelines: PipelineReading
    /// What the name of the ref says, the same for all commits that are pushed to it.
    var refEvidence: (ref: ByteString, evidence: [Evidence])?
    /// What the push itself says, the same for all its commits.
    private(set) lazy var pushEvidence = evidenceOfPush()

    init(
        _ reader: GitReader, authority: Authority, circumstances: Circumstances, seen: any SeenBefore,
        sources: SourceMemory
    ) {
        self.reader = reader
        self.sources = sources
        self.authority = authority
        self.circumstances = circumstances
        self.seen = seen
        attributor = Attributor(catalogue: authority.catalogue)
        beside = RecordsBeside(reader, attributor: attributor)
        trees = CommitTrees(reader)
        pipelines = PipelineReading(reader)
    }

    func examine(
        _ id: ObjectID, _ commit: RawCommit, _ signature: SignatureStatus, on update: UpdateCase
    ) throws(GateError) -> CommitCase {
        let key = signature.key
        var holder: KeyHolder?
        if let key {
            holder = try GateError.asking { () throws(AuthorityError) in try authority.holder(of: key) }
        }
        let attribution = try attribution(of: id, commit, key: key, holder: holder, on: update)
        var claim = try claim(of: commit, signature, holder: holder, isMarked: !attribution.agents.isEmpty)
        if case .none = claim, let known = try knownChange(of: commit, on: update) { claim = known }
        if case .none = claim, let known = try sourcesClaim(of: commit, signedBy: holder, on: update) { claim = known }
        // An agent's own account that pushes says more than any mark does.
        var isObservant = circumstances.demands(on: update).unregistered == .monitor
        if case .agent = circumstances.pusherIdentity { isObservant = false }
        let agents = try agents(in: attribution, claim: claim, isObservant: isObservant)
        var delegation: VerifiedDelegation?
        if case .one(.verified(let verified), _) = claim { delegation = verified }
        let standing = delegation.map { circumstances.standing(of: $0, on: update) }
        // What is deployed has landed, under whatever grants it did.
        let lands = standing?.isLanding == true || circumstances.submission.isDeployment
        var firstSeen: Instant?
        if let delegation, lands || signature.certificate?.isValid(at: circumstances.now) == false {
            firstSeen = try seen.firstSeen(id, under: delegation.id, in: circumstances.repository.name)
        }
        let treeChange = delegation == nil ? nil : try trees.treeChange(of: commit, on: update)
        var isRewriting = false
        if let delegation, let treeChange, lands, firstSeen == nil {
            // A squash or rebase by the host: other commits, but exactly the change that an allowed decision saw.
            firstSeen = try seen.firstSeen(treeChange, under: delegation.id, in: circumstances.repository.name)
            isRewriting = firstSeen != nil
        }
        if !isRewriting, let delegation, treeChange != nil, standing?.isOutside == false, !sources.isEmpty,
            Possession(of: delegation, by: signature, at: firstSeen ?? circumstances.now) != .proved
        {
            // Nothing says when those were seen: that only a ledger can prove.
            isRewriting = try hasSource(
                try trees.changes(of: commit, on: update), under: delegation.id, on: update)
        }
        let keyRevocation = try keyRevocation(of: signature, under: delegation, isRewriting: isRewriting)
        // A key that only a certificate names is in nobody's file; where the certificate holds, it is a task key.
        if holder == .unknown, signature.certificate != nil, let delegation,
            Possession(
                of: delegation, by: signature, at: circumstances.momentOfPossession(signature, firstSeen: firstSeen))
                == .proved
        {
            holder = .delegation(delegation.id)
        }
        let isAgents = CommitCase(id: id, agents: agents, signer: holder, claim: claim, isObservant: isObservant)
            .isAgentAuthored
        let changes = isAgents ? try trees.changes(of: commit, on: update) : []
        let pipelineChanges =
            changes.isEmpty || circumstances.submission.isDeployment
            ? [] : try pipelines.changes(of: commit, making: changes, on: update)
        trees.remember(commit, as: id)
        var (lines, bytes) = (0, 0)
        if let delegation, standing?.isActing == true {
            // What is done under a delegation is taken out of those above it too.
            let limits = ([delegation] + delegation.ancestors).map(\.delegation.limits)
            lines = limits.allSatisfy { $0.lines == nil } ? 0 : try trees.lines(of: changes, on: update)
            bytes = limits.allSatisfy { $0.bytes == nil } ? 0 : try trees.bytes(of: changes, on: update)
        }
        return CommitCase(
            id: id, attribution: attribution, agents: agents, signature: signature, signer: holder,
            keyRevocation: keyRevocation, claim: claim, firstSeen: firstSeen, treeChange: treeChange,
            isRewriting: isRewriting, changes: changes, lines: lines,
            bytes: bytes, pipelineChanges: pipelineChanges,
            oddities: try oddities(in: commit, signature, holder: holder),
            makers: makers(in: attribution, agents: agents, delegated: delegation?.delegation.agent),
            committer: attribution.evidence.contains { $0.place == .signingKey } ? commit.committer.excerpt : nil,
            isObservant: isObservant)
    }

    // MARK: Under what

    /// The delegation of a commit that names none, where the ledger knows its very change as an agent's.
    ///
    /// A host's squash can lose the trailer and every mark; what it lands is the agent's work all the same. Where the same
    /// change was seen under several delegations, one that was found compromised decides.
    private func knownChange(of commit: RawCommit, on update: UpdateCase) throws(GateError) -> CommitCase.Claim? {
        // Asked of every commit of a person's on such a ref: the ledger first, which at adoption has seen none.
        guard update.isProtected, try seen.hasSeenChanges(), let change = try trees.treeChange(of: commit, on: update)
        else { return nil }
        var first: CommitCase.Claim?
        for id in try seen.delegations(of: change, in: circumstances.repository.name) {
            let lookup = try GateError.asking { () throws(AuthorityError) in try authority.delegation(id) }
            let claim = CommitCase.Claim.one(lookup, named: ByteString(id.description))
            if case .verified(let verified) = lookup, verified.revocation?.cause == .compromised { return claim }
            first = first ?? claim
        }
        return first
    }

    /// The delegation of a commit that names none, where the host keeps the agent's commits that it was made of.
    ///
    /// What a person signed is the person's.
    private func sourcesClaim(
        of commit: RawCommit, signedBy holder: KeyHolder?, on update: UpdateCase
    ) throws(GateError) -> CommitCase.Claim? {
        if case .person = holder { return nil }
        guard !sources.isEmpty, commit.parents.count <= 1, commit.parents != [Repository.emptyTree] else { return nil }
        return try claim(ofSourcesOf: try trees.changes(of: commit, on: update), on: update)
    }

    /// Whether an allowed decision saw a commit under a delegation.
    func hasSeen(_ commit: ObjectID, under delegation: RecordID) throws(GateError) -> Bool {
        try seen.firstSeen(commit, under: delegation, in: circumstances.repository.name) != nil
    }

    /// How a commit names the delegation it acts under, whoever pushes it.
    func claim(of commit: RawCommit, _ signature: SignatureStatus) throws(GateError) -> CommitCase.Claim {
        let holder = try signature.key.map { key throws(GateError) in
            try GateError.asking { () throws(AuthorityError) in try authority.holder(of: key) }
        }
        return try claim(of: commit, signature, holder: holder, isMarked: false)
    }

    private func claim(
        of commit: RawCommit, _ signature: SignatureStatus, holder: KeyHolder?, isMarked: Bool
    ) throws(GateError) -> CommitCase.Claim {
        let lines = DelegationLines(in: commit.message)
        var keyed: RecordID?
        if case .delegation(let id) = holder { keyed = id }
        guard let first = lines.named.first else {
            if keyed == nil, let named = signature.certificate?.delegations, let only = named.first {
                guard named.count == 1 else { return .several(named.map { ByteString($0.hex) }) }
                keyed = only
            }
            if let keyed {
                let lookup = try GateError.asking { () throws(AuthorityError) in try authority.delegation(keyed) }
                return .one(lookup, named: ByteString(keyed.description))
            }
            // "Delegation: …" can be a person's prose. Beside a mark of an agent it is a claim that cannot be read.
            guard isMarked, let malformed = lines.malformed.first else { return .none }
            return .one(.unknown, named: malformed)
        }
        let lookup = try look(up: first)
        for other in lines.named.dropFirst() {
            guard let id = try look(up: other).recordID, id == lookup.recordID else { return .several(lines.named) }
        }
        // The key and the trailer agree where the named delegation lists the key, whichever the key's file names.
        if let keyed, let id = lookup.recordID, id != keyed, !lookup.isHeld(by: signature, at: circumstances.now) {
            return .several([ByteString(id.hex), ByteString(keyed.hex)])
        }
        return .one(lookup, named: first)
    }

    /// The gravest revocation of what proves possession of the claimed delegation: a task key, or a certificate's key
    /// and the authority that issued it.
    private func keyRevocation(
        of signature: SignatureStatus, under delegation: VerifiedDelegation?, isRewriting: Bool
    ) throws(GateError) -> Revocation? {
        guard let delegation else { return nil }
        let (keys, authorities) = (delegation.delegation.keys, delegation.delegation.certificateAuthorities)
        // A rewriting has lost the signature that was seen, so no key that could have made it may be revoked.
        if isRewriting { return try revocation(ofAnyOf: keys + authorities, under: delegation) }
        guard let key = signature.key else { return nil }
        if keys.contains(key) { return try revocation(ofAnyOf: [key], under: delegation) }
        guard let issuer = signature.certificate?.authority, authorities.contains(issuer) else { return nil }
        return try revocation(ofAnyOf: [key, issuer], under: delegation)
    }

    private func revocation(
        ofAnyOf keys: [KeyFingerprint], under delegation: VerifiedDelegation
    ) throws(GateError) -> Revocation? {
        var found: [Revocation] = []
        for key in keys {
            let revocation = try GateError.asking { () throws(AuthorityError) in
                try authority.revocation(of: key, heldBy: .delegation(delegation.id))
            }
            if let revocation { found.append(revocation) }
        }
        return found.gravest
    }

    private func look(up name: ByteString) throws(GateError) -> DelegationLookup {
        try GateError.asking { () throws(AuthorityError) in try authority.delegation(named: name) }
    }
}

extension DelegationLookup {
    /// The record that was found, believed or not.
    fileprivate var recordID: RecordID? {
        switch self {
        case .verified(let verified): verified.id
        case .rejected(let id, _, _): id
        case .unknown: nil
        }
    }

    /// Whether the signature proves possession of a delegation that is believed.
    fileprivate func isHeld(by signature: SignatureStatus, at moment: Instant) -> Bool {
        guard case .verified(let verified) = self else { return false }
        return Possession(of: verified, by: signature, at: moment) == .proved
    }
}
