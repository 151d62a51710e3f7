import RemitReport

/// What one look at an installation showed.
struct Diagnosis {
    enum Status: String {
        case ok
        case warn
        case fail = "FAIL"
    }

    /// What was looked at, in a word that scripts can rely on.
    enum Subject: String {
        case repository
        case user
        case settings
        case mode
        case host
        case hook
        case dispatcher
        case hooksPath = "hooks-path"
        case hookEnabled = "hook-enabled"
        case hookConfig = "hook-config"
        case writers
        case program
        case chained
        case effects
        case safetyNet = "safety-net"
        case authority
        case ledger
        case log
        case fsck
        case pushOptions = "push-options"
        case certificates
        case shallow
        case alternates
        case replaced
        case mirrors
        case anonymous
        case accounts
        case sshd
        case refs
        case push
    }

    let subject: Subject
    let status: Status
    let message: String
    /// What to do about it.
    let remedy: String?

    static func ok(_ subject: Subject, _ message: String) -> Diagnosis {
        Diagnosis(subject: subject, status: .ok, message: message, remedy: nil)
    }

    static func warn(_ subject: Subject, _ message: String, _ remedy: String) -> Diagnosis {
        Diagnosis(subject: subject, status: .warn, message: message, remedy: remedy)
    }

    static func fail(_ subject: Subject, _ message: String, _ remedy: String) -> Diagnosis {
        Diagnosis(subject: subject, status: .fail, message: message, remedy: remedy)
    }

    /// One line; nothing in it can steer a terminal.
    var line: String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.utf8.count))
        }
        let text = remedy.map { "\(message); \($0)" } ?? message
        return padded(status.rawValue, 5) + padded(subject.rawValue, 14)
            + Escaping.text(Array(text.utf8), limit: Self.lineAtMost)
    }

    private static let lineAtMost = 4096

    var json: JSONText {
        .object([
            ("check", .string(subject.rawValue)),
            ("status", .string(status.rawValue.lowercased())),
            ("message", .string(message)),
            ("remedy", remedy.map(JSONText.string) ?? .null),
        ])
    }
}
