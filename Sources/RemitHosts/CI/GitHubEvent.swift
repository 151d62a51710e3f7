import RemitFormats
import RemitModel

/// The commits that an event is about, from the file that the runner writes for each job.
///
/// The variables name only branches, which move; the file holds the ids.
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads
struct GitHubEvent {
    static let variable: ByteString = "GITHUB_EVENT_PATH"

    private let members: [String: JSONValue]

    init(_ bytes: [UInt8]) throws(InvocationError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(bytes)
        } catch {
            throw Self.fault("the file \(error.fault), at byte \(error.offset)")
        }
        guard case .object(let members) = value else { throw Self.fault("the file does not hold an object") }
        self.members = members
    }

    /// Only these events are about commits that no variable names.
    static func file(in environment: Environment) throws(InvocationError) -> ByteString? {
        let events: [ByteString] = ["pull_request", "pull_request_target", "merge_group"]
        guard events.contains(where: { environment.says("GITHUB_EVENT_NAME", $0) }) else { return nil }
        return try environment.value(of: variable, maximumByteCount: Invocation.maximumPathByteCount)
    }

    func pullRequest() throws(InvocationError) -> JobEvent {
        let request = try object("pull_request", in: members)
        let (base, head) = (try object("base", in: request), try object("head", in: request))
        return JobEvent(base: try id("sha", in: base), head: try id("sha", in: head), target: try text("ref", in: base))
    }

    func mergeGroup() throws(InvocationError) -> JobEvent {
        let group = try object("merge_group", in: members)
        return JobEvent(
            base: try id("base_sha", in: group), head: try id("head_sha", in: group),
            target: try text("base_ref", in: group))
    }

    private func object(
        _ name: String, in members: [String: JSONValue]
    ) throws(InvocationError) -> [String: JSONValue] {
        guard case .object(let value) = members[name] else { throw Self.fault("the file has no object '\(name)'") }
        return value
    }

    private func text(_ name: String, in members: [String: JSONValue]) throws(InvocationError) -> String {
        guard case .text(let value) = members[name] else { throw Self.fault("the file has no text '\(name)'") }
        return value
    }

    private func id(_ name: String, in members: [String: JSONValue]) throws(InvocationError) -> ObjectID {
        guard let id = ObjectID(hex: try text(name, in: members)), !id.isZero else {
            throw Self.fault("'\(name)' is not the id of a commit, 40 hexadecimal digits")
        }
        return id
    }

    static func fault(_ reason: String) -> InvocationError {
        InvocationError(.badEvent, variable, reason)
    }
}
