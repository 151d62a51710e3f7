/// Words that a name is made of: `deploy-to_Prod` and `deployToProd` are "deploy", "to", "prod".
enum Words {
    static func of(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in name {
            let isPart = character.isLetter || character.isNumber
            if !isPart || (character.isUppercase && wasLower) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isPart { word += character.lowercased() }
            wasLower = character.isLowercase
        }
        return word.isEmpty ? words : words + [word]
    }
}

/// Names that say of a job, a step or a script that it deploys.
///
/// A guess, where the system itself has no word for it: a name that says so is believed, one that does not proves
/// nothing.
enum DeployingWords {
    private static let beginnings = ["deploy", "redeploy", "publish", "promot"]
    private static let whole: Set<String> = ["release", "releases", "rollout", "rollback", "ship", "golive"]
    /// With one of these, it is about a deployment, and does none.
    private static let harmless: Set<String> = [
        "test", "tests", "testing", "check", "checks", "lint", "verify", "validate", "results", "result", "report",
        "reports", "deployed", "published", "released", "coverage", "notes", "note", "changelog", "dry", "plan", "gate",
        "summary", "notify",
    ]

    /// Whether a job's or a script's name says that it deploys.
    static func occur(in name: String) -> Bool {
        let words = Words.of(name)
        return words.contains(where: isOne) && harmless.isDisjoint(with: words)
    }

    /// Whether a step's name, which is a sentence, begins by saying so.
    static func begin(_ name: String) -> Bool {
        let words = Words.of(name)
        return words.first.map(isOne) == true && harmless.isDisjoint(with: words)
    }

    private static func isOne(_ word: String) -> Bool {
        whole.contains(word) || beginnings.contains { word.hasPrefix($0) }
    }
}
