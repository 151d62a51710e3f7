import RemitHosts
import Testing

@testable import RemitApp

/// What the place of a repository says of its server; what its files say is shown by whole installations.
@Suite struct ServerTracesTests {
    static let places: [(path: String, found: [ServerTraces.Trace])] = [
        ("/srv/git/payments.git", []),
        (
            "/data/user/repositories/a/nw/a8/7f/f6/4/4.git",
            [.init(kind: .ghes, evidence: "it lies below '/data/user/repositories'")]
        ),
        ("/data/user/repositories.git", []),
        (
            "/var/opt/gitlab/git-data/repositories/@hashed/4e/07/4e07408562be.git",
            [.init(kind: .gitlab, evidence: "it lies below '@hashed'")]
        ),
        (
            "/data/repositories/@cluster/repositories/6f/96/54771",
            [.init(kind: .gitlab, evidence: "it lies below '@cluster'")]
        ),
        ("/srv/git/@hashed", []), ("/srv/@hashed/a.git", []),
    ]

    @Test(arguments: places)
    func `a place tells of GitLab and of GHES`(path: String, found: [ServerTraces.Trace]) throws {
        #expect(try ServerTraces(of: path).found == found)
    }
}
