package import RemitAuthority
import RemitFormats
import RemitGit
package import RemitModel
package import RemitRules

/// The journey of a submission: from ref updates to a decision.
///
/// The same for a hook, a check before a push, and CI.
package struct Gate {
    private let reader: GitReader
    private let authority: Authority
    private let circumstances: Circumstances
    private let examiner: CommitExaminer
    private let approvals: ApprovalReading
    private let deadline: ContinuousClock.Instant
    private let landed: [LandedBranch]?
    private let observer: (any JudgeObserver)?

    /// - Parameter landed: the branches whose history counts as judged when it got there; `nil` for the repository's own
    ///   protected branches. A clone's own branches prove nothing: there, it is the remote's.
    /// - Parameter sources: the refs under which a host keeps the commits that it squashes and rebases.
    package init(
        _ reader: GitReader, authority: Authority, circumstances: Circumstances, seen: any SeenBefore,
        deadline: ContinuousClock.Instant, landed: [LandedBranch]? = nil, sources: [RefGlob] = [],
        observer: (any JudgeObserver)? = nil
    ) {
        self.reader = reader
        self.authority = authority
        self.circumstances = circumstances
        self.deadline = deadline
        self.landed = landed
        self.observer = observer
        approvals = ApprovalReading(reader: reader, authority: authority, repository: circumstances.repository.name)
        examiner = CommitExaminer(
            reader, authority: authority, circumstances: circumstances, seen: seen,
            sources: SourceMemory(reader, patterns: sources, deadline: deadline))
    }

    /// Judges all updates together, up to what depends on earlier submissions.
    ///
    /// What cannot be checked makes the decision `undecided`; nothing is thrown.
    package func judge(_ updates: [RefUpdate]) -> Verdict {
        judge(updates) { update, reading throws(GateError) in
            let remembered = RememberedUpdate(self.reader, authority.policy, circumstances.repository.name)
            if let found = try remembered.read(update, reading) { return [found] }
            return [try reading.read(update)]
        }
    }

    /// Judges what a merge would bring to its target.
    package func judge(_ merge: MergeSubmission) -> Verdict {
        judge([merge.update]) { _, reading throws(GateError) in try reading.read(merge) }
    }

    /// Judges what a deployment would bring to its environment.
    package func judge(_ deployment: DeploymentSubmission) -> Verdict {
        do throws(GateError) {
            let environment = circumstances.environment
            let recollection = try environment.map { environment throws(GateError) in
                try DeploymentMemory(
                    reader: reader, repository: circumstances.repository.name,
                    organisation: authority.policy.organisation
                ).recall(environment)
            }
            let place = try DeploymentReading(reader: reader).place(
                of: deployment, in: environment, after: recollection ?? .nothing)
            return judge([place.update]) { _, reading throws(GateError) in [try reading.read(place)] }
        } catch {
            return judge([deployment.update]) { _, _ throws(GateError) in throw error }
        }
    }

    private func judge(
        _ updates: [RefUpdate], _ read: (RefUpdate, UpdateReading) throws(GateError) -> [UpdateReading.Reading]
    ) -> Verdict {
        var judge = Judge(circumstances)
        judge.observer = observer
        do throws(GateError) {
            let baseline = try GateError.asking { () throws(AuthorityError) in
                try authority.baseline(of: circumstances.repository.name)
            }
            let updating = try UpdateReading(
                self.reader, policy: circumstances.repository, baseline: baseline, landed: landed)
            try examiner.beside.begin(updates)
            for update in updates {
                let found: [UpdateReading.Reading]
                do throws(GateError) {
                    found = try read(update, updating)
                } catch {
                    // libgit2 reads some malformed commits as corrupt objects. They are the pusher's to mend, not the
                    // server's.
                    throw MalformedCommit.search(below: update, in: self.reader) ?? error
                }
                for reading in found { try self.judge(reading, updating, &judge) }
            }
            if judge.mayNeedExceptions { judge.exceptions = try exceptions(for: updates) }
            try GateError.reading { () throws(GitError) in try reader.repository.requireTime() }
        } catch {
            judge.note(error.finding)
        }
        return Verdict(
            judge, authority: authority.commit, policyVersion: authority.policy.version, updates: updates)
    }

    private func judge(
        _ reading: UpdateReading.Reading, _ updates: UpdateReading, _ judge: inout Judge
    ) throws(GateError) {
        let update = reading.update.update
        var place = reading.update
        func consider(_ facts: CommitCase) throws(GateError) {
            if place.approvals == nil, !circumstances.questions(of: facts, on: place).isEmpty {
                place.approvals = try approvals.read(reading)
            }
            judge.consider(facts, on: place)
        }
        if let branch = reading.branch, branch.isRewritten {
            try examiner.sources.include(branch.head, upon: branch.base)
        }
        try examiner.beside.begin(tip: reading.tip, of: update)
        for tag in reading.tags { try consider(examine(tag: tag, place)) }
        var people: [ObjectID] = []
        var rest = reading.commits[...]
        var next = try read(&rest, update)
        while let run = next {
            next = try read(&rest, update)
            for (id, result) in zip(run.ids, run.finish()) {
                try checkTime()
                switch result {
                case .malformed(let reason):
                    judge.consider(CommitCase(id: id, malformed: reason), on: reading.update)
                case .commit(let commit, let signature):
                    let facts = try examine(id, commit, signature, reading.update)
                    if !facts.isAgentAuthored { people.append(id) }
                    try consider(facts)
                }
            }
        }
        let landing = judge.landingRefs.isEmpty ? try landingRefs(below: reading) : judge.landingRefs
        if !landing.isEmpty {
            let own = Set(reading.commits)
            for whole in try updates.wholeChanges(of: reading, into: landing) {
                guard let delegation = try soleDelegation(of: whole.commits, judgedNow: own, on: place) else {
                    continue
                }
                judge.consider(whole: whole.change, under: delegation, on: place)
            }
        }
        let net = judge.wantsNetChange(of: place) ? try unexplained(reading, people: people, judge) : []
        if place.approvals == nil, judge.asksForApprovals(of: place, net: net) {
            place.approvals = try approvals.read(reading)
        }
        judge.conclude(place, net: net, pipelines: try examiner.pipelines.changes(of: reading, leaving: net))
    }

    /// How far below a person's commits agents' work is looked for.
    private static let depthOfAgentsWork = 16

    /// Where an agent's work may be landed that lies just below what persons bring to its branch; a squash is of both.
    private func landingRefs(below reading: UpdateReading.Reading) throws(GateError) -> [PathPattern] {
        guard !reading.update.isProtected, var id = reading.net?.old else { return [] }
        for _ in 0..<Self.depthOfAgentsWork {
            let bytes = try GateError.reading(reading.update.update.ref) { () throws(GitError) in
                try reader.repository.read(id, expecting: .commit)
            }
            let commit: RawCommit
            do throws(MalformedObject) { commit = try CommitParser.parse(bytes) } catch { return [] }
            if !DelegationLines(in: commit.message).named.isEmpty {
                guard case .one(.verified(let verified), _) = try examiner.claim(of: commit, .unsigned) else {
                    return []
                }
                return verified.delegation.landingRefs(in: circumstances.repository.name)
            }
            guard let parent = commit.parents.first else { return [] }
            id = parent
        }
        return []
    }

    /// The one delegation under which agents made some commits; `nil` where there is none, or another beside it.
    ///
    /// A squash names one, and answers for that one alone: it must not carry what another agent did, nor what came by
    /// without being allowed, in monitor mode or by an exception.
    private func soleDelegation(
        of commits: [ObjectID], judgedNow: Set<ObjectID>, on update: UpdateCase
    ) throws(GateError) -> RecordID? {
        var found: RecordID?
        var rest = commits[...]
        while let run = try read(&rest, update.update) {
            for (id, result) in zip(run.ids, run.finish()) {
                try checkTime()
                guard case .commit(let commit, let signature) = result else { return nil }
                switch try examiner.claim(of: commit, signature) {
                case .none: continue
                case .one(.verified(let verified), _):
                    guard found == nil || found == verified.id,
                        circumstances.standing(of: verified, on: update).isActing
                    else { return nil }
                    let isAllowed = judgedNow.contains(id) ? true : try examiner.hasSeen(id, under: verified.id)
                    guard isAllowed else { return nil }
                    found = verified.id
                case .one, .several: return nil
                }
            }
        }
        return found
    }

    /// The exceptions for what the updates would leave.
    private func exceptions(for updates: [RefUpdate]) throws(GateError) -> RecordsOfCommit<VerifiedException> {
        try GateError.asking { () throws(AuthorityError) in
            try authority.exceptions(
                for: Set(updates.filter { !$0.isDeletion }.map(\.new)), in: circumstances.repository.name)
        }
    }

    /// Takes the next run of commits; `nil` after the last.
    private func read(
        _ rest: inout ArraySlice<ObjectID>, _ update: RefUpdate
    ) throws(GateError) -> CommitReading? {
        guard !rest.isEmpty else { return nil }
        let run = rest.prefix(CommitReading.runLength)
        rest = rest.dropFirst(run.count)
        return try GateError.reading(update.ref) { () throws(GitError) in try CommitReading(run, from: reader) }
    }

    private func examine(
        _ id: ObjectID, _ commit: RawCommit, _ signature: SignatureStatus, _ update: UpdateCase
    ) throws(GateError) -> CommitCase {
        do throws(GateError) {
            return try examiner.examine(id, commit, signature, on: update)
        } catch {
            // A hostile tree is a statement about this commit, not a fault of the server.
            guard error.finding.rule == .attributionMalformed else { throw error }
            return CommitCase(id: id, signature: signature, malformed: error.finding.facts.reason)
        }
    }

    /// An annotated tag is judged as a commit that changes nothing: it has an author, a message and a signature.
    private func examine(tag id: ObjectID, _ update: UpdateCase) throws(GateError) -> CommitCase {
        let bytes = try GateError.reading(update.update.ref) { () throws(GitError) in
            try reader.repository.read(id, expecting: .tag)
        }
        let tag: RawTag
        do throws(MalformedObject) {
            tag = try TagParser.parse(bytes)
        } catch {
            return CommitCase(id: id, malformed: error.reason)
        }
        let tagger = tag.tagger ?? Identity(name: "", email: "", seconds: 0, zone: "+0000")
        let commit = RawCommit(
            tree: Repository.emptyTree, parents: [Repository.emptyTree], author: tagger, committer: tagger,
            signature: tag.signature, signedBytes: tag.signedBytes, message: tag.message)
        return try examine(id, commit, CommitReading.status(of: commit), update)
    }

    /// What an update leaves changed that none of its commits changes and no excluded history brought.
    private func unexplained(
        _ reading: UpdateReading.Reading, people: [ObjectID], _ judge: Judge
    ) throws(GateError) -> [Change] {
        guard let (old, new) = reading.net else { return [] }
        let ref = reading.update.update.ref
        let bases = [old] + reading.otherBases
        var left: [Change] = []
        for base in bases {
            left += try GateError.reading(ref) { () throws(GitError) in
                try reader.repository.changes(from: base, to: new)
            }.filter { !judge.hasSeen($0.path) }
        }
        for id in people where !left.isEmpty {
            let commit = try parsed(id, ref)
            let touched = Set(try examiner.trees.changes(of: commit, on: reading.update).map(\.path))
            left.removeAll { touched.contains($0.path) }
        }
        for tip in reading.excluded where !left.isEmpty && !bases.contains(tip) {
            var unlike: [Change] = []
            for change in left {
                let entry = try GateError.reading(ref) { () throws(GitError) in
                    try reader.repository.entry(at: change.path, inTree: tip)
                }
                if entry != change.new { unlike.append(change) }
            }
            left = unlike
        }
        return left
    }

    /// A commit that has been judged already: read again, because a whole history of them is not kept.
    private func parsed(_ id: ObjectID, _ ref: ByteString) throws(GateError) -> RawCommit {
        let bytes = try GateError.reading(ref) { () throws(GitError) in
            try reader.repository.read(id, expecting: .commit)
        }
        do throws(MalformedObject) {
            return try CommitParser.parse(bytes)
        } catch {
            throw GateError(.attributionMalformed, error.reason, ref: ref)
        }
    }

    private func checkTime() throws(GateError) {
        try GateError.reading { () throws(GitError) in
            try reader.repository.requireTime(
                until: deadline, or: "the time for judging a \(circumstances.submission.word) is over")
        }
    }
}
