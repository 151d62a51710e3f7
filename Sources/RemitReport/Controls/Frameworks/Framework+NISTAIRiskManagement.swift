import RemitModel

// Ids and titles as their owner publishes them; the kinds of evidence, the fit and the notes are ours.
extension Framework {
    static let nistAIRiskManagement = Framework(
        key: "nist_ai_rmf",
        name: "NIST AI Risk Management Framework (AI 100-1)",
        version: "1.0",
        verified: .mirror,
        note: "subcategories have no short title; the statement stands in its place",
        controls: [
            Control(
                "GOVERN 1.1", .contextual, [.policySnapshot, .coverageReport],
                "Legal and regulatory requirements involving AI are understood, managed, and documented."),
            Control(
                "GOVERN 1.4", .partial, [.policySnapshot, .decisionRecord],
                """
                The risk management process and its outcomes are established through transparent policies, \
                procedures, and other controls based on organizational risk priorities.
                """),
            Control(
                "GOVERN 1.5", .partial, [.coverageReport, .policySnapshot],
                """
                Ongoing monitoring and periodic review of the risk management process and its outcomes are \
                planned and organizational roles and responsibilities clearly defined, including determining the \
                frequency of periodic review.
                """),
            Control(
                "GOVERN 1.6", .direct, [.identityRegistry, .attributionRecord],
                """
                Mechanisms are in place to inventory AI systems and are resourced according to organizational \
                risk priorities.
                """,
                note: "inventory of agents that actually pushed or deployed"),
            Control(
                "GOVERN 1.7", .partial, [.revocationRecord, .identityRegistry],
                """
                Processes and procedures are in place for decommissioning and phasing out AI systems safely and \
                in a manner that does not increase risks or decrease the organization’s trustworthiness.
                """),
            Control(
                "GOVERN 2.1", .direct, [.delegationRecord, .identityRegistry],
                """
                Roles and responsibilities and lines of communication related to mapping, measuring, and \
                managing AI risks are documented and are clear to individuals and teams throughout the \
                organization.
                """,
                note: "names the accountable human for each agent action"),
            Control(
                "GOVERN 2.3", .contextual, [.policySnapshot, .exceptionRecord],
                """
                Executive leadership of the organization takes responsibility for decisions about risks \
                associated with AI system development and deployment.
                """,
                note: "only if policy root keys are held by that role"),
            Control(
                "GOVERN 3.2", .direct, [.delegationRecord, .delegationChain, .approvalRecord, .policySnapshot],
                """
                Policies and procedures are in place to define and differentiate roles and responsibilities for \
                human-AI configurations and oversight of AI systems.
                """),
            Control(
                "GOVERN 4.3", .partial, [.decisionRecord, .coverageReport],
                """
                Organizational practices are in place to enable AI testing, identification of incidents, and \
                information sharing.
                """),
            Control(
                "GOVERN 6.1", .partial, [.identityRegistry, .agentContext],
                """
                Policies and procedures are in place that address AI risks associated with third-party entities, \
                including risks of infringement of a third-party’s intellectual property or other rights.
                """),
            Control(
                "MAP 3.5", .direct, [.delegationRecord, .approvalRecord, .exceptionRecord],
                """
                Processes for human oversight are defined, assessed, and documented in accordance with \
                organizational policies from the GOVERN function.
                """),
            Control(
                "MAP 4.2", .partial, [.policySnapshot, .scopeDiff],
                """
                Internal risk controls for components of the AI system, including third-party AI technologies, \
                are identified and documented.
                """),
            Control(
                "MEASURE 2.4", .partial, [.decisionRecord, .attributionRecord, .coverageReport],
                """
                The functionality and behavior of the AI system and its components – as identified in the MAP \
                function – are monitored when in production.
                """),
            Control(
                "MEASURE 2.7", .contextual, [.coverageReport, .replayResult],
                """
                AI system security and resilience – as identified in the MAP function – are evaluated and \
                documented.
                """),
            Control(
                "MEASURE 2.8", .direct, [.decisionRecord, .delegationChain, .logCheckpoint, .inclusionProof],
                """
                Risks associated with transparency and accountability – as identified in the MAP function – are \
                examined and documented.
                """),
            Control(
                "MANAGE 2.4", .direct, [.revocationRecord, .decisionRecord],
                """
                Mechanisms are in place and applied, and responsibilities are assigned and understood, to \
                supersede, disengage, or deactivate AI systems that demonstrate performance or outcomes \
                inconsistent with intended use.
                """,
                note: "revocation plus subsequent denials prove the mechanism works"),
            Control(
                "MANAGE 3.1", .partial, [.agentContext, .decisionRecord],
                """
                AI risks and benefits from third-party resources are regularly monitored, and risk controls are \
                applied and documented.
                """),
            Control(
                "MANAGE 4.1", .partial, [.exceptionRecord, .revocationRecord, .coverageReport],
                """
                Post-deployment AI system monitoring plans are implemented, including mechanisms for capturing \
                and evaluating input from users and other relevant AI actors, appeal and override, \
                decommissioning, incident response, recovery, and change management.
                """),
            Control(
                "MANAGE 4.3", .contextual, [.decisionRecord, .effectRecord],
                """
                Incidents and errors are communicated to relevant AI actors, including affected communities. \
                Processes for tracking, responding to, and recovering from incidents and errors are followed and \
                documented.
                """),
        ])
}
