import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Possessions { static let shared = Possessions() }

/// A trailer can be copied; the task key cannot.
@Possessions @Suite struct PossessionTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private nonisolated static let branch = Scene.branch

    /// The bytes of a commit of the agent's, unsigned.
    private nonisolated static func bytes(_ scene: Scene, message: String? = nil) throws -> [UInt8] {
        let commit = try scene.server.commit(
            edit, on: branch, message: message ?? scene.message)
        return try scene.client.git("cat-file", "commit", commit.hex).stdout
    }

    private nonisolated static func push(_ bytes: [UInt8], _ scene: Scene) throws -> Trial {
        try scene.client.setRef(branch, to: try scene.client.write("commit", bytes))
        return try scene.server.trial(branch)
    }

    private nonisolated static let rows = [
        Row("signed with the task key", nil) { try push(try signed(try bytes($0), by: $0.delegation.taskKey), $0) },
        Row("signed, without the trailer", nil) {
            try $0.server.commit(edit, under: $0.delegation, isNamed: false)
            return try $0.server.trial(branch)
        },
        Row("signed, without any mark", nil) {
            try $0.server.commit(edit, under: $0.delegation, mark: nil, isNamed: false)
            return try $0.server.trial(branch)
        },
        Row("signed, without any mark, out of scope", ["scope.path"]) {
            try $0.server.commit(["Deploy/x": "1\n"], under: $0.delegation, mark: nil, isNamed: false)
            return try $0.server.trial(branch)
        },
        Row("unsigned", ["delegation.possession"]) { try push(try bytes($0), $0) },
        Row("unsigned and unmarked", ["delegation.possession"]) {
            try push(try bytes($0, message: "x\n\nDelegation: \($0.delegation.id)\n"), $0)
        },
        Row("signed by the delegator", ["delegation.possession"]) {
            try $0.server.commit(edit, under: $0.delegation, signedBy: $0.authority.dana)
            return try $0.server.trial(branch)
        },
        Row("signed by a stranger", ["delegation.possession"]) {
            try $0.server.commit(edit, under: $0.delegation, signedBy: try $0.authority.newKey())
            return try $0.server.trial(branch)
        },
        Row("signed with another delegation's task key", ["attribution.mismatch"]) {
            let other = try $0.authority.delegate { $0.task = "PAY-43" }
            try $0.server.commit(edit, under: $0.delegation, signedBy: other.taskKey)
            return try $0.server.trial(branch)
        },
        Row("two delegations named", ["attribution.mismatch"]) {
            let other = try $0.authority.delegate { $0.task = "PAY-44" }
            let message = $0.message + "Delegation: \(other.id)\n"
            try $0.server.commit(edit, on: branch, message: message, signedBy: $0.delegation.taskKey)
            return try $0.server.trial(branch)
        },
        Row("one delegation named twice", nil) {
            let message = $0.message + "Delegation: \($0.delegation.id.hex.prefix(16))\n"
            try $0.server.commit(edit, on: branch, message: message, signedBy: $0.delegation.taskKey)
            return try $0.server.trial(branch)
        },
        Row("a trailer copied from history", ["delegation.possession"]) {
            try $0.agent(edit)
            _ = try $0.server.trial(branch)
            try $0.server.commit(["Sources/Evil.swift": "1\n"], on: branch, message: $0.message)
            return try $0.server.trial(branch)
        },
        Row("a signature copied from another commit", ["delegation.possession"]) {
            let other = Array("tree \(try $0.client.resolve("main^{tree}").hex)\n".utf8)
            let header = try signature(over: other, by: $0.delegation.taskKey)
            return try push(insert(header, into: try bytes($0)), $0)
        },
        Row("the signature in the message", ["delegation.possession"]) {
            let plain = try bytes($0)
            return try push(plain + Array(try signature(over: plain, by: $0.delegation.taskKey).utf8), $0)
        },
        Row("two signatures", ["attribution.malformed"]) {
            let plain = try bytes($0)
            let header = try signature(over: plain, by: $0.delegation.taskKey)
            return try push(insert(header + header, into: plain), $0)
        },
        Row("a second signature under another name", ["attribution.malformed"]) {
            let plain = try bytes($0)
            let header = try signature(over: plain, by: $0.delegation.taskKey)
            return try push(insert(header + "gpgsig-sha256 x\n", into: plain), $0)
        },
        Row("a signature for another purpose", ["delegation.possession"]) {
            try push(try signed(try bytes($0), by: $0.delegation.taskKey, namespace: "file"), $0)
        },
        Row("the message changed after signing", ["delegation.possession"]) {
            try push(try signed(try bytes($0), by: $0.delegation.taskKey) + Array("more\n".utf8), $0)
        },
    ]

    private nonisolated static func insert(_ header: String, into commit: [UInt8]) -> [UInt8] {
        let text = String(decoding: commit, as: UTF8.self)
        guard let end = text.firstRange(of: "\n\n") else { return commit }
        return Array((text[..<end.lowerBound] + "\n" + header + text[end.lowerBound...].dropFirst()).utf8)
    }

    @Test(arguments: rows)
    func `who holds the task key`(_ row: Row) throws { try row.run(Self.authority.get()) }
}
