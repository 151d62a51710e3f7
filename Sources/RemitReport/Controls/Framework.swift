package import RemitModel

/// A published list of controls, and which of Remit's evidence supports each.
///
/// Ids and titles are the owner's; texts that an owner does not let others ship are not here.
package struct Framework: Sendable {
    /// What it is called on a command line, such as `owasp_nhi`.
    package let key: String
    package let name: SafeText
    package let version: SafeText
    package let verified: Source
    /// The terms under which its ids and titles may be shown, where its owner states any.
    package let license: SafeText?
    package let note: SafeText?
    package let controls: [Control]

    /// Where ids and titles were read.
    package enum Source: String, Hashable, Sendable {
        case primary
        case mirror
        case secondary
        case secondaryAndDraft = "secondary+draft"
    }

    init(
        key: String, name: SafeText, version: SafeText, verified: Source, license: SafeText? = nil,
        note: SafeText? = nil, controls: [Control]
    ) {
        self.key = key
        self.name = name
        self.version = version
        self.verified = verified
        self.license = license
        self.note = note
        self.controls = controls
    }

    /// All of them, in the order in which they are told.
    package static let all: [Framework] = [
        .nistAIRiskManagement, .nistCybersecurity, .owaspAgentic, .owaspNonHumanIdentities, .maestro, .mitreATLAS,
        .euAIAct, .trustServices, .slsaSource, .ospsBaseline, .nistControls, .nistSecureDevelopment,
    ]
}

/// One control of a framework.
package struct Control: Sendable {
    package let id: SafeText
    package let title: SafeText
    package let fit: Fit
    package let kinds: [EvidenceKind]
    package let note: SafeText?

    /// How much the evidence says about the control.
    package enum Fit: String, Hashable, Sendable {
        /// The evidence is itself what an assessor asks for.
        case direct
        /// It supports the control together with evidence from elsewhere.
        case partial
        /// Background only.
        case contextual
    }

    init(_ id: SafeText, _ fit: Fit, _ kinds: [EvidenceKind], _ title: SafeText, note: SafeText? = nil) {
        self.id = id
        self.title = title
        self.fit = fit
        self.kinds = kinds
        self.note = note
    }
}
