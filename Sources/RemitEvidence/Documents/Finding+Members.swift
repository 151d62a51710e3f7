import RemitFormats
import RemitModel

extension Finding {
    init(_ member: Members) throws(EvidenceError) {
        var facts = Facts()
        facts.delegation = try member.optionalRecord("delegation")
        facts.named = try member.optionalBytes("named")
        facts.agent = try member.optionalText("agent")
        facts.operation =
            member["operation"] == nil ? nil : try member.word("operation", as: RemitModel.Operation.self)
        facts.granted = try member.optionalTexts("granted")
        facts.found = try member.optionalBytes("found")
        facts.at = try member.optionalInstant("at")
        facts.limit = try member.optionalNumber("limit")
        facts.used = try member.optionalNumber("used")
        facts.reason = try member.optionalText("reason")
        facts.ask = try member.optionalTexts("ask")
        facts.tip = try member.optionalObjectID("tip")
        facts.environment = try member.optionalText("environment")
        if let cure = try member.optionalObject("cure") { facts.cloneCure = try CloneCure(cure) }
        facts.pipelineJob = try member.optionalText("pipeline_job")
        facts.line = try member.optionalNumber("line")
        facts.isLanding = member["landing"] == nil ? false : try member.flag("landing")
        if member["certificate_cure"] != nil {
            facts.certificateCure = try member.word("certificate_cure", as: CertificateCure.self)
        }
        if member["inconsistency"] != nil {
            facts.inconsistency = try member.word("inconsistency", as: Inconsistency.self)
        }
        self.init(
            try member.word("rule", as: RuleCode.self), ref: try member.optionalBytes("ref"),
            commit: try member.optionalObjectID("commit"), path: try member.optionalBytes("path"), facts: facts)
    }
}

extension Finding.CloneCure {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        if let setting = try member.optionalText("setting") {
            self = .setting(setting)
            return
        }
        switch try member.text("command") {
        case "git fetch --unshallow": self = .unshallow
        case "git clone": self = .clone
        case let command: throw member.fault("'command' is '\(command)', which is not known")
        }
    }
}
