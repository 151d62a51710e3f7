package import RemitModel

/// What a revocation stops from now on, and what it does not take back, in words for the person who gives it.
package struct RevocationNotice: Sendable {
    private let target: Revocation.Target
    private let isCompromised: Bool

    package init(_ revocation: Revocation) {
        target = revocation.target
        isCompromised = revocation.cause == .compromised
    }

    /// What is revoked, as the subject of a sentence.
    package static func name(_ target: Revocation.Target) -> SafeText {
        switch target {
        case .delegation(let id): "delegation \(id)"
        case .agent(let id): "agent \(quoted: id)"
        case .key(let key): "key \(word: key.description)"
        case .everyAgent: "every agent"
        }
    }

    package var stops: SafeText {
        let name = Self.name(target)
        return switch target {
        case .delegation where isCompromised:
            """
            stops now: everything under \(name), and under what was handed on from it, at merge and deployment too, \
            until a person approves it anew
            """
        case .delegation: "stops now: whatever is new under \(name), and under what was handed on from it"
        case .key where isCompromised: "stops now: everything that was ever signed with \(name), commits and records"
        case .key: "stops now: whatever is signed with \(name) from now on"
        case .agent, .everyAgent: "stops now: everything of \(name), at merge and deployment too"
        }
    }

    package var stays: SafeText {
        switch target {
        case .delegation where isCompromised, .key where isCompromised:
            "not taken back: what has landed already; look for it and revert what must not stay"
        case .delegation: "not taken back: what was accepted already, which persons may land until its merge_by"
        case .key: "not taken back: what was accepted already, and the records that it signed before"
        case .agent, .everyAgent: "not taken back: what has landed already"
        }
    }

    /// How work can go on; `nil` where the revocation says no more than it is.
    package var next: SafeText? {
        switch target {
        case .agent(let id):
            """
            what was delegated until now stays stopped; an administrator lets new delegations in with \
            'remit agent review \(word: id)'
            """
        case .everyAgent:
            """
            what was delegated until now stays stopped; administrators let new delegations in with \
            'remit authority propose --resume'
            """
        case .delegation, .key: nil
        }
    }
}
