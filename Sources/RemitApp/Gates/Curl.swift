import RemitReport

/// Fetches by the program `curl`: Remit itself opens no connection.
///
/// Within hard bounds: https only, no redirect, no configuration of the user's, so long and so much and no more.
enum Curl {
    static let seconds = 20
    /// Bytes in a second: with the time it bounds what a server without a Content-Length can send.
    static let rate = 256 << 10

    /// - Parameter bearer: a secret for the Authorization header; it goes over standard input, since arguments are
    ///   everybody's to read.
    static func get(_ url: String, bearer: String? = nil, limit: Int) throws(AppError) -> [UInt8] {
        guard url.hasPrefix("https://") else {
            throw AppError("'\(url)' is not an https URL", status: .usage)
        }
        var lines = ["url = \(try quoted(url, "the URL"))"]
        if let bearer { lines.append("header = \(try quoted("Authorization: Bearer \(bearer)", "the bearer token"))") }
        let command = [
            "curl", "-q", "--proto", "=https", "--max-redirs", "0", "--max-time", "\(seconds)",
            "--max-filesize", "\(limit)", "--limit-rate", "\(rate)", "--fail", "--silent", "--show-error",
            "--no-netrc", "--globoff", "--write-out", "\n%{http_code}", "--config", "-",
        ]
        let output = try ChildProcess.run(
            command, .captured(input: Array((lines.joined(separator: "\n") + "\n").utf8)))
        guard output.status == 0 else {
            // The first line is the fault; about certificates it says much more below.
            let complaint = output.talk.split(separator: "\n").first ?? "curl ended with status \(output.status)"
            throw AppError("cannot fetch '\(url)': \(complaint)", status: .undecided)
        }
        guard let end = output.stdout.lastIndex(of: UInt8(ascii: "\n")),
            output.stdout[(end + 1)...].elementsEqual("200".utf8)
        else { throw AppError("cannot fetch '\(url)': it answers with another status than 200", status: .undecided) }
        guard end <= limit else {
            throw AppError("cannot fetch '\(url)': it is longer than \(limit) bytes", status: .undecided)
        }
        return Array(output.stdout[..<end])
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
