import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Requests, and proposals that gather signatures.
extension GuardRefusalTests {
    static let requests: [Refused] = [
        Refused(
            "a request of another organisation",
            "authority.record requests/<file>.toml: it is of organisation 'other.org'"
        ) {
            $0.world.request(organisation: "other.org")
        },
        Refused("a request that cannot be read", "authority.record requests/<file>.toml: is empty") {
            $0.world.write("", at: "requests/\(RecordID(of: []).hex).toml")
        },
        Refused(
            "a request under another's name", "authority.record requests/<file>.toml: its bytes have the digest <id>"
        ) {
            $0.world.write("x\n", at: "requests/\(RecordID(of: []).hex).toml")
        },
        Refused("a request without end", "authority.record requests/<file>.toml: 'requests/<file>.toml' is too long") {
            $0.world.write(String(repeating: "x", count: 65_537), at: "requests/\(RecordID(of: []).hex).toml")
        },
        Refused(
            "more requests than people read through",
            "authority.record requests/<file>.toml: there are 10000 requests, and no room for more",
            after: { world in for number in 0..<10_000 { world.write("x\n", at: "requests/\(number).toml") } }
        ) { $0.world.request() },
        Refused("a request with a signature", "authority.layout requests/<file>.toml.sig: no record lies there") {
            $0.world.write("x\n", at: "requests/\($0.world.request().hex).toml.sig")
        },
        Refused(
            "a request changed", "authority.immutable requests/<file>.toml: a record is never changed",
            after: { $0.request() }
        ) {
            let path = "requests/\($0.world.request().hex).toml"
            $0.world.write($0.world.text(path) + "# x\n", at: path)
        },
        Refused(
            "a request declined by nobody much",
            "authority.role requests/<file>.declined.toml: sam@example.org has no role as a delegator"
        ) {
            try $0.world.decline($0.world.request(), by: "sam@example.org", signedBy: [$0.world.cast.sam])
        },
        Refused(
            "a request declined in another's name",
            "authority.signature requests/<file>.declined.toml: <key> may not sign delegations as dana@example.org"
        ) {
            try $0.world.decline($0.world.request(), signedBy: [$0.world.cast.ada])
        },
        Refused("another request declined", "authority.record requests/<file>.declined.toml: it declines request <id>")
        {
            try $0.world.decline($0.world.request(), at: RecordID(of: []))
        },
    ]

    static let proposals: [Refused] = [
        Refused(
            "a proposed root by a stranger",
            "authority.signature proposals/roots/2.toml: <key> is no administrator's key"
        ) {
            try $0.world.propose(root: [$0.world.cast.dana])
        },
        Refused(
            "a proposed root by those whom it names alone",
            "authority.signature proposals/roots/2.toml: no administrator of now signed it"
        ) {
            try $0.world.propose(root: [$0.world.cast.eve])
        },
        Refused(
            "a proposed root without a signature", "authority.signature proposals/roots/2.toml: it has no signature"
        ) {
            try $0.world.propose(root: [])
        },
        Refused("a proposed root in another's place", "authority.version proposals/roots/3.toml: it says version 2") {
            try $0.world.propose(root: [$0.world.cast.ada], at: 3)
        },
        Refused(
            "a bad signature beside a proposal",
            "authority.signature proposals/roots/2.toml: its signature is bad: not exactly one armoured ssh signature",
            after: { try $0.propose(root: [$0.cast.ada]) }
        ) { $0.world.write("x\n", at: "proposals/roots/2.toml.sig.2") },
        Refused(
            "a proposed policy by a delegator",
            "authority.signature proposals/authority.toml: <key> is no administrator's key"
        ) { try $0.world.proposePolicy(signedBy: [$0.world.cast.dana]) },
        Refused(
            "proposed people whom no policy names",
            "authority.record proposals/people.allowed_signers: 'proposals/authority.toml' names other people, <id>"
        ) { try $0.world.proposePolicy(signedBy: [$0.world.cast.ada], people: "# none\n") },
        Refused(
            "proposed marks whom no policy names",
            "authority.record proposals/marks.toml: 'proposals/authority.toml' names no marks"
        ) {
            try $0.world.proposePolicy(signedBy: [$0.world.cast.ada])
            $0.world.write(MemoryAuthority.marks(1), at: "proposals/marks.toml")
        },
        Refused("proposed marks alone", "authority.record proposals/marks.toml: no proposed policy names it") {
            $0.world.write(MemoryAuthority.marks(1), at: "proposals/marks.toml")
        },
        Refused(
            "proposed people alone", "authority.record proposals/people.allowed_signers: no proposed policy names it"
        ) {
            $0.world.write("# none\n", at: "proposals/people.allowed_signers")
        },
    ]
}
