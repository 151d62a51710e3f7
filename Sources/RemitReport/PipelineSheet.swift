package import RemitModel

/// The pipelines of a tree at a glance: what each job deploys, what stands before it, and what it takes.
package struct PipelineSheet: Sendable {
    static let schema = "pipelines/v1"

    /// One definition.
    package struct Definition: Sendable {
        package let file: ByteString
        /// `nil` where the definition cannot be read.
        package let system: CISystem?
        package let jobs: [Job]
        /// Why it cannot be read, and the line, from 1.
        package let fault: String?
        package let faultLine: Int?

        package init(
            file: ByteString, system: CISystem?, jobs: [Job], fault: String? = nil, faultLine: Int? = nil
        ) {
            self.file = file
            self.system = system
            self.jobs = jobs
            self.fault = fault
            self.faultLine = faultLine
        }
    }

    package struct Job: Sendable {
        package let name: String
        package let line: Int
        package let standing: Standing
        /// Where it deploys to and what says so; the environment is `nil` where the definition does not name it.
        package let deployments: [(environment: String?, evidence: String)]
        package let permissions: [String]
        package let secrets: [String]

        package init(
            name: String, line: Int, standing: Standing, deployments: [(environment: String?, evidence: String)],
            permissions: [String], secrets: [String]
        ) {
            self.name = name
            self.line = line
            self.standing = standing
            self.deployments = deployments
            self.permissions = permissions
            self.secrets = secrets
        }
    }

    package enum Standing: Sendable {
        /// It deploys nothing and guards nothing.
        case bystander
        /// It runs the gate, for merges or for an environment; `fault` is why it stops nobody.
        case gate(of: String, fault: String?)
        case guarded(by: String)
        case unguarded(because: String)

        var word: String {
            switch self {
            case .bystander: "job"
            case .gate(_, nil): "gate"
            case .gate: "open-gate"
            case .guarded: "guarded"
            case .unguarded: "UNGUARDED"
            }
        }
    }

    private let definitions: [Definition]

    package init(_ definitions: [Definition]) {
        self.definitions = definitions
    }

    /// One job a line, under a heading; each line begins with a word of ours.
    package var text: String {
        guard !definitions.isEmpty else { return "no pipeline definition is there\n" }
        var rows: [[SafeText]] = [["STANDING", "PLACE", "JOB", "DEPLOYS TO", "BECAUSE", "PERMISSIONS", "SECRETS"]]
        for definition in definitions {
            if let fault = definition.fault {
                rows.append(["UNREADABLE", place(definition, definition.faultLine), "-", "-", "\(plain: fault)"])
            } else if definition.jobs.isEmpty {
                rows.append(["empty", place(definition, nil), "-", "-", "it has no jobs"])
            }
            for job in definition.jobs { rows.append(row(job, of: definition)) }
        }
        let widths = (0..<7).map { column in
            rows.filter { $0.count > column + 1 }.map { $0[column].text.count }.max() ?? 0
        }
        return rows.map { Self.line($0, widths) + "\n" }.joined()
    }

    private func row(_ job: Job, of definition: Definition) -> [SafeText] {
        let targets: [SafeText] = job.deployments.map { deployment in
            if let environment = deployment.environment { "\(word: environment)" } else { "(not said)" }
        }
        var reasons: [SafeText] = job.deployments.map { "\(plain: $0.evidence)" }
        switch job.standing {
        case .bystander: break
        case .gate(let what, nil): reasons.append("stops \(plain: what)")
        case .gate(let what, let fault?): reasons.append("does not stop \(plain: what): \(plain: fault)")
        case .guarded(let gate): reasons.append("behind \(quoted: gate)")
        case .unguarded(let reason): reasons.append("\(plain: reason)")
        }
        return [
            "\(word: job.standing.word)", place(definition, job.line), "\(word: job.name)", Self.list(targets),
            reasons.isEmpty ? "-" : .joined(reasons, by: "; "), Self.list(job.permissions.map { "\(word: $0)" }),
            Self.list(job.secrets.map { "\(word: $0)" }),
        ]
    }

    private func place(_ definition: Definition, _ line: Int?) -> SafeText {
        let file: SafeText = "\(word: definition.file, limit: SafeText.pathAtMost)"
        return line.map { "\(file):\($0)" } ?? file
    }

    private static func list(_ words: [SafeText]) -> SafeText {
        words.isEmpty ? "-" : .joined(words, by: ", ")
    }

    private static func line(_ row: [SafeText], _ widths: [Int]) -> String {
        row.dropLast().enumerated().map { column, cell in
            cell.text + String(repeating: " ", count: max(0, widths[column] - cell.text.count) + 2)
        }.joined() + (row.last?.text ?? "")
    }

    /// The same as one JSON object.
    package var json: [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)), ("definitions", .array(definitions.map(Self.members))),
        ]).encoded
    }

    /// What a change does to definitions, as one JSON object.
    package static func json(of changes: [PipelineChange]) -> [UInt8] {
        let members = changes.map { change in
            var members: [(name: String, value: JSONText)] = [
                ("file", .bytes(change.path)), ("change", .string(change.kind.word)),
            ]
            if let job = change.job { members.append(("job", .string(job))) }
            if let line = change.line { members.append(("line", .integer(line))) }
            return JSONText.object(members + [("reason", .string(change.reason))])
        }
        return JSONText.object([("schema", .string(schema)), ("changes", .array(members))]).encoded
    }

    private static func members(_ definition: Definition) -> JSONText {
        var members: [(name: String, value: JSONText)] = [("file", .bytes(definition.file))]
        if let system = definition.system { members.append(("system", .string(system.rawValue))) }
        if let fault = definition.fault { members.append(("fault", .string(fault))) }
        if let line = definition.faultLine { members.append(("line", .integer(line))) }
        if definition.fault == nil { members.append(("jobs", .array(definition.jobs.map(Self.members)))) }
        return .object(members)
    }

    private static func members(_ job: Job) -> JSONText {
        var members: [(name: String, value: JSONText)] = [
            ("name", .string(job.name)), ("line", .integer(job.line)),
            ("standing", .string(job.standing.word.lowercased())),
        ]
        switch job.standing {
        case .bystander: break
        case .gate(let what, let fault):
            members.append(("stops", .string(what)))
            if let fault { members.append(("reason", .string(fault))) }
        case .guarded(let gate): members.append(("behind", .string(gate)))
        case .unguarded(let reason): members.append(("reason", .string(reason)))
        }
        members.append(
            (
                "deployments",
                .array(
                    job.deployments.map { deployment in
                        .object([
                            ("environment", deployment.environment.map(JSONText.string) ?? .null),
                            ("evidence", .string(deployment.evidence)),
                        ])
                    })
            ))
        members.append(("permissions", .array(job.permissions.map(JSONText.string))))
        members.append(("secrets", .array(job.secrets.map(JSONText.string))))
        return .object(members)
    }
}

extension PipelineChange.Kind {
    fileprivate var word: String {
        switch self {
        case .unguarded: "unguarded"
        case .gateLost: "gate-lost"
        case .raised: "raised"
        case .unreadable: "unreadable"
        }
    }
}
