import RemitHosts

/// By which ways pushes come of which nobody knows from whom, or by which the pusher names himself.
struct TransportExamination {
    private let repository: ServerRepository

    init(_ repository: ServerRepository) {
        self.repository = repository
    }

    func anonymous() throws(AppError) -> [Diagnosis] {
        var found: [Diagnosis] = []
        if try repository.effective("daemon.receivepack", isBoolean: true) == "true" {
            found.append(
                .warn(
                    .anonymous, "daemon.receivepack is true: 'git daemon' takes pushes from anyone who reaches it",
                    "run 'git config --unset daemon.receivepack'"))
        }
        if try repository.effective("http.receivepack", isBoolean: true) == "true" {
            found.append(
                .warn(
                    .anonymous,
                    "http.receivepack is true: 'git http-backend' takes pushes that the web server authenticated nobody for",
                    "run 'git config --unset http.receivepack': those who are authenticated may push without it"))
        }
        return found.isEmpty ? [.ok(.anonymous, "no setting lets pushes in without a login")] : found
    }
}

/// Whether a client can set the variable in which a forced command names the account.
struct SSHDaemonExamination {
    /// Where `sshd_config` lies.
    let directory: String
    let variable: String

    private static let byteCount = 1 << 20

    func diagnoses() throws(AppError) -> [Diagnosis] {
        var found: [Diagnosis] = []
        var files = ["\(directory)/sshd_config"]
        let more = "\(directory)/sshd_config.d"
        files += try Files.names(in: more).filter { $0.hasSuffix(".conf") }.map { "\(more)/\($0)" }
        for file in files {
            guard case .file = FileState(of: file) else { continue }
            let text = String(decoding: try Files.read(file, limit: Self.byteCount), as: UTF8.self)
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if let fault = fault(in: line, at: "line \(index + 1) of '\(file)'") { found.append(fault) }
            }
        }
        guard found.isEmpty else { return found }
        return [.ok(.sshd, "sshd takes '\(variable)' from no client")]
    }

    private func fault(in line: Substring, at place: String) -> Diagnosis? {
        let words = line.split { " \t=\"".contains($0) }
        guard let keyword = words.first?.lowercased() else { return nil }
        switch keyword {
        case "acceptenv":
            guard let pattern = words.dropFirst().first(where: { Self.matches(variable.utf8, $0.utf8) }) else {
                return nil
            }
            return .fail(
                .sshd, "\(place) lets every client set '\(variable)': AcceptEnv \(pattern)",
                "take it out: the pusher would name himself")
        case "permituserenvironment":
            guard let value = words.dropFirst().first?.lowercased(), value != "no" else { return nil }
            return .warn(
                .sshd, "\(place) lets ~/.ssh/environment set '\(variable)': PermitUserEnvironment \(value)",
                "let nobody write that file, or let the forced command set the variable")
        default: return nil
        }
    }

    /// By sshd's wildcards: `*` for any text, `?` for one character.
    static func matches(_ text: some BidirectionalCollection<UInt8>, _ pattern: some BidirectionalCollection<UInt8>)
        -> Bool
    {
        let (text, pattern) = (Array(text), Array(pattern))
        // What the part of the pattern so far matches, by the length of the text.
        var isMatched = [Bool](repeating: false, count: text.count + 1)
        isMatched[0] = true
        for byte in pattern {
            var next = [Bool](repeating: false, count: text.count + 1)
            if byte == UInt8(ascii: "*") {
                var isAny = false
                for index in next.indices {
                    isAny = isAny || isMatched[index]
                    next[index] = isAny
                }
            } else {
                for index in text.indices where byte == UInt8(ascii: "?") || byte == text[index] {
                    next[index + 1] = isMatched[index]
                }
            }
            isMatched = next
        }
        return isMatched[text.count]
    }
}
