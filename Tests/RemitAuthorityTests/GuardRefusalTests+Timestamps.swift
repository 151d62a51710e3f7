import RemitModel
import RemitTestSupport
import Testing

extension MemoryAuthority {
    static let zero = String(repeating: "0", count: 40)

    /// Says that the authority is whole; its commits are all the same one here.
    mutating func stamp(
        at seconds: Int64 = 0, head: String = zero, organisation: String = "example.org",
        signedBy keys: [SSHKey]? = nil, in namespace: String = "remit-timestamp"
    ) throws {
        let text = """
            type = "timestamp/v1"
            organisation = "\(organisation)"
            issued_at = \(Self.now.adding(seconds: seconds))
            head = "\(head)"

            """
        try put(text, at: "timestamp.toml", signedBy: keys ?? [cast.ada], namespace)
    }

    /// Lets a key that is nobody's stamp the authority.
    mutating func `let`(_ key: SSHKey) throws {
        policy.timestampKeys = [try key.fingerprint()]
        try publish()
    }
}

/// Words on how fresh the authority is.
extension GuardRefusalTests {
    static let timestamps: [Refused] = [
        Refused(
            "a timestamp by a key that may not",
            "authority.role timestamp.toml: <key> may not say how fresh the authority is"
        ) { try $0.world.stamp(signedBy: [$0.world.cast.piet]) },
        Refused(
            "a timestamp by a delegator", "authority.role timestamp.toml: <key> may not say how fresh the authority is"
        ) { try $0.world.stamp(signedBy: [$0.world.cast.dana]) },
        Refused(
            "a timestamp by an agent", "authority.role timestamp.toml: <key> may not say how fresh the authority is",
            after: { try $0.delegate() }
        ) { try $0.world.stamp(signedBy: [$0.world.cast.task]) },
        Refused(
            "a timestamp by an operator whose key was compromised",
            "authority.role timestamp.toml: <key> was revoked: compromised: a test",
            after: { world in
                try world.employ()
                let key = try world.cast.olga.print()
                try world.revoke(
                    "key = \"\(key)\"", at: "revocations/compromised/key-\(key.hex).toml", cause: "compromised",
                    issuer: "olga@example.org", signedBy: [world.cast.olga])
            }
        ) { try $0.world.stamp(signedBy: [$0.world.cast.olga]) },
        Refused(
            "a timestamp that git signed",
            "authority.signature timestamp.toml: its signature is bad: signed in the namespace git"
        ) { try $0.world.stamp(in: "git") },
        Refused("a timestamp without a signature", "authority.signature timestamp.toml: it has no signature") {
            try $0.world.stamp(signedBy: [])
        },
        Refused(
            "a timestamp of another organisation",
            "authority.record timestamp.toml: it is of organisation 'other.org'"
        ) { try $0.world.stamp(organisation: "other.org") },
        Refused(
            "a timestamp of tomorrow",
            "authority.record timestamp.toml: key 'issued_at': <time> is still to come"
        ) { try $0.world.stamp(at: 86_400) },
        Refused(
            "a timestamp of another commit",
            "authority.record timestamp.toml: it vouches for commit <commit>, and follows commit <commit>"
        ) { try $0.world.stamp(head: MemoryAuthority.commit) },
        Refused(
            "an older timestamp",
            "authority.version timestamp.toml: it is of <time>, and one of <time> is in force",
            after: { try $0.stamp() }
        ) { try $0.world.stamp(at: -60) },
        Refused(
            "a timestamp that is no newer, signed anew",
            "authority.version timestamp.toml: it is of <time>, and one of <time> is in force",
            after: { try $0.stamp() }
        ) {
            $0.world.write($0.world.text("timestamp.toml") + "# again\n", at: "timestamp.toml")
            try $0.world.put(
                $0.world.text("timestamp.toml"), at: "timestamp.toml", signedBy: [$0.world.cast.ada], "remit-timestamp")
        },
        Refused(
            "a timestamp taken away",
            "authority.immutable timestamp.toml: a timestamp is only replaced by a newer one", after: { try $0.stamp() }
        ) { $0.world.remove("timestamp.toml") },
        Refused(
            "a signature of a timestamp exchanged",
            "authority.immutable timestamp.toml.sig: the signatures of a timestamp come with it, and stay",
            after: { try $0.stamp() }
        ) { try $0.world.stamp(signedBy: [$0.world.cast.ben]) },
        Refused(
            "a timestamp that is none",
            "authority.record timestamp.toml: line 1: key 'type': is 'other/v1' where 'timestamp/v1' is needed"
        ) {
            try $0.world.put(
                "type = \"other/v1\"\n", at: "timestamp.toml", signedBy: [$0.world.cast.ada], "remit-timestamp")
        },
    ]
}
