import RemitEvidence
import RemitFormats
import RemitModel
import RemitReport

/// What the server says of a push, beside its ref updates.
struct PushRequest: Hashable {
    static let schema = "push/v1"

    /// The server's time, which every rule sees.
    let now: Instant
    var pusher: Pusher?
    var options: [ByteString] = []

    init(now: Instant) {
        self.now = now
    }

    var bytes: [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)),
            ("now", now.archived),
            ("pusher", pusher.map { .array([.bytes($0.login), .string($0.vouchedBy)]) } ?? .null),
            ("options", options.archived),
        ]).encoded
    }

    init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema else {
            throw members.fault("it is not what a server says of a push")
        }
        now = try members.instant("now")
        if let value = members["pusher"] {
            guard case .list(let parts) = value, parts.count == 2, let login = ByteString(archived: parts[0]),
                let words = String(archived: parts[1])
            else { throw members.fault("'pusher' names nobody") }
            pusher = Pusher(login: login, vouchedBy: words)
        }
        guard let options = [ByteString](archived: .list(try members.list("options"))) else {
            throw members.fault("'options' lists no push options")
        }
        self.options = options
    }
}
