import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit exception`: break-glass.
struct ExceptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exception",
        abstract: "Let one commit onto one ref although named rules refuse it.",
        discussion: """
            Break-glass, for administrators. It holds for one repository, one ref and one exact commit, sets aside the \
            rules that it names and no others, and ends by itself: after 72 hours at the latest. Every push that it \
            lets through says so and is recorded as an override. What could not be checked is never set aside.

            Example: remit exception --repository payments --ref refs/heads/main --commit HEAD --rule approval.missing \
            --reason "INC-7: settlements are stuck" --expires 4h --key ~/.ssh/id_ed25519
            """)

    @OptionGroup var repository: RepositoryOption

    @Option(help: "The full name of the ref.", transform: Self.fullName)
    var ref: ByteString

    @Option(help: "What the ref may be moved to: the whole id, or any name that the present repository knows.")
    var commit: String

    @Option(help: "A rule that is set aside, as the refusal names it. May be repeated.", transform: Self.rule)
    var rule: [RuleCode]

    @Option(help: "Why, in a sentence: everybody who pushes or audits reads it.")
    var reason: String

    @Option(
        help: ArgumentHelp(
            "Until when it holds: a span such as 4h, or a moment in UTC; at most 72 hours.", valueName: "when"),
        transform: OptionReading.deadline)
    var expires: Deadline

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func run() throws {
        let now = Platform.now()
        let git = Git()
        let console = Console.standard
        let repository = try repository.name(git)
        let commit = try object(git)
        let clone = try authority.clone()
        let standing = try clone.location.authority(at: now)
        let signer = try signing.signer(for: clone)
        let issuer = try standing.administrator(with: signer.key)
        let expiresAt = expires.moment(from: now)
        guard expiresAt > now else { throw AppError("--expires \(expiresAt) is not in the future", status: .usage) }
        let exception = RemitModel.Exception(
            organisation: standing.policy.organisation, issuer: issuer, repository: repository, ref: ref,
            commit: commit, rules: Set(rule), reason: reason, issuedAt: now, expiresAt: expiresAt)
        let id = try NewException(exception: exception, signer: signer, clone: clone, now: now).commit()
        let rules = Set(rule).map(\.rawValue).sorted().joined(separator: ", ")
        console.say(
            "\(issuer) lets \(commit.abbreviated) onto \(String(decoding: ref.bytes, as: UTF8.self)) of "
                + "'\(repository)' until \(expiresAt), setting aside \(rules)")
        clone.tell()
        console.print(id.description)
    }

    /// What a push would move the ref to: for a tag, the tag itself.
    private func object(_ git: Git) throws(AppError) -> ObjectID {
        if let whole = ObjectID(hex: commit) { return whole }
        guard ref.starts(with: "refs/tags/") else { return try Clone(git).commit(commit) }
        guard !commit.hasPrefix("-"),
            let tag = ObjectID(hex: try git.attempt(["rev-parse", "--verify", "-q", commit]).text)
        else {
            throw AppError(
                "'\(commit)' is not an object of this repository",
                hint: "'git show-ref --tags' shows those that there are",
                status: .usage)
        }
        return tag
    }

    @Sendable private static func fullName(_ text: String) throws -> ByteString {
        guard text.hasPrefix("refs/") else { throw OptionFault("does not begin with 'refs/'") }
        if let fault = RefName.fault(in: ByteString(text)) { throw OptionFault(fault) }
        return ByteString(text)
    }

    @Sendable private static func rule(_ text: String) throws -> RuleCode {
        guard let rule = RuleCode(rawValue: text) else {
            throw OptionFault("is no rule; a refusal names them, such as approval.missing")
        }
        guard !RemitModel.Exception.isBeyondReach(rule) else { throw OptionFault("cannot be set aside") }
        return rule
    }
}
