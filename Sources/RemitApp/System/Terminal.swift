import RemitReport
import Glibc

/// The person at the terminal, if there is one.
enum Terminal {
    /// Whether somebody can be asked: both what is read and where questions go must be a terminal.
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 && isWatched }

    /// Whether somebody sees what is said.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    /// The option's value, or the answer of the person at the terminal; a refusal that names the flag otherwise.
    static func value(
        _ given: String?, flag: String, question: String, default fallback: String? = nil
    ) throws(AppError) -> String {
        if let given { return given }
        guard isThere else {
            throw AppError(
                "missing \(flag)", hint: "give \(flag); there is no terminal on which to ask: \(question)",
                status: .usage)
        }
        Console.standard.say(question + (fallback.map { " [\($0)]" } ?? ""))
        let answer = readLine() ?? ""
        if !answer.isEmpty { return answer }
        if let fallback { return fallback }
        throw AppError("no answer for \(flag)", hint: "give \(flag)", status: .usage)
    }
}

extension ChildProcess.Streams {
    /// The terminal where a person sits, so that a program can ask; otherwise what it says is captured.
    static func whateverThereIs() -> Self {
        Terminal.isThere ? .terminal : .captured()
    }
}
