import RemitFormats
import RemitModel
import RemitReport

/// What becomes of a task key: held by ssh-agent for a while, and destroyed.
extension TaskKey {
    /// The public half's file.
    private static func publicPath(_ path: String) -> String { path.hasSuffix(".pub") ? path : path + ".pub" }

    private static func privatePath(_ path: String) -> String {
        path.hasSuffix(".pub") ? String(path.dropLast(4)) : path
    }

    /// Gives the key to ssh-agent, which forgets it after that time, and removes the private file.
    func movedToAgent(forSeconds seconds: Int64) throws(AppError) -> TaskKey {
        guard !path.hasSuffix(".pub") else {
            throw AppError(
                "'\(path)' is a public key, which cannot be given to ssh-agent",
                hint: "give --key the private key's file, or leave --agent-lifetime out")
        }
        let publicFile = Self.publicPath(path)
        if !Files.exists(publicFile) {
            let line = try SigningKey.publicKey(at: path).line
            try Files.create(Array("\(line)\n".utf8), at: publicFile)
        }
        let output = try ChildProcess.run(["ssh-add", "-q", "-t", String(seconds), path])
        guard output.status == 0 else {
            throw AppError(
                "ssh-add did not take '\(path)': \(output.complaint)",
                hint: "start an agent with 'eval $(ssh-agent)', or leave --agent-lifetime out")
        }
        Files.remove(path)
        return try TaskKey(existing: publicFile)
    }

    /// Removes a key's files and what ssh-agent holds of it; gives what could not be removed.
    ///
    /// - Parameter path: what git has as `user.signingkey`.
    static func destroy(at path: String) -> [String] {
        let publicFile = publicPath(path)
        var left: [String] = []
        if Files.exists(publicFile), isInAgent(publicFile), !forget(publicFile) { left.append("ssh-agent") }
        for file in [privatePath(path), publicFile] {
            Files.remove(file)
            if Files.exists(file) { left.append("'\(file)'") }
        }
        return left
    }

    /// Whether an agent that can be reached holds the key.
    private static func isInAgent(_ publicFile: String) -> Bool {
        do {
            let line = try SigningKey.publicKey(at: publicFile).line
            return try ChildProcess.run(["ssh-add", "-L"]).text.split(separator: "\n").contains { $0.hasPrefix(line) }
        } catch {
            return false
        }
    }

    private static func forget(_ publicFile: String) -> Bool {
        do { return try ChildProcess.run(["ssh-add", "-q", "-d", publicFile]).status == 0 } catch { return false }
    }
}
