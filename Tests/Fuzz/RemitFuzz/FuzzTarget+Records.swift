import RemitFormats
import RemitModel

extension FuzzTarget {
    static let records = [
        record(
            "record-root",
            """
            type = "root/v1"
            organisation = "example.org"
            version = 1
            threshold = 1

            [[administrator]]
            id = "dana@example.org"
            keys = ["\(key)"]

            """
        ) { bytes throws(RecordError) in _ = try Root(record: bytes, file: "f") },
        record(
            "record-policy",
            """
            type = "authority/v1"
            organisation = "example.org"
            version = 1
            people = "\(digest)"
            attribution = "declared"
            protected_paths = ["ci/**"]

            [[person]]
            id = "dana@example.org"
            logins = ["dana"]

            [[delegator]]
            person = "dana@example.org"
            repositories = ["*"]
            refs = ["refs/heads/**"]
            paths = ["**"]
            except = []
            operations = ["ref.create"]
            environments = ["staging"]
            lifetime_hours = 24

            [[approver]]
            person = "dana@example.org"
            repositories = ["*"]
            refs = ["refs/heads/main"]
            paths = ["**"]
            environments = ["staging"]

            [[approval]]
            repositories = ["payments"]
            refs = ["refs/heads/main"]
            paths = ["Deploy/**"]
            count = 2
            independent = true

            [[repository]]
            name = "payments"
            protected_refs = ["refs/heads/main"]

            """
        ) { bytes throws(RecordError) in _ = try Policy(record: bytes, file: "f") },
        record(
            "record-delegation",
            """
            type = "delegation/v1"
            organisation = "example.org"
            delegator = "dana@example.org"
            agent = "claude-code"
            task = "PAY-42"
            purpose = "Retry"
            issued_at = 2026-11-20T09:00:00Z
            expires_at = 2026-11-20T17:00:00Z
            keys = ["SHA256:\(String(repeating: "A", count: 43))"]
            hops = 0

            [context]
            model = "claude-opus-4-6"
            tools = ["edit"]

            [[grant]]
            repository = "payments"
            refs = ["refs/heads/agent/**"]
            merge_into = ["refs/heads/main"]
            paths = ["Sources/**"]
            except = []
            operations = ["file.create"]
            environments = []

            [limits]
            commits = 40

            """
        ) { bytes throws(RecordError) in _ = try Delegation(record: bytes, file: "f") },
        record(
            "record-agent",
            """
            type = "agent/v1"
            organisation = "example.org"
            id = "claude-code"
            vendor = "Anthropic"
            models = ["claude-opus-4-6"]
            tools = ["edit"]
            business_owners = ["dana@example.org"]
            technical_owners = ["dana@example.org"]
            identities = ["email:noreply@anthropic.com"]
            autonomy = "supervised"
            status = "active"
            review_by = 2026-11-20T09:00:00Z
            resumed_at = 2026-10-20T09:00:00Z

            [review]
            at = 2026-10-20T09:00:00Z
            by = "dana@example.org"
            models = ["claude-opus-4-6"]
            tools = ["edit"]

            """
        ) { bytes throws(RecordError) in _ = try Agent(record: bytes, file: "f") },
        record(
            "record-revocation",
            """
            type = "revocation/v1"
            organisation = "example.org"
            delegation = "\(digest)"
            cause = "ended"
            reason = "done"
            issued_at = 2026-11-20T09:00:00Z
            issuer = "dana@example.org"

            """
        ) { bytes throws(RecordError) in _ = try Revocation(record: bytes, file: "f") },
        record(
            "record-baseline",
            """
            type = "baseline/v1"
            organisation = "example.org"
            repository = "payments"
            commits = ["4b825dc642cb6eb9a060e54bf8d69288fbee4904"]
            reason = "before adoption"
            issued_at = 2026-11-20T09:00:00Z
            issuer = "dana@example.org"

            """
        ) { bytes throws(RecordError) in _ = try Baseline(record: bytes, file: "f") },
        record(
            "record-timestamp",
            """
            type = "timestamp/v1"
            organisation = "example.org"
            issued_at = 2026-11-20T09:00:00Z
            head = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

            """
        ) { bytes throws(RecordError) in _ = try Timestamp(record: bytes, file: "f") },
        record(
            "record-marks",
            """
            type = "marks/v1"
            organisation = "example.org"
            version = 1

            [[tool]]
            id = "release-writer"
            vendor = "Example Inc"
            kind = "agent"

            [[mark]]
            tool = "release-writer"
            where = "trailer"
            key = "written-by"
            match = "leading-word"
            value = "release-writer"
            confidence = "definite"

            [[mark]]
            tool = "release-writer"
            where = "branch"
            match = "shape"
            value = "rw/{digit:1-6}-{some}-{hex:4}"
            confidence = "strong"

            [[mark]]
            tool = "release-writer"
            where = "github-account"
            value = "12345+writer[bot]"
            confidence = "definite"

            [[mark]]
            tool = "release-writer"
            where = "footer"
            value = "writer"
            link = "none"
            ornament = true
            confidence = "strong"

            [[without]]
            tool = "claude-code"
            where = "email"
            value = "noreply@anthropic.com"
            reason = "a gateway writes it"

            """
        ) { bytes throws(RecordError) in
            let marks = try OwnMarks(record: bytes, file: "f")
            require(marks.tools.allSatisfy { !$0.marks.isEmpty }, "a tool has a mark")
            for entry in marks.tools.flatMap(\.marks).flatMap(\.entries) {
                require(entry.match == .any || entry.value?.isEmpty == false, "a mark has a text")
                guard entry.match == .shape, let value = entry.value else { continue }
                do throws(Pattern.ShapeFault) {
                    require(try Pattern(shape: value).notation.value == value, "a shape prints back to itself")
                } catch {
                    require(false, "a shape that was read can be read again")
                }
            }
        },
    ]

    static let digest = "sha256:" + String(repeating: "0", count: 64)
    private static let key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJmXY0vHh4b1J9HqYf3hQ2QH0mJm0h2sTg1lY6o2n8kP"

    static func record(
        _ name: String, _ seed: String, read: @escaping @Sendable ([UInt8]) throws(RecordError) -> Void
    ) -> FuzzTarget {
        FuzzTarget(name, seeds: [seed, "", "\u{FEFF}\(seed)", "a.b = {c = [1, 2.0, nan]}\n[[x]]\n[x.y]\n"]) { bytes in
            do throws(RecordError) {
                try read(bytes)
                require(bytes.last == UInt8(ascii: "\n"), "a record ends in a line feed")
                require(bytes.count <= RecordText.maximumByteCount, "a record is bounded")
            } catch {
                require(error.statement.hasPrefix("'f'"), "a fault names the file")
            }
        }
    }
}
