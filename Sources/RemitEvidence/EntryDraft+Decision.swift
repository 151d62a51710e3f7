package import RemitModel
import RemitLedger
import RemitReport

extension EntryDraft {
    /// A decision with everything that led to it, whole: nothing is left out of the document.
    ///
    /// What it is about follows from the document alone, so that the index can be held against that.
    ///
    /// - Parameters:
    ///   - program: the program that decided, and its version.
    ///   - inputs: what was judged, by roles.
    package init(of decision: Decision, by program: String, inputs: [(role: String, bytes: [UInt8])]) {
        let repository = ByteString(decision.repository)
        var subjects: Set<Subject> = []
        for update in decision.updates {
            subjects.insert(.update(update, in: repository))
            subjects.insert(.ref(update.ref, in: repository))
            if !update.isDeletion { subjects.insert(.commit(update.new, in: repository)) }
        }
        for author in decision.authorship { subjects.insert(.commit(author.commit, in: repository)) }
        let told = decision.findings + decision.observations
        for commit in told.compactMap(\.commit) { subjects.insert(.commit(commit, in: repository)) }
        for agent in decision.agents { subjects.insert(.agent(agent.agent, in: repository)) }
        for use in decision.delegations {
            subjects.insert(.delegation(use.delegation, in: repository))
            subjects.insert(.agent(use.agent, in: repository))
        }
        for ancestor in decision.ancestors { subjects.insert(.delegation(ancestor.delegation, in: repository)) }
        for landing in decision.landings {
            subjects.insert(.delegation(landing.delegation, in: repository))
            subjects.insert(.agent(landing.agent, in: repository))
        }
        for finding in told {
            if let id = finding.facts.delegation { subjects.insert(.delegation(id, in: repository)) }
            if let agent = finding.facts.agent { subjects.insert(.agent(agent, in: repository)) }
        }
        for approved in decision.approvals { subjects.insert(.approval(approved.approval, in: repository)) }
        for override in decision.overrides { subjects.insert(.exception(override.exception, in: repository)) }
        if let environment = decision.submission.environment {
            subjects.insert(.environment(environment, in: repository))
        }
        // What let nothing through may be brought again.
        if let certificate = decision.certificate, decision.letsThrough {
            subjects.insert(.certificate(certificate.digest, in: repository))
        }
        self.init(
            .decision(
                submission: decision.submission.word, outcome: decision.outcome, mode: decision.mode,
                isOverridden: !decision.overrides.isEmpty),
            at: decision.decidedAt, program: program, repository: decision.repository,
            document: JSONReport.bytes(of: decision), inputs: inputs, subjects: subjects)
    }
}
