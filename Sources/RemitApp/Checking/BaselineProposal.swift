import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport

/// The record by which an administrator leaves history from before adoption out of the judgement.
struct BaselineProposal {
    let path: String
    let bytes: [UInt8]
    /// How many commits it names.
    let count: Int

    static let defaultReason = "history from before adoption"

    /// Names the tips of all branches and tags; `nil` when there is no history.
    init?(
        of repository: ServerRepository, named name: String, organisation: String, issuer: String,
        reason: String = defaultReason, at now: Instant
    ) throws(AppError) {
        let tips = try Self.tips(of: repository)
        guard !tips.isEmpty else { return nil }
        var record = RecordWriter(type: "baseline/v1")
        record.set("organisation", organisation)
        record.set("repository", name)
        record.set("commits", tips)
        record.set("reason", reason)
        record.set("issued_at", now)
        record.set("issuer", issuer)
        path = AuthorityLayout.baseline(of: name)
        bytes = try record.bytes()
        count = tips.count
        do throws(RecordError) {
            _ = try Baseline(record: bytes, file: path)
        } catch {
            throw AppError(error.statement)
        }
    }

    /// The commits that branches and tags lead to, less those that others of them reach.
    private static func tips(of repository: ServerRepository) throws(AppError) -> [String] {
        let refs = try repository.git([
            "for-each-ref", "--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname)", "refs/heads",
            "refs/tags",
        ])
        guard refs.status == 0 else {
            throw AppError("cannot list the branches: \(refs.complaint)", status: .undecided)
        }
        var commits: Set<String> = []
        for line in refs.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            for (type, id) in zip(words, words.dropFirst()) where type == "commit" { commits.insert(String(id)) }
        }
        guard commits.count > 1 else { return Array(commits) }
        guard commits.count <= RecordTable.maximumListCount else {
            throw AppError(
                "\(commits.count) branches and tags are more than a record may name (\(RecordTable.maximumListCount))",
                hint: "write the baseline by hand, with the main branches only")
        }
        let output = try repository.git(["merge-base", "--independent"] + commits.sorted())
        guard output.status == 0 else {
            throw AppError("cannot compare the branches: \(output.complaint)", status: .undecided)
        }
        return output.text.split(separator: "\n").map(String.init).sorted()
    }

    /// Prints the exact record, and says how it gets signed.
    func show(_ console: Console, of repository: String) {
        console.say("there is history already: without a signed baseline a push of it is judged commit by commit")
        console.say("in a clone of the authority, an administrator signs and commits one:")
        console.say("    remit baseline \(repository) --authority CLONE --key KEY")
        console.say("which writes this record to '\(path)':")
        console.print(String(decoding: bytes, as: UTF8.self))
    }
}
