import RemitModel
import RemitReport

/// The branch of another repository that a clone follows and pushes to.
package struct Upstream: Hashable, Sendable {
    /// The remote's name, such as `origin`.
    package let remote: String
    /// The branch over there, in full.
    let branch: String
    /// The ref that remembers it here.
    let tracking: String

    /// Most lines shown of what a server's hook says.
    static let linesAtMost = 60

    /// The upstream of the branch that is checked out; `nil` where there is none.
    init?(of git: Git) throws(AppError) {
        let head = try git.attempt(["symbolic-ref", "--quiet", "HEAD"])
        guard head.status == 0 else { return nil }
        let format = "--format=%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)"
        let fields = try git.run(["for-each-ref", format, "--", head.text]).text
            .split(separator: "\0", omittingEmptySubsequences: false)
        // A branch can also follow another one of the same repository; then there is nowhere to push.
        guard fields.count == 3, fields.allSatisfy({ !$0.isEmpty }), fields[0] != "." else { return nil }
        (remote, branch, tracking) = (String(fields[0]), String(fields[1]), String(fields[2]))
    }

    /// Brings what is new, and gives the commit at which the branch stands.
    func fetch(_ git: Git) throws(AppError) -> ObjectID {
        let output = try git.patiently(["fetch", "--quiet", "--no-tags", remote, "+\(branch):\(tracking)"])
        guard output.status == 0 else {
            throw AppError(
                "cannot fetch from '\(remote)': \(output.complaint)",
                hint: "give --no-push, to write the change down in this clone only", status: .undecided)
        }
        let tip = try git.run(["rev-parse", "--verify", tracking]).text
        guard let id = ObjectID(hex: tip) else {
            throw AppError("'\(tracking)' is not a commit", status: .undecided)
        }
        return id
    }

    /// Pushes a commit made on `base`; `false` when the branch had moved on.
    ///
    /// What the server's hook refuses is an error with the hook's words.
    func push(_ commit: ObjectID, over base: ObjectID, _ git: Git) throws(AppError) -> Bool {
        let output = try git.attempt(["push", "--porcelain", "--no-follow-tags", remote, "\(commit.hex):\(branch)"])
        guard output.status != 0 else { return true }
        let tip: ObjectID
        do {
            tip = try fetch(git)
        } catch {
            throw AppError(
                "cannot push to '\(remote)': \(output.complaint)",
                hint: "'git pull' tells whether the change has landed all the same", status: .undecided)
        }
        // The answer can be lost although the push was accepted.
        if try git.attempt(["merge-base", "--is-ancestor", commit.hex, tip.hex]).status == 0 { return true }
        guard tip == base else { return false }
        let answer = output.text.split(separator: "\n").first { $0.hasPrefix("!\t") } ?? ""
        guard let rejected = answer.range(of: "[remote rejected] ") else {
            throw AppError(
                "cannot push to '\(remote)': \(output.complaint)", hint: "nothing was written", status: .undecided)
        }
        let reason = String(answer[rejected.upperBound...])
        // Two pushes at once: both saw the branch at the same commit, and the other one holds its lock.
        if ["failed to update ref", "cannot lock ref", "incorrect old value"].contains(where: reason.contains) {
            return false
        }
        throw AppError(
            "'\(remote)' refused the change \(reason)", quoted: Self.words(of: output),
            hints: ["nothing was written: the clone holds what '\(remote)' holds"])
    }

    /// What the server said, without git's own prefix.
    static func words(of output: ChildOutput) -> [String] {
        output.talk.split(separator: "\n").filter { $0.hasPrefix("remote: ") }.prefix(linesAtMost)
            .map { line in
                // Git blanks out the rest of a line of a terminal.
                let words = line.dropFirst("remote: ".count)
                return words.lastIndex { $0 != " " }.map { String(words[...$0]) } ?? ""
            }
    }
}

extension StringProtocol {
    /// Where a text stands for the first time.
    fileprivate func range(of text: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
    }
}
