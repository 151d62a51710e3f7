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

    /// One ref of a push, as git describes it before it goes out.
    init(_ pushed: RefUpdate, to remote: String, _ git: Git) throws(AppError) {
        self.remote = remote
        // What the remote has and this clone has not cannot be read; then all that is new to it is judged.
        let old = try Clone(git).find(pushed.old.hex) ?? .zero
        update = RefUpdate(ref: pushed.ref, old: old, new: pushed.new)
        words = "'\(pushed.new.abbreviated)' as a push to \(String(decoding: pushed.ref.bytes, as: UTF8.self))"
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
