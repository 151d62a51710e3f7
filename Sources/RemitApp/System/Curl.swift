import RemitReport

/// Asks servers by the program `curl`: Remit itself opens no connection.
///
/// Within hard bounds: https only, no redirect, no configuration of the user's, so long and so much and no more.
enum Curl {
    static let seconds = 20
    /// Bytes in a second: with the time it bounds what a server without a Content-Length can send.
    static let rate = 256 << 10

    /// What a server answered, whatever its status.
    struct Answer {
        let status: Int
        /// The Content-Type; empty where none is given.
        let type: String
        let body: [UInt8]
    }

    /// - Parameter bearer: a secret for the Authorization header; it goes over standard input, since arguments are
    ///   everybody's to read.
    static func get(_ url: String, bearer: String? = nil, limit: Int) throws(AppError) -> [UInt8] {
        var lines: [String] = []
        if let bearer { lines.append("header = \(try quoted("Authorization: Bearer \(bearer)", "the bearer token"))") }
        let answer = try ask(url, "fetch", lines, ["--fail"], limit: limit)
        guard answer.status == 200 else {
            throw AppError("cannot fetch '\(url)': it answers with another status than 200", status: .undecided)
        }
        return answer.body
    }

    /// Sends text in which nothing but line feeds is a control character.
    static func post(_ url: String, text: [UInt8], limit: Int) throws(AppError) -> Answer {
        let body = String(decoding: text, as: UTF8.self).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
        let lines = [
            // Without the second, curl asks first whether it may send, and waits for the answer.
            "header = \"Content-Type: text/plain; charset=utf-8\"", "header = \"Expect:\"", "data-binary = \"\(body)\"",
        ]
        return try ask(url, "ask", lines, [], limit: limit)
    }

    private static func ask(
        _ url: String, _ verb: String, _ lines: [String], _ options: [String], limit: Int
    ) throws(AppError) -> Answer {
        guard url.hasPrefix("https://") else {
            throw AppError("'\(url)' is not an https URL", status: .usage)
        }
        let lines = ["url = \(try quoted(url, "the URL"))"] + lines
        let command =
            [
                "curl", "-q", "--proto", "=https", "--max-redirs", "0", "--max-time", "\(seconds)",
                "--max-filesize", "\(limit)", "--limit-rate", "\(rate)", "--silent", "--show-error",
                "--no-netrc", "--globoff", "--write-out", "\n%{http_code} %{content_type}", "--config", "-",
            ] + options
        let output = try ChildProcess.run(
            command, .captured(input: Array((lines.joined(separator: "\n") + "\n").utf8)))
        guard output.status == 0 else {
            // The first line is the fault; about certificates it says much more below.
            let complaint = output.talk.split(separator: "\n").first ?? "curl ended with status \(output.status)"
            throw AppError("cannot \(verb) '\(url)': \(complaint)", status: .undecided)
        }
        guard let end = output.stdout.lastIndex(of: UInt8(ascii: "\n")), end <= limit else {
            throw AppError("cannot \(verb) '\(url)': it is longer than \(limit) bytes", status: .undecided)
        }
        let trailer = String(decoding: output.stdout[(end + 1)...], as: UTF8.self)
            .split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let status = trailer.first.flatMap({ Int($0) }) else {
            throw AppError("cannot \(verb) '\(url)': it answers without a status", status: .undecided)
        }
        return Answer(
            status: status, type: trailer.count > 1 ? String(trailer[1]) : "", body: Array(output.stdout[..<end]))
    }

    /// A value in curl's configuration: nothing in it can end it and begin another option.
    private static func quoted(_ value: String, _ name: String) throws(AppError) -> String {
        let isPlain = value.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        guard isPlain, !value.contains("\""), !value.contains("\\") else {
            throw AppError("\(name) holds characters that cannot stand in one", status: .undecided)
        }
        return "\"\(value)\""
    }
}
