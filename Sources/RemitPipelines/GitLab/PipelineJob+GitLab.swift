extension PipelineJob {
    /// When GitLab starts a job, and whether its failure counts.
    ///
    /// https://docs.gitlab.com/ci/jobs/job_rules/ and https://docs.gitlab.com/ci/yaml/#allow_failure
    mutating func noteStart(_ node: YAMLNode) {
        let rules = node["rules"]?.items ?? []
        let starts = [node.text("when")] + rules.map { $0.text("when") }
        if let when = starts.lazy.compactMap(\.self).first(where: { $0 == "always" || $0 == "on_failure" }) {
            startsRegardless = "when: \(when)"
        }
        let own = node["allow_failure"]
        if let own, own.boolean(.words) != false {
            mayFail = own.pairs == nil ? "allow_failure: \(own.text ?? "")" : "allow_failure: exit_codes"
        } else if own == nil, node["rules"] == nil, node.text("when") == "manual" {
            mayFail = "when: manual, which allows failure where nothing else is said"
        }
        if rules.contains(where: { $0["allow_failure"].map { $0.boolean(.words) != false } ?? false }) {
            mayFail = "rules: allow_failure: true"
        }
        let conditions = ["rules", "only", "except"].compactMap { key in node[key].map { "\(key): \(Self.words($0))" } }
        let last = rules.last.map { $0["if"] == nil && $0["changes"] == nil && $0["exists"] == nil } ?? false
        let runsAlways = last && !starts.contains("never")
        mayBeAbsent = conditions.isEmpty || runsAlways ? nil : conditions.joined(separator: ", ")
    }

    /// A condition as one line, for comparing two and for showing.
    private static func words(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, _): text
        case .sequence(let items): items.map(words).joined(separator: "; ")
        case .mapping(let pairs): pairs.map { "\($0.key): \(words($0.value))" }.joined(separator: ", ")
        }
    }

    /// What it waits for: the jobs it needs, or else all of the stages before its own.
    ///
    /// https://docs.gitlab.com/ci/yaml/#needs
    mutating func waitFor(_ node: YAMLNode, _ all: [(name: String, stage: Int)], _ stage: Int, _ prefix: String) {
        guard let written = node["needs"], !written.isNull else {
            needs = all.filter { $0.stage < stage }.map(\.name)
            looseNeeds = Set(needs)
            return
        }
        for need in written.items ?? [written] {
            guard let name = need.text ?? (need["pipeline"] == nil && need["project"] == nil ? need.text("job") : nil)
            else { continue }
            needs.append(prefix + name)
            if need["optional"]?.boolean(.words) == true { looseNeeds.insert(prefix + name) }
        }
    }
}
