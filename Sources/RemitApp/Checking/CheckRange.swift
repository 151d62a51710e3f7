import RemitFormats
import RemitModel
import RemitReport

/// What `remit check` is asked about: the push that would bring these commits.
struct CheckRange {
    let update: RefUpdate
    /// The remote whose branches say what has landed already.
    let remote: String
    /// What is checked, for a person.
    let words: String

    /// - Parameters:
    ///   - range: `A..B` or one commit; `nil` for what a push of the present branch would bring.
    ///   - ref: the ref that would be pushed to; `nil` for where the present branch goes.
    init(_ range: String?, ref: String?, _ git: Git) throws(AppError) {
        let clone = Clone(git)
        let branch = try clone.branch()
        var upstream: Clone.Upstream?
        if let branch { upstream = try clone.upstream(of: branch) }
        if let upstream { remote = upstream.remote } else { remote = try clone.remote() }
        let named = try ref.map { ref throws(AppError) in try Self.fullName(ref) }
        guard let target = named ?? upstream?.ref ?? branch else {
            throw AppError(
                "HEAD is on no branch, so nothing says where it would be pushed", hint: "name the ref with --ref",
                status: .usage)
        }
        let (old, new): (ObjectID, ObjectID)
        if let range {
            (old, new) = try Self.ends(of: range, clone)
            words = "'\(range)' as a push to \(target)"
        } else {
            new = try clone.commit("HEAD")
            let tracked = target.hasPrefix("refs/heads/") ? "refs/remotes/\(remote)/\(target.dropFirst(11))" : ""
            let fetched = try clone.find(tracked)
            let known = ref == nil ? upstream?.tip ?? fetched : fetched
            old = known ?? .zero
            words =
                if let known {
                    "'\(known.abbreviated)..\(new.abbreviated)' as a push to \(target)"
                } else {
                    "'\(new.abbreviated)' as a new ref \(target)"
                }
        }
        update = RefUpdate(ref: ByteString(target), old: old, new: new)
    }

    /// Both ends of what is asked about.
    ///
    /// The judge wants a beginning that the end descends from.
    private static func ends(of range: String, _ clone: Clone) throws(AppError) -> (ObjectID, ObjectID) {
        guard !range.contains("...") else {
            throw AppError("'\(range)' is a symmetric difference", hint: "write it as A..B", status: .usage)
        }
        guard let dots = range.firstRange(of: "..") else {
            let new = try clone.commit(range)
            return (try clone.find("\(new.hex)^1") ?? .zero, new)
        }
        let (left, right) = (range[..<dots.lowerBound], range[dots.upperBound...])
        let old = try clone.commit(left.isEmpty ? "HEAD" : String(left))
        let new = try clone.commit(right.isEmpty ? "HEAD" : String(right))
        return (try clone.mergeBase(old, new) ?? old, new)
    }

    private static func fullName(_ ref: String) throws(AppError) -> String {
        let name = ref.hasPrefix("refs/") ? ref : "refs/heads/\(ref)"
        if let fault = RefName.fault(in: ByteString(name)) {
            throw AppError("--ref '\(ref)' is not the name of a ref: \(fault)", status: .usage)
        }
        return name
    }
}

/// A clone, as far as git itself has to be asked what a name means.
struct Clone {
    private let git: Git

    init(_ git: Git) {
        self.git = git
    }

    struct Upstream {
        let remote: String
        /// The ref on the remote.
        let ref: String
        /// What was fetched of it last.
        let tip: ObjectID?
    }

    /// The branch that HEAD is on, by its full name.
    func branch() throws(AppError) -> String? {
        let output = try git.attempt(["symbolic-ref", "-q", "HEAD"])
        return output.status == 0 && output.text.hasPrefix("refs/heads/") ? output.text : nil
    }

    func upstream(of branch: String) throws(AppError) -> Upstream? {
        let name = branch.dropFirst("refs/heads/".count)
        guard let remote = try git.configuration("branch.\(name).remote"), remote != ".",
            let ref = try git.configuration("branch.\(name).merge")
        else { return nil }
        return Upstream(remote: remote, ref: ref, tip: try find("\(branch)@{upstream}"))
    }

    /// The remote where the branch names none: the only one, or `origin`.
    func remote() throws(AppError) -> String {
        let remotes = try git.attempt(["remote"]).text.split(separator: "\n")
        return remotes.count == 1 ? String(remotes[0]) : "origin"
    }

    func commit(_ revision: String) throws(AppError) -> ObjectID {
        guard let id = try find(revision) else {
            throw AppError(
                "'\(revision)' is not a commit of this repository", hint: "'git log' shows those that there are",
                status: .usage)
        }
        return id
    }

    func find(_ revision: String) throws(AppError) -> ObjectID? {
        guard !revision.isEmpty, !revision.hasPrefix("-") else { return nil }
        return ObjectID(hex: try git.attempt(["rev-parse", "--verify", "-q", "\(revision)^{commit}"]).text)
    }

    func mergeBase(_ left: ObjectID, _ right: ObjectID) throws(AppError) -> ObjectID? {
        ObjectID(hex: try git.attempt(["merge-base", left.hex, right.hex]).text)
    }
}
