import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Many pushes at the same moment, each a process of git's with a hook of its own.
struct PushingAtOnce {
    struct Push {
        let client: TestRepository
        let repository: TestRepository
        let ref: String
        var environment: [String: String] = [:]
    }

    private let directory = Result { try TemporaryDirectory() }
    private let ledger: String
    /// How long the first push waits for the last one to begin, in seconds.
    private let patience: Int

    /// - Parameter ledger: the database that all of the hooks write to.
    init(ledger: String, patience: Int = 20) {
        self.ledger = ledger
        self.patience = patience
    }

    /// Starts all pushes, lets none write until all have judged, and returns how each ended.
    ///
    /// Who counts before it is its turn to write counts what the others have not written yet. What a hook was meanwhile
    /// is replaced.
    func run(_ pushes: [Push]) throws -> [(status: Int32, words: String)] {
        let directory = try directory.get()
        var script = """
            {
                echo 'BEGIN IMMEDIATE;'
                tries=0
                until [ "$(ls '\(directory.path)' | grep -c begun)" -ge \(pushes.count) ] || [ $tries -ge \(patience * 10) ]; do
                    tries=$((tries + 1))
                    sleep 0.1
                done
                sleep 1
                echo 'COMMIT;'
            } | sqlite3 '\(ledger)' &

            """
        let hook = try directory.write(
            "#!/bin/sh\n: >'\(directory.path)'/begun.$$\nexec '\(try BuiltProducts.hook)' pre-receive\n", to: "hook",
            executable: true)
        for path in Set(pushes.map { "\($0.repository.gitDirectory)/hooks/pre-receive" }) {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: hook)
        }
        for (number, push) in pushes.enumerated() {
            let variables = push.environment.map { "'\($0.key)=\($0.value)'" }.joined(separator: " ")
            let command = "env \(variables) git -C '\(push.client.path)' push -q '\(push.repository.path)' \(push.ref)"
            script += "{ \(command) 2>'\(directory.path)/\(number).err'; echo $? >'\(directory.path)/\(number)'; } &\n"
        }
        _ = try spawn(["sh", "-c", script + "wait"], environment: HermeticGit.environment(home: directory.path))
        return try pushes.indices.map { number in
            let text = String(decoding: try directory.read("\(number)"), as: UTF8.self)
            let words = String(decoding: try directory.read("\(number).err"), as: UTF8.self)
            return (try #require(Int32(text.dropLast())), words)
        }
    }

    /// How many hooks were there at the same time.
    func begun() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: directory.get().path).filter { $0.hasPrefix("begun") }.count
    }
}
