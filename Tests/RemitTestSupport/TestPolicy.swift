package import RemitModel
import RemitSignatures

/// The policy of a test: what `authority.toml` says, every field free to be changed.
package struct TestPolicy: Sendable {
    package struct Role: Sendable {
        package var person = "dana@example.org"
        package var repositories = ["*"]
        package var refs = ["refs/heads/**", "refs/tags/**"]
        package var paths = ["**"]
        package var except: [String] = []
        package var operations = Operation.allCases.map(\.rawValue)
        package var environments = ["staging", "production"]
        package var lifetimeHours = 24 * 30

        package init() {}
    }

    package struct Approver: Sendable {
        package var person: String
        package var repositories = ["*"]
        package var refs = ["refs/heads/**", "refs/tags/**"]
        package var paths = ["**"]
        package var environments: [String] = []

        package init(_ person: String) {
            self.person = person
        }
    }

    package struct Demand: Sendable {
        package var repositories = ["*"]
        package var refs = ["refs/heads/main"]
        package var paths: [String] = []
        package var environments: [String] = []
        package var count = 1
        package var independent = false

        package init() {}
    }

    /// What stands under `[[repository.ref]]`.
    package struct Refs: Sendable {
        package var refs: [String]
        package var attribution: String?
        package var unregistered: String?
        package var inconsistent: String?

        package init(
            _ refs: String..., attribution: String? = nil, unregistered: String? = nil, inconsistent: String? = nil
        ) {
            (self.refs, self.attribution) = (refs, attribution)
            (self.unregistered, self.inconsistent) = (unregistered, inconsistent)
        }
    }

    package struct Repository: Sendable {
        package var name: String
        package var protectedRefs: [String]
        package var attribution: String?
        package var unregistered: String?
        package var inconsistent: String?
        package var refs: [Refs] = []

        package init(_ name: String, protectedRefs: [String] = ["refs/heads/main"], attribution: String? = nil) {
            self.name = name
            self.protectedRefs = protectedRefs
            self.attribution = attribution
        }
    }

    package struct Environment: Sendable {
        package var name: String
        package var repositories = ["payments"]
        package var deployFrom = ["refs/heads/main"]
        package var agents = "delegated"
        package var approvals: Int?
        package var identity = "claimed"
        package var statementKeys: [String] = []

        package init(_ name: String) {
            self.name = name
        }
    }

    package struct Job: Sendable {
        package var repositories = ["payments"]
        package var environments: [String] = []
        package var issuer = "https://token.actions.githubusercontent.com"
        package var profile = "github"
        package var audience = "https://remit.example.org"
        package var claims = ["repository_id=1001", "repository_owner_id=77"]

        package init() {}
    }

    package var organisation = "example.org"
    package var version = 1
    package var attribution: String?
    package var unregistered: String?
    package var inconsistent: String?
    package var protectedPaths: [String] = []
    /// Ids and the accounts by which git servers know them.
    package var persons: [(id: String, logins: [String])] = [
        ("dana@example.org", ["dana"]), ("sam@example.org", ["sam"]),
    ]
    package var roles = [Role()]
    package var approvers: [Approver] = []
    package var operators: [String] = []
    package var auditors: [String] = []
    package var demands: [Demand] = []
    package var resumedAt: Instant?
    package var repositories = [Repository("payments")]

    package var environments: [Environment] = []
    package var jobs: [Job] = []
    package var timestampKeys: [String] = []
    /// The text of `marks.toml`; `nil` for an organisation without marks of its own.
    package var marks: String?

    package init() {}

    /// The record's text; `people` is the digest of the people file.
    package func text(people: RecordID) -> String {
        var text = RecordFields.lines([
            ("type", RecordFields.text("authority/v1")),
            ("organisation", RecordFields.text(organisation)),
            ("version", String(version)),
            ("people", RecordFields.text(people.description)),
            ("marks", marks.map { RecordFields.text(RecordID(of: Array($0.utf8)).description) }),
            ("attribution", attribution.map(RecordFields.text)),
            ("unregistered", unregistered.map(RecordFields.text)),
            ("inconsistent", inconsistent.map(RecordFields.text)),
            ("protected_paths", protectedPaths.isEmpty ? nil : RecordFields.list(protectedPaths)),
            ("operators", operators.isEmpty ? nil : RecordFields.list(operators)),
            ("auditors", auditors.isEmpty ? nil : RecordFields.list(auditors)),
            ("resumed_at", resumedAt?.description),
            ("timestamp_keys", timestampKeys.isEmpty ? nil : RecordFields.list(timestampKeys)),
        ])
        for person in persons {
            text += "\n[[person]]\n"
            text += RecordFields.lines([
                ("id", RecordFields.text(person.id)), ("logins", RecordFields.list(person.logins)),
            ])
        }
        for role in roles {
            text += "\n[[delegator]]\n"
            text += RecordFields.lines([
                ("person", RecordFields.text(role.person)),
                ("repositories", RecordFields.list(role.repositories)),
                ("refs", RecordFields.list(role.refs)),
                ("paths", RecordFields.list(role.paths)),
                ("except", RecordFields.list(role.except)),
                ("operations", RecordFields.list(role.operations)),
                ("environments", RecordFields.list(role.environments)),
                ("lifetime_hours", String(role.lifetimeHours)),
            ])
        }
        for approver in approvers {
            text += "\n[[approver]]\n"
            text += RecordFields.lines([
                ("person", RecordFields.text(approver.person)),
                ("repositories", RecordFields.list(approver.repositories)),
                ("refs", RecordFields.list(approver.refs)),
                ("paths", RecordFields.list(approver.paths)),
                ("environments", RecordFields.list(approver.environments)),
            ])
        }
        for demand in demands {
            text += "\n[[approval]]\n"
            text += RecordFields.lines([
                ("repositories", RecordFields.list(demand.repositories)),
                ("refs", RecordFields.list(demand.refs)),
                ("paths", RecordFields.list(demand.paths)),
                ("environments", RecordFields.list(demand.environments)),
                ("count", String(demand.count)),
                ("independent", demand.independent ? "true" : "false"),
            ])
        }
        for repository in repositories {
            text += "\n[[repository]]\n"
            text += RecordFields.lines([
                ("name", RecordFields.text(repository.name)),
                ("protected_refs", RecordFields.list(repository.protectedRefs)),
                ("attribution", repository.attribution.map(RecordFields.text)),
                ("unregistered", repository.unregistered.map(RecordFields.text)),
                ("inconsistent", repository.inconsistent.map(RecordFields.text)),
            ])
            for entry in repository.refs {
                text += "\n[[repository.ref]]\n"
                text += RecordFields.lines([
                    ("refs", RecordFields.list(entry.refs)),
                    ("attribution", entry.attribution.map(RecordFields.text)),
                    ("unregistered", entry.unregistered.map(RecordFields.text)),
                    ("inconsistent", entry.inconsistent.map(RecordFields.text)),
                ])
            }
        }
        for environment in environments {
            text += "\n[[environment]]\n"
            text += RecordFields.lines([
                ("name", RecordFields.text(environment.name)),
                ("repositories", RecordFields.list(environment.repositories)),
                ("deploy_from", RecordFields.list(environment.deployFrom)),
                ("agents", RecordFields.text(environment.agents)),
                ("approvals", environment.approvals.map(String.init)),
                ("identity", RecordFields.text(environment.identity)),
                ("statement_keys", RecordFields.list(environment.statementKeys)),
            ])
        }
        for job in jobs {
            text += "\n[[job]]\n"
            text += RecordFields.lines([
                ("repositories", RecordFields.list(job.repositories)),
                ("environments", RecordFields.list(job.environments)),
                ("issuer", RecordFields.text(job.issuer)),
                ("profile", RecordFields.text(job.profile)),
                ("audience", RecordFields.text(job.audience)),
                ("claims", RecordFields.list(job.claims)),
            ])
        }
        return text
    }
}
