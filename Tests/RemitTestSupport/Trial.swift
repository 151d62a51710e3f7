import Foundation
import RemitLedger
package import RemitModel
package import Testing

/// What one push did: to its pusher, to the ledger, and to the server.
package struct Trial {
    /// How `git push` ended.
    package let status: Int32
    /// How the hook ended; `nil` when git did not call it.
    package let hook: Int32?
    /// The hook's words, with ids, keys and times made equal.
    package let said: String
    /// Everything that came to the pusher's terminal, as bytes came.
    package let terminal: String
    /// The outcomes of the decisions that the ledger gained.
    package let outcomes: [String]
    /// Whether refs and objects of the server are what they were.
    package let isUntouched: Bool

    /// The rules that a refusal names, each once.
    package var rules: [String] {
        Set(said.split(separator: "\n").filter { $0.hasPrefix("  rule ") }.map { String($0.dropFirst(11)) }).sorted()
    }
}

extension TestServer {
    /// Pushes, and looks at everything that a push may and may not change.
    package func trial(
        _ refspecs: String..., options: [String] = [], environment: [String: String] = [:]
    ) throws -> Trial {
        try trial(["push"] + options + ["origin"] + refspecs, environment: environment)
    }

    /// The same with the whole of git's command.
    package func trial(_ command: [String], environment: [String: String] = [:]) throws -> Trial {
        try watch { try client.attempt(command, environment: environment) }
    }

    /// Speaks to `git receive-pack` itself, as a client that keeps to no rules could.
    package func receive(
        _ updates: [RefUpdate], pack revisions: [String] = [], environment: [String: String] = [:]
    ) throws -> Trial {
        let text = revisions.map { $0 + "\n" }.joined()
        let pack = try client.git(["pack-objects", "--stdout", "--revs", "-q"], input: Array(text.utf8)).stdout
        var input: [UInt8] = []
        for (index, update) in updates.enumerated() {
            var line = Array("\(update.old.hex) \(update.new.hex) ".utf8) + update.ref.bytes
            if index == 0 { line += [0] + Array(" report-status delete-refs".utf8) }
            input += Array(String(format: "%04x", line.count + 4).utf8) + line
        }
        input += Array("0000".utf8) + (updates.allSatisfy(\.isDeletion) ? [] : pack)
        return try watch { [input] in
            try spawn(
                ["git", "receive-pack", repository.path], input: input,
                environment: HermeticGit.environment(home: repository.directory.path).merging(environment) { $1 })
        }
    }

    /// Lets git call a hook that notes how it ended, and looks at the server before and after.
    ///
    /// A hook that is to be kept writes that note itself.
    package func watch(keepsHook: Bool = false, _ push: () throws -> Output) throws -> Trial {
        let statusFile = "\(repository.directory.path)/hook-status"
        try? FileManager.default.removeItem(atPath: statusFile)
        if !keepsHook {
            let hook = "\(repository.gitDirectory)/hooks/pre-receive"
            try FileManager.default.removeItem(atPath: hook)
            let watched = try Self.watchedHook.get().path
            try FileManager.default.createSymbolicLink(atPath: hook, withDestinationPath: watched)
        }
        let (before, known) = (try state(), try entries().count)
        let output = try push()
        let ended = try? String(contentsOfFile: statusFile, encoding: .utf8)
        try expectSameAgain(inLedgerAt: ledgerPath, after: known)
        return Trial(
            status: output.status, hook: ended.flatMap { Int32($0.dropLast()) },
            said: Self.words(of: output.errorText), terminal: output.errorText,
            outcomes: try entries().dropFirst(known).filter { $0.kind == .decision }.map { Self.outcome(of: $0.bytes) },
            isUntouched: try state() == before)
    }

