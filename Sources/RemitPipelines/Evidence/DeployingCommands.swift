/// Commands that put something where others use it.
///
/// A table of the common ones: what a script of the tree does under another name stays unseen.
enum DeployingCommands {
    /// A program, and the words of which one must follow it, options left out.
    private static let table: [String: [String]] = [
        "kubectl": ["apply", "create", "replace", "patch", "set", "rollout", "delete", "scale", "run"],
        "oc": ["apply", "create", "replace", "patch", "set", "rollout", "delete", "scale", "start-build"],
        "helm": ["upgrade", "install", "rollback", "uninstall", "push"],
        "helmfile": ["apply", "sync", "destroy"],
        "terraform": ["apply", "destroy"], "tofu": ["apply", "destroy"], "terragrunt": ["apply", "destroy", "run-all"],
        "pulumi": ["up", "update", "destroy"],
        "aws": [
            "deploy", "sync", "cp", "update-service", "update-function-code", "create-deployment", "update-stack",
            "create-stack", "put-image", "update-environment", "start-deployment",
        ],
        "gcloud": ["deploy", "submit", "update-traffic", "rsync"],
        "az": ["deploy", "deployment", "up", "update", "swap", "upload-batch"],
        "docker": ["push", "stack", "service"], "podman": ["push"], "buildah": ["push"], "skopeo": ["copy", "sync"],
        "crane": ["push", "copy", "append"], "oras": ["push", "copy"], "cosign": ["copy"],
        "npm": ["publish"], "pnpm": ["publish"], "yarn": ["publish"], "bun": ["publish"], "lerna": ["publish"],
        "cargo": ["publish"], "twine": ["upload"], "poetry": ["publish"], "uv": ["publish"], "flit": ["publish"],
        "hatch": ["publish"], "gem": ["push"], "mvn": ["deploy"], "mvnw": ["deploy"], "nuget": ["push"],
        "dotnet": ["push"], "conan": ["upload"], "pod": ["trunk"], "vsce": ["publish"], "ovsx": ["publish"],
        "goreleaser": ["release"], "semantic-release": [],
        "argocd": ["sync", "rollback", "set"], "flux": ["reconcile"], "ansible-playbook": [], "ansible": [],
        "serverless": ["deploy"], "sls": ["deploy"], "sam": ["deploy", "sync"], "cdk": ["deploy"],
        "firebase": ["deploy"], "vercel": [], "netlify": ["deploy"], "flyctl": ["deploy"], "fly": ["deploy"],
        "wrangler": ["deploy", "publish"], "heroku": ["container:release", "releases:rollback"], "cf": ["push"],
        "eb": ["deploy"], "nomad": ["run"], "skaffold": ["run", "deploy"], "werf": ["converge"], "kamal": ["deploy"],
        "cap": ["deploy"], "railway": ["up"], "surge": [], "gsutil": ["cp", "rsync"], "rclone": ["copy", "sync"],
        "fastlane": ["deploy", "release", "beta"], "eas": ["submit", "update"], "copr-cli": ["build"],
    ]

    /// Programs that run a target of the project by its name.
    private static let runners: Set<String> = [
        "make", "gmake", "just", "task", "rake", "mage", "npm", "pnpm", "yarn", "bun", "gradle", "gradlew", "nox",
        "tox", "invoke", "ant", "bazel", "nx", "turbo", "composer", "mix", "earthly", "dagger", "deno", "bash", "sh",
        "python", "python3", "node", "ruby", "perl", "source", ".",
    ]

    /// The words of a command that say that it deploys, such as `kubectl apply`; `nil` when none does.
    static func evidence(of command: [String]) -> String? {
        let words = CommandWords.withoutPrefixes(command)
        guard let program = words.first.map(CommandWords.name), !isRehearsal(words) else { return nil }
        let operands = words.dropFirst().filter { !$0.hasPrefix("-") }
        if let verbs = table[program] {
            if verbs.isEmpty { return program }
            if let verb = operands.first(where: verbs.contains) { return "\(program) \(verb)" }
        }
        if program == "docker", words.contains("--push") { return "docker build --push" }
        if ["gh", "glab", "hub"].contains(program), operands.first == "release", operands.count > 1 {
            return ["create", "upload", "edit", "delete"].contains(operands[1]) ? "\(program) release" : nil
        }
        if program == "git", operands.first == "push", words.contains(where: { $0.contains("tag") }) {
            return "git push --tags"
        }
        if ["scp", "rsync", "sftp"].contains(program), operands.contains(where: { $0.contains(":") }) {
            return program
        }
        if runners.contains(program), let target = operands.first(where: { DeployingWords.occur(in: last($0)) }) {
            return "\(program) \(target)"
        }
        return words[0].contains("/") && DeployingWords.occur(in: program) ? words[0] : nil
    }

    private static func last(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func isRehearsal(_ words: [String]) -> Bool {
        words.contains { word in
            word == "--help" || word == "--version" || (word.hasPrefix("--dry-run") && word != "--dry-run=none")
        }
    }
}

/// The words of a command, freed of what only runs it.
enum CommandWords {
    /// A program's name without its directory.
    static func name(_ word: String) -> String {
        word.split(separator: "/").last.map(String.init) ?? word
    }

    private static let prefixes: [[String]] = [
        ["sudo"], ["env"], ["exec"], ["command"], ["time"], ["nohup"], ["npx"], ["bunx"], ["uvx"], ["xargs"],
        ["bundle", "exec"], ["poetry", "run"], ["uv", "run"], ["uv", "tool", "run"], ["pipx", "run"], ["pnpm", "dlx"],
        ["pnpm", "exec"],
        ["python", "-m"], ["python3", "-m"],
    ]

    static func withoutPrefixes(_ command: [String]) -> [String] {
        var words = command[...]
        // Each prefix may have options and assignments of its own.
        while let prefix = prefixes.first(where: { words.starts(with: $0) }), words.count > prefix.count {
            words = words.dropFirst(prefix.count).drop { $0.hasPrefix("-") || isAssignment($0) }
        }
        return Array(words)
    }

    static func isAssignment(_ word: String) -> Bool {
        guard let equals = word.firstIndex(of: "="), let first = word.first, first.isLetter || first == "_" else {
            return false
        }
        return word[..<equals].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
