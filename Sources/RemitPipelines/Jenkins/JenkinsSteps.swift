/// The steps of one stage.
struct JenkinsSteps {
    private let steps: GroovyBlock.Statement

    init(_ steps: GroovyBlock.Statement) {
        self.steps = steps
    }

    /// Steps that run other steps and let their failure through.
    private static let transparent: Set<String> = [
        "withCredentials", "withEnv", "dir", "timeout", "retry", "container", "timestamps", "ansiColor", "sshagent",
        "ws",
        "node", "lock", "configFileProvider", "withVault",
    ]
    /// Steps that put nothing anywhere else.
    private static let harmless: Set<String> = [
        "checkout", "git", "echo", "unstash", "stash", "cleanWs", "deleteDir", "sleep", "milestone", "input",
        "isUnix", "pwd", "fileExists", "readFile",
    ]
    private static let shells: Set<String> = ["sh", "bat", "powershell", "pwsh"]

    /// One step with what stands around it.
    private struct Step {
        let statement: GroovyBlock.Statement
        /// The step around it that can hide its failure or leave it out.
        let around: String?
    }

    private static func flat(_ statement: GroovyBlock.Statement, around: String?) -> [Step] {
        (statement.body?.statements ?? []).flatMap { inner -> [Step] in
            guard inner.body != nil else {
                return inner.parts(at: shells).map { part in
                    Step(statement: part, around: part == inner ? around : around ?? "other Groovy")
                }
            }
            let name = inner.name ?? "a block"
            let hiding = transparent.contains(name) ? around : around ?? name
            return [Step(statement: inner, around: around)] + flat(inner, around: hiding)
        }
    }

    /// Names of credentials: `credentials('id')`, `credentialsId: 'id'`, and the ids that `sshagent` lists.
    static func credentials(in statement: GroovyBlock.Statement) -> Set<String> {
        let words = statement.allWords
        var found: Set<String> = []
        for place in words.indices.dropLast(2) {
            let rest = words[(place + 1)...].prefix(3)
            let text = rest.lazy.compactMap(\.string).first
            guard let text, let word = words[place].word, let opening = rest.first else { continue }
            let isNamed = word.hasSuffix("redentialsId") && opening.isSymbol(":")
            let isListed = word == "credentials" || word == "sshagent"
            if isNamed || isListed && (opening.isSymbol("(") || opening.isSymbol("[")) { found.insert(text) }
        }
        return found
    }

    func describe(_ job: inout PipelineJob) {
        job.secrets.formUnion(Self.credentials(in: steps))
        job.take(Self.flat(steps, around: nil).flatMap(Self.jobStep), environments: [])
    }

    /// What the question of the gate needs of one step; nothing where the step puts nothing anywhere.
    private static func jobStep(_ step: Step) -> [JobStep] {
        guard let name = step.statement.name else { return [JobStep()] }
        if shells.contains(name) {
            var made = JobStep(.stopping(script(of: step.statement)))
            made.mayFail = hiding(step, name) ?? made.mayFail
            return [made]
        }
        if harmless.contains(name) || step.statement.body != nil && transparent.contains(name) { return [] }
        var made = JobStep()
        made.doesOtherThingsFirst = step.statement.body == nil
        // `build job: 'deploy-production'` starts another definition.
        let started = name == "build" ? step.statement.words.compactMap(\.string) : []
        made.deploying = ([name] + started).first(where: DeployingWords.occur).map { "step '\($0)'" }
        return [made]
    }

    /// Why a failure of a shell step ends nothing.
    private static func hiding(_ step: Step, _ name: String) -> String? {
        if let around = step.around { return "it stands within '\(around)'" }
        if step.statement.isTrue("returnStatus") { return "returnStatus: true" }
        if step.statement.has("returnStatus"), !step.statement.isFalse("returnStatus") { return "returnStatus" }
        // The other shells go on after a command that fails.
        return name == "sh" ? nil : "it stands in '\(name)', which goes on after a failure"
    }

    /// The text that the shell is given; what is put together from parts shows each of them.
    private static func script(of statement: GroovyBlock.Statement) -> String {
        if let named = statement.argument("script") { return named }
        return statement.words.compactMap(\.string).joined(separator: " ")
    }
}
