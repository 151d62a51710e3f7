import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// What is to be judged, from options first, then from what the job says.
extension Job {
    /// - Parameter target: a branch, in full or in short.
    func merge(
        into target: String?, base: String?, head: String?, result: String?, in clone: Clone
    ) throws(AppError) -> MergeSubmission {
        let target = try branch(target)
        let tried = try self.result(result, clone)
        return MergeSubmission(
            target: target, base: try self.base(base, of: target, trying: tried, clone),
            head: try self.head(head, clone), result: tried)
    }

    /// - Parameter commit: what is to be deployed; a job that rolls back names another than its own.
    func deployed(_ commit: String?, in clone: Clone) throws(AppError) -> ObjectID {
        if let commit { return try clone.commit(commit) }
        if let own = self.commit { return try clone.commit(of: own, called: "the job's commit") }
        return try clone.commit("HEAD")
    }

    private func branch(_ option: String?) throws(AppError) -> ByteString {
        guard let option else {
            guard let target else {
                throw AppError(
                    "missing target: neither the job nor an option says which branch would be merged into",
                    hint: "give '--target BRANCH'", status: .usage)
            }
            return target
        }
        let ref = ByteString(option.hasPrefix("refs/") ? option : "refs/heads/\(option)")
        if let fault = RefName.fault(in: ref) {
            throw AppError("--target '\(option)' is not the name of a ref: \(fault)", status: .usage)
        }
        guard ref.starts(with: "refs/heads/") else {
            throw AppError(
                "--target '\(option)' is not a branch", hint: "commits are merged into refs/heads/<name>",
                status: .usage)
        }
        if let target, target != ref {
            let said = String(decoding: target.bytes, as: UTF8.self)
            throw AppError(
                "--target '\(option)' is not where the job would merge, '\(said)'",
                hint: "leave --target out, or run the job for that branch", status: .usage)
        }
        return ref
    }

    /// An option goes before the job's word: the event may be older than what was fetched.
    ///
    /// What the job says must be on the branch as it was fetched: on some systems its variables can be set by whoever
    /// starts the pipeline, and a base further up would hide what lies below it.
    private func base(
        _ option: String?, of target: ByteString, trying result: ObjectID?, _ clone: Clone
    ) throws(AppError) -> ObjectID {
        if let option { return try clone.object(option) }
        let name = String(decoding: target.bytes, as: UTF8.self)
        let branch = name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : name
        guard let fetched = try clone.find("refs/remotes/origin/\(branch)") else {
            throw AppError(
                "missing base: this clone does not have where '\(name)' stands",
                hint: "give '--base COMMIT', or fetch the branch with 'git fetch origin \(branch)'", status: .usage)
        }
        // The host may have tried the merge upon a later commit than the event names.
        if let result, let parent = try clone.find("\(result.hex)^1"), try clone.find("\(result.hex)^2") != nil,
            try clone.holds(parent, in: fetched)
        {
            return parent
        }
        guard let base else { return fetched }
        let claimed = try clone.commit(of: base, called: "the base")
        guard try !clone.holds(claimed, in: fetched) else { return claimed }
        // A merge queue builds upon what is queued before it: then all of that is judged too.
        guard event != .mergeQueue else { return fetched }
        throw AppError(
            "the base \(claimed.abbreviated) that the job names is not on '\(name)'",
            hint: "fetch the branch with 'git fetch origin \(branch)', or give '--base COMMIT'", status: .undecided)
    }

    private func head(_ option: String?, _ clone: Clone) throws(AppError) -> ObjectID {
        guard let option else {
            if let head { return try clone.commit(of: head, called: "the head") }
            // The checkout of a merge request may be a merge that the system made.
            guard event != .mergeRequest, event != .mergeQueue else {
                throw AppError(
                    "missing head: neither the job nor an option says which commit would be merged",
                    hint: "give '--head COMMIT'", status: .usage)
            }
            return try clone.commit("HEAD")
        }
        let given = try clone.object(option)
        if let head, given != head {
            throw AppError(
                "the head has moved: --head is \(given.abbreviated), and the job runs for \(head.abbreviated)",
                hint: "start the job anew for the head that is to be merged", status: .usage)
        }
        return given
    }

    /// A clone at the head alone does not have the merge that the system tries; then head and base are what there is.
    private func result(_ option: String?, _ clone: Clone) throws(AppError) -> ObjectID? {
        if let option { return try clone.object(option) }
        return try result.orNothing { result throws(AppError) in try clone.find(result.hex) }
    }
}

extension Clone {
    /// A commit that the job names by its id, and that the clone must have.
    fileprivate func commit(of id: ObjectID, called name: String) throws(AppError) -> ObjectID {
        guard let found = try find(id.hex) else {
            throw AppError(
                "\(name) \(id.hex) is not in this clone", hint: "fetch it with 'git fetch origin \(id.hex)'",
                status: .undecided)
        }
        return found
    }
}

extension Optional {
    fileprivate func orNothing<Value>(_ body: (Wrapped) throws(AppError) -> Value?) throws(AppError) -> Value? {
        guard let self else { return nil }
        return try body(self)
    }
}