    /// The built hook, and a note of how it ended beside the repository.
    ///
    /// Another name or a copy of the program, for users who may not enter the directory of the build. One for all, and
    /// written by another process: a script that this one holds open while a test starts a child cannot be executed
    /// ("text file busy").
    private static let watchedHook = Result {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/pre-receive"
        let copy = ["sh", "-c", #"ln "$0" "$1" 2>&- || cp "$0" "$1""#, try BuiltProducts.hook]
        try byChild(copy + ["\(directory.path)/remit-hook"])
        let script = "#!/bin/sh\n'\(directory.path)/remit-hook' pre-receive\ns=$?\necho $s >../hook-status\nexit $s\n"
        let made = try spawn(
            ["sh", "-c", "cat >\"$0\" && chmod +x \"$0\"", path], input: Array(script.utf8),
            environment: ["PATH": HermeticGit.path])
        guard made.status == 0 else {
            throw CommandFailure(command: ["sh"], status: made.status, stderr: made.errorText)
        }
        return (directory: directory, path: path)
    }

    /// Every ref, and every file of the object store.
    private func state() throws -> [String] {
        let refs = try repository.git("for-each-ref", "--format=%(refname) %(objectname)").lines
        let files = FileManager.default.enumerator(atPath: "\(repository.gitDirectory)/objects")
        return refs
            + (files?.allObjects.compactMap { $0 as? String }.filter {
                $0.contains(".") || $0.contains("tmp_") || $0.count >= 41
            } ?? [])
            .sorted()
    }

    private static func outcome(of entry: [UInt8]) -> String {
        let object = try? JSONSerialization.jsonObject(with: Data(entry)) as? [String: Any]
        return object?["outcome"] as? String ?? "?"
    }

    /// The lines of the hook, without git's prefix and padding.
    package static func words(of text: String) -> String {
        let lines = text.split(separator: "\n").map { $0.hasPrefix("remote: ") ? $0.dropFirst(8) : $0 }
        let own = lines.filter { $0.hasPrefix("remit: ") }.map { line in
            String(line.dropFirst(7)).replacing(#/\s+$/#, with: "")
        }
        return own.joined(separator: "\n")
            .replacing(/sha256:[0-9a-f]{12,64}/, with: "<delegation>")
            .replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: "<key>")
            .replacing(/delegation(s?) [0-9a-f]{12,}/, with: { "delegation\($0.output.1) <delegation>" })
            .replacing(/remit show [0-9a-f]{12,}/, with: "remit show <delegation>")
            .replacing(/\b[0-9a-f]{12}([0-9a-f]{28})?\b/, with: "<id>")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>")
            .replacing(/decision \d+ recorded/, with: "decision recorded")
    }
}

/// The push was refused by these rules and no others, and left nothing but one entry in the ledger.
package func expectRefused(
    _ trial: Trial, by rules: [String], saying text: String? = nil, at location: SourceLocation = #_sourceLocation
) {
    #expect(trial.rules == rules.sorted(), "\(trial.terminal)", sourceLocation: location)
    #expect(trial.status != 0, "\(trial.terminal)", sourceLocation: location)
    #expect(trial.hook == 1, sourceLocation: location)
    #expect(trial.outcomes == ["refused"], sourceLocation: location)
    #expect(trial.isUntouched, "refs or objects are not what they were", sourceLocation: location)
    #expect(!trial.said.hasPrefix("allowed"), sourceLocation: location)
    if let text { #expect(trial.said == text, sourceLocation: location) }
}

/// The push was let through, with one entry in the ledger.
package func expectAllowed(_ trial: Trial, saying text: String? = nil, at location: SourceLocation = #_sourceLocation) {
    #expect(trial.status == 0, "\(trial.terminal)", sourceLocation: location)
    #expect(trial.hook == 0, sourceLocation: location)
    #expect(trial.outcomes == ["allowed"], sourceLocation: location)
    #expect(!trial.isUntouched, "no ref moved", sourceLocation: location)
    if let text { #expect(trial.said == text, sourceLocation: location) }
}

/// The push could not be checked, and was not accepted.
package func expectUndecided(
    _ trial: Trial, by rules: [String], saying text: String? = nil, isRecorded: Bool = true,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(trial.rules == rules.sorted(), "\(trial.terminal)", sourceLocation: location)
    #expect(trial.status != 0, "\(trial.terminal)", sourceLocation: location)
    #expect(trial.hook == 2, sourceLocation: location)
    #expect(trial.outcomes == (isRecorded ? ["undecided"] : []), sourceLocation: location)
    #expect(trial.isUntouched, "refs or objects are not what they were", sourceLocation: location)
    if let text { #expect(trial.said == text, sourceLocation: location) }
}
