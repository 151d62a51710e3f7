import RemitAttribution
import RemitFormats
import RemitModel
import RemitSignatures

/// What a commit itself says of who wrote it, and the keys and branches of a history; notes lie beside it.
struct CommitMarks {
    private let inventory: Inventory
    /// Keys that have been looked up: the agent whose task key it is, if it is one.
    private var taskKeys: [KeyFingerprint: String?] = [:]

    /// Keys that are remembered; what more there are is looked up each time.
    private static let keysAtMost = 1 << 16

    init(_ inventory: Inventory) {
        self.inventory = inventory
    }

    /// What finds the marks.
    var attributor: Attributor { inventory.attributor }

    /// The marks of a commit's own bytes, of a key that signed it, and of the branch that alone leads to it.
    ///
    /// - Parameter branch: what the name of that branch says.
    mutating func evidence(
        of commit: RawCommit, branch: [Evidence]
    ) throws(AppError) -> [Evidence] {
        var (key, agent) = (KeyFingerprint?.none, String?.none)
        if let signer = Self.claimedKey(of: commit) {
            agent = try agentOfTask(signer)
            let isKnown = agent != nil || !inventory.attributor.evidence(forKey: signer).isEmpty
            // Checking costs more than all the rest, and a key that nobody knows says nothing.
            if isKnown, CommitSignature.status(of: commit).key == signer { key = signer }
        }
        var evidence = inventory.attributor.scan(commit, key: key, ref: nil, pusher: nil).evidence
        if let key, let agent {
            evidence.append(
                Evidence(
                    agent: agent, place: .signingKey, strength: .cryptographic, confidence: .definite,
                    excerpt: ByteString(key.description)))
        }
        return evidence + branch
    }

    /// What the name of a branch says of the commits to which it alone leads.
    ///
    /// Weak, whatever it would be at a push: who pushed is not known any more, and persons commit on an agent's branch.
    func evidence(ofBranch ref: ByteString) -> [Evidence] {
        inventory.attributor.evidence(forRef: ref).map {
            Evidence(
                agent: $0.agent, kind: $0.kind, place: $0.place, strength: $0.strength, confidence: .weak,
                malformation: $0.malformation, excerpt: $0.excerpt)
        }
    }

    private mutating func agentOfTask(_ key: KeyFingerprint) throws(AppError) -> String? {
        if let known = taskKeys[key] { return known }
        let agent = try inventory.agent(withTaskKey: key)
        if taskKeys.count < Self.keysAtMost { taskKeys[key] = .some(agent) }
        return agent
    }

    /// The key that a signature names; whether it made it has still to be checked.
    private static func claimedKey(of commit: RawCommit) -> KeyFingerprint? {
        guard let armour = commit.signature, SignatureKind(of: armour) == .ssh else { return nil }
        do throws(SSHFormatError) {
            return KeyFingerprint(of: try SSHSignature(armoured: armour).publicKey)
        } catch {
            // A signature that cannot be read is evidence of nothing.
            return nil
        }
    }
}
