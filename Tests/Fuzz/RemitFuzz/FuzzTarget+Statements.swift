import RemitFormats
import RemitModel

/// What people and agents say once: approvals, exceptions, requests and the answers to them.
extension FuzzTarget {
    static let statements = [
        record(
            "record-approval",
            """
            type = "approval/v1"
            organisation = "example.org"
            approver = "dana@example.org"
            repository = "payments"
            commit = "\(commitID)"
            tree = "\(commitID)"
            environments = ["staging"]
            reason = "read it"
            issued_at = 2026-11-20T09:00:00Z
            expires_at = 2026-11-27T09:00:00Z

            """
        ) { bytes throws(RecordError) in
            let approval = try Approval(record: bytes, file: "f")
            require(approval.issuedAt < approval.expiresAt, "an approval counts for some time")
        },
        record(
            "record-exception",
            """
            type = "exception/v1"
            organisation = "example.org"
            issuer = "dana@example.org"
            repository = "payments"
            ref = "refs/heads/main"
            commit = "\(commitID)"
            rules = ["scope.path", "approval.missing"]
            reason = "INC-7"
            issued_at = 2026-11-20T09:00:00Z
            expires_at = 2026-11-20T13:00:00Z

            """
        ) { bytes throws(RecordError) in
            let exception = try Exception(record: bytes, file: "f")
            let life = exception.expiresAt.seconds - exception.issuedAt.seconds
            require((1...Exception.longestLife).contains(life), "an exception ends by itself, soon")
            require(!exception.rules.isEmpty, "an exception names a rule")
            require(!exception.rules.contains(where: Exception.isBeyondReach), "some rules are never set aside")
            require(RefName.fault(in: exception.ref) == nil, "an exception is of one good ref")
        },
        record(
            "record-request",
            """
            type = "request/v1"
            organisation = "example.org"
            requester = "dana@example.org"
            agent = "claude-code"
            task = "PAY-42"
            purpose = "Retry"
            issued_at = 2026-11-20T09:00:00Z
            hours = 8
            keys = ["SHA256:\(String(repeating: "A", count: 43))"]
            replaces = "\(digest)"
            decision = 7

            [context]
            model = "claude-opus-4-6"
            tools = ["edit"]

            \(clause)
            [limits]
            commits = 40

            """
        ) { bytes throws(RecordError) in
            let request = try DelegationRequest(record: bytes, file: "f")
            require(
                (3600...Int64(DelegationRequest.maximumHours) * 3600).contains(request.life),
                "what is asked for has a length")
            requireOrdinary(request.grants)
        },
        record(
            "record-decline",
            """
            type = "decline/v1"
            organisation = "example.org"
            request = "\(digest)"
            person = "dana@example.org"
            reason = "too much"
            issued_at = 2026-11-20T09:00:00Z

            """
        ) { bytes throws(RecordError) in _ = try Decline(record: bytes, file: "f") },
        record("record-clauses", "\(clause)\n\(clause)") { bytes throws(RecordError) in
            requireOrdinary(try Grant.list(record: bytes, file: "f"))
        },
    ]

    /// What holds of every clause that can be read.
    private static func requireOrdinary(_ grants: [Grant]) {
        require(!grants.isEmpty, "there is a clause")
        for grant in grants {
            require(grant.paths.contains(grant.paths), "a clause's paths hold themselves")
        }
    }

    private static let commitID = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

    private static let clause = """
        [[grant]]
        repository = "payments"
        refs = ["refs/heads/agent/**"]
        merge_into = ["refs/heads/main"]
        paths = ["Sources/**", "Docs/**/*.md"]
        except = ["Sources/Secrets/**"]
        operations = ["file.create"]
        environments = ["staging"]

        """
}
