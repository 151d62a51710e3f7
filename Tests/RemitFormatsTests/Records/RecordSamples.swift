import RemitFormats
import RemitModel

/// A good record of each kind, with every key that it can have.
enum RecordSamples {
    static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)
    static let fingerprint = "SHA256:" + String(repeating: "A", count: 43)
    static let otherFingerprint = "SHA256:" + String(repeating: "A", count: 41) + "QE"
    static let publicKeys = [
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG4XCSA++ZEaCnH5kEFO1tHNf+gx3BXGXsag+ofLZcYt",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINPevXCCC6BtOUs4JudrZtQyTdTzU6anT6dREI74CKiE",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF6PHkBfL9VYbgA2Qd8fggnz3tout+hM6U9tdqaqoQHl",
    ]
    static let commit = String(repeating: "ab", count: 20)

    static let delegation = """
        type = "delegation/v1"
        organisation = "example.org"
        delegator = "dana@example.org"
        agent = "claude-code"
        task = "PAY-42"
        purpose = "Retry the settlement job with backoff"
        issued_at = 2026-11-20T09:00:00Z
        expires_at = 2026-11-20T17:00:00Z  # at the end of the day
        merge_by = 2026-11-27T17:00:00Z
        keys = ["\(fingerprint)", "\(otherFingerprint)"]
        hops = 2
        parent = "\(digest)"

        [context]
        model = "claude-opus-4-6"
        tools = ["edit", "bash"]
        instructions = "\(digest)"

        [[grant]]
        repository = "payments"
        refs = ["refs/heads/agent/PAY-42/**"]
        merge_into = ["refs/heads/main"]
        paths = ["Sources/**", "Tests/**/*.swift"]
        except = ["Sources/Secrets/**"]
        operations = ["ref.create", "file.modify"]
        environments = ["staging"]

        [[grant]]
        repository = "team/web"

        [limits]
        commits = 40
        files = 60
        lines = 2000
        bytes = 1_000_000
        pushes = 0

        """

    static let marks = """
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

        [[without]]
        tool = "claude-code"
        where = "email"
        value = "noreply@anthropic.com"
        reason = "a gateway writes it"

        """

    static let agent = """
        type = "agent/v1"
        organisation = "example.org"
        id = "claude-code"
        vendor = "Anthropic"
        models = ["claude-opus-4-6"]
        tools = ["edit", "bash"]
        business_owners = ["olga@example.org"]
        technical_owners = ["tom@example.org"]
        identities = ["email:bot@example.org", "login:bot", "key:\(fingerprint)"]
        marks = ["claude", "claude-code"]
        autonomy = "autonomous"
        status = "suspended"
        review_by = 2027-01-01T00:00:00Z
        resumed_at = 2026-10-02T00:00:00Z

        [review]
        at = 2026-10-01T00:00:00Z
        by = "olga@example.org"
        models = ["claude-opus-4-6"]
        tools = ["edit"]

        """

    static let policy = """
        type = "authority/v1"
        organisation = "example.org"
        version = 7
        people = "\(digest)"
        attribution = "authenticated"
        unregistered = "monitor"
        protected_paths = ["Deploy/**", "Makefile"]

        [[person]]
        id = "dana@example.org"
        logins = ["dana", "dana.example"]

        [[person]]
        id = "sam@example.org"

        [[delegator]]
        person = "dana@example.org"
        repositories = ["payments"]
        refs = ["refs/heads/**"]
        paths = ["**"]
        except = ["Deploy/**"]
        operations = ["ref.update"]
        environments = ["staging"]
        lifetime_hours = 24

        [[repository]]
        name = "payments"
        protected_refs = ["refs/heads/main"]
        attribution = "signed"
        inconsistent = "refuse"

        [[repository.ref]]
        refs = ["refs/heads/agent/**", "refs/heads/main"]
        attribution = "declared"

        [[repository.ref]]
        refs = ["refs/heads/main"]
        unregistered = "refuse"

        [[repository]]
        name = "web"

        [[repository.ref]]
        refs = ["refs/tags/**"]
        inconsistent = "monitor"

        """

    static let root = """
        type = "root/v1"
        organisation = "example.org"
        version = 3
        threshold = 2

        [[administrator]]
        id = "ada@example.org"
        keys = ["\(publicKeys[0])", "\(publicKeys[1])"]

        [[administrator]]
        id = "ben@example.org"
        keys = ["\(publicKeys[2])"]

        """

    static let revocation = """
        type = "revocation/v1"
        organisation = "example.org"
        delegation = "\(digest)"
        cause = "superseded"
        reason = "the task is done"
        issued_at = 2026-11-20T10:00:00Z
        issuer = "dana@example.org"

        """

    static let baseline = """
        type = "baseline/v1"
        organisation = "example.org"
        repository = "payments"
        commits = ["\(commit)"]
        reason = "history from before adoption"
        issued_at = 2026-11-20T10:00:00Z
        issuer = "ada@example.org"

        """

    static let timestamp = """
        type = "timestamp/v1"
        organisation = "example.org"
        issued_at = 2026-11-20T10:00:00Z
        head = "\(commit)"

        """
}
