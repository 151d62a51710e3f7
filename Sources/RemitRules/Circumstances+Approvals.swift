import RemitAuthority
package import RemitModel

extension Circumstances {
    /// What a commit asks of the approvals of the tip; nothing for nearly every commit.
    package func questions(of commit: CommitCase, on update: UpdateCase) -> [ApprovalQuestion] {
        guard commit.isAgentAuthored else { return [] }
        if submission.isDeployment { return questions(ofDeployed: commit, on: update) }
        guard let verified = commit.delegation else {
            let protected = commit.changes.map(\.path).filter(protectedPaths.covers)
            let pipelines = Set(commit.pipelineChanges.map(\.path)).subtracting(protected).sorted()
            return (protected + pipelines).map { question(ofDraft: commit, on: $0) }
        }
        guard standing(of: verified, on: update).isLanding else { return [] }
        var questions: [ApprovalQuestion] = []
        if personPushes == nil { questions.append(landing(of: commit)) }
        if let revocation = commit.revocation, revocation.cause == .compromised {
            questions.append(renewal(of: commit, since: revocation.issuedAt))
        }
        return questions
    }

    /// What a commit asks of the approvals of what would be deployed: it has landed, and no landing is asked for again.
    private func questions(ofDeployed commit: CommitCase, on update: UpdateCase) -> [ApprovalQuestion] {
        var questions: [ApprovalQuestion] = []
        if let reaching = reaching(commit, on: update) { questions.append(reaching) }
        if let revocation = commit.revocation, revocation.cause == .compromised {
            questions.append(renewal(of: commit, since: revocation.issuedAt))
        }
        return questions
    }

    /// The approvals by which work may reach an environment that no delegation names for it; `nil` where it needs none,
    /// or where none would do.
    func reaching(_ commit: CommitCase, on update: UpdateCase) -> ApprovalQuestion? {
        guard let environment, environment.agents == .approved, lacksEnvironment(commit, on: update) else { return nil }
        return ApprovalQuestion(
            asker: .environment, count: environment.approvals,
            excluded: Authors(of: commit).excluded(pusher: personPushes, act: pusherAct, independent: false),
            paths: commit.changes.map(\.path), since: nil)
    }

    /// Whether work would reach an environment that no delegation names for it.
    ///
    /// Of work without a delegation, only an assistant's is meant: other agents' needs one wherever it goes.
    func lacksEnvironment(_ commit: CommitCase, on update: UpdateCase) -> Bool {
        if let verified = commit.delegation {
            if case .outside = standing(of: verified, on: update) { return true }
            return false
        }
        guard case .none = commit.claim else { return false }
        return commit.agents.compactMap(\.registered).contains { $0.agent.autonomy == .assistant }
    }

    /// What the policy demands for an update that carries agents' work.
    package func questions(of update: UpdateCase, with summary: UpdateSummary) -> [ApprovalQuestion] {
        let vouching = vouching(for: update, summary).map { [$0] } ?? []
        let demands = approvals.demands(on: update.update.ref)
        guard !demands.isEmpty else { return vouching }
        let pushed = pushedDelegation(on: update, summary)
        guard summary.agentCommits > 0 || pushed != nil else { return vouching }
        var authors = summary.authors
        if let pushed { authors.add(pushed) }
        if case .agent(let agent) = pusherIdentity { authors.add(agent) }
        let changed = summary.touched.union(summary.net.map(\.path)).sorted()
        let demanded: [ApprovalQuestion] = demands.compactMap { demand in
            let paths =
                demand.paths.isEmpty ? changed : changed.filter { path in demand.paths.contains { $0.matches(path) } }
            guard demand.paths.isEmpty || !paths.isEmpty else { return nil }
            return ApprovalQuestion(
                asker: .demand(demand), count: demand.count,
                excluded: authors.excluded(
                    pusher: personPushes, act: pusherAct, independent: demand.independent),
                paths: paths, since: nil)
        }
        return vouching + demanded
    }

    /// What stands in a merge for the pusher whom the policy wants authenticated; `nil` where every commit is signed.
    func vouching(for update: UpdateCase, _ summary: UpdateSummary) -> ApprovalQuestion? {
        guard submission == .merge, demands(on: update).attribution == .authenticated, summary.anonymousCommits > 0
        else { return nil }
        return ApprovalQuestion(asker: .vouching, count: 1, excluded: [:], paths: nil, since: nil)
    }

    /// Whom to ask for an approval: who holds a role for it, had no part in the work, and has not given one yet.
    func askedToApprove(_ question: ApprovalQuestion, _ answer: ApprovalAnswer, on update: UpdateCase) -> [String] {
        let able = approvals.approvers(of: question.paths ?? [], on: update.update.ref).filter {
            question.excluded[$0] == nil && !answer.approvers.contains($0)
        }
        return able.isEmpty ? administrators : able
    }

    package func answer(_ question: ApprovalQuestion, on update: UpdateCase) -> ApprovalAnswer {
        ApprovalAnswer(to: question, on: update, self)
    }

    /// Whether work that was found compromised has been looked at since, by an approver who is none of its authors.
    ///
    /// Only a compromise can be answered so: what was ended accepts nothing new, whoever looked at it.
    package func isApprovedAnew(_ commit: CommitCase, after revocation: Revocation, on update: UpdateCase) -> Bool {
        guard revocation.cause == .compromised, let verified = commit.delegation,
            submission.isDeployment || standing(of: verified, on: update).isLanding
        else { return false }
        return answer(renewal(of: commit, since: revocation.issuedAt), on: update).isEnough
    }

    /// Whether an approver has let an assistant's draft change a protected path.
    func isApproved(_ path: ByteString, ofDraft commit: CommitCase, on update: UpdateCase) -> Bool {
        answer(question(ofDraft: commit, on: path), on: update).isEnough
    }

    /// Whether a person has landed work by an approval, where none is known to push it.
    func isLandedByApproval(_ commit: CommitCase, on update: UpdateCase) -> Bool {
        answer(landing(of: commit), on: update).isEnough
    }

    /// It says who lands, not who looked: the delegator may, as they may push.
    ///
    /// An agent that pushes lands nothing of its own accord: there somebody else must have looked.
    private func landing(of commit: CommitCase) -> ApprovalQuestion {
        var excluded: [String: String] = [:]
        if case .agent(let agent) = pusherIdentity {
            var authors = Authors(of: commit)
            authors.add(agent)
            excluded = authors.excluded(pusher: nil, independent: true)
        }
        return ApprovalQuestion(asker: .landing, count: 1, excluded: excluded, paths: nil, since: nil)
    }

    private func renewal(of commit: CommitCase, since moment: Instant) -> ApprovalQuestion {
        ApprovalQuestion(
            asker: .renewal, count: 1,
            excluded: Authors(of: commit).excluded(pusher: personPushes, act: pusherAct, independent: false),
            paths: commit.changes.map(\.path), since: moment)
    }

    private func question(ofDraft commit: CommitCase, on path: ByteString) -> ApprovalQuestion {
        ApprovalQuestion(
            asker: .protectedPath(path), count: 1,
            excluded: Authors(of: commit).excluded(pusher: personPushes, act: pusherAct, independent: false),
            paths: [path], since: nil)
    }
}
