import RemitFormats
import RemitModel

extension Delegation {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "delegation/v1")
        writer.set("organisation", organisation)
        writer.set("delegator", delegator)
        writer.set("agent", agent)
        writer.set("task", task)
        writer.set("purpose", purpose)
        writer.set("issued_at", issuedAt)
        writer.set("expires_at", expiresAt)
        if mergeBy != expiresAt { writer.set("merge_by", mergeBy) }
        writer.set("keys", unlessEmpty: keys.map(\.description))
        writer.set("certificate_authorities", unlessEmpty: certificateAuthorities.map(\.description))
        writer.set("hops", hops)
        writer.set("parent", ifGiven: parent?.description)
        writer.set("request", ifGiven: request?.description)
        writer.set(context)
        for grant in grants { grant.write(to: &writer) }
        if limits != .none { limits.write(to: &writer) }
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in try Delegation(record: bytes, file: "delegation") }
        return bytes
    }
}

extension DelegationRequest {
    /// The exact bytes of its record, proved to be readable.
    func record() throws(AppError) -> [UInt8] {
        var writer = RecordWriter(type: "request/v1")
        writer.set("organisation", organisation)
        writer.set("requester", requester)
        writer.set("agent", agent)
        writer.set("task", task)
        writer.set("purpose", purpose)
        writer.set("issued_at", issuedAt)
        writer.set("hours", Int(life / 3600))
        writer.set("keys", unlessEmpty: keys.map(\.description))
        writer.set("replaces", ifGiven: replaces?.description)
        writer.set("decision", ifGiven: decision)
        writer.set(context)
        for grant in grants { grant.write(to: &writer) }
        if limits != .none { limits.write(to: &writer) }
        let bytes = try writer.bytes()
        try ReadBack.require(self) { () throws(RecordError) in
            try DelegationRequest(record: bytes, file: "request")
        }
        return bytes
    }
}

extension RecordWriter {
    fileprivate mutating func set(_ context: Delegation.Context?) {
        guard let context else { return }
        table("context")
        set("model", ifGiven: context.model)
        set("tools", unlessEmpty: context.tools)
        set("instructions", ifGiven: context.instructions?.description)
    }
}

extension Grant {
    fileprivate func write(to writer: inout RecordWriter) {
        writer.element("grant")
        writer.set("repository", repository)
        writer.set("refs", unlessEmpty: refs.map(\.description))
        writer.set("merge_into", unlessEmpty: mergeInto.map(\.description))
        writer.set("paths", unlessEmpty: paths.patterns.map(\.description))
        writer.set("except", unlessEmpty: paths.except.map(\.description))
        writer.set("operations", operations.names)
        writer.set("environments", environments.sorted())
    }
}

extension Limits {
    fileprivate func write(to writer: inout RecordWriter) {
        writer.table("limits")
        writer.set("commits", ifGiven: commits)
        writer.set("files", ifGiven: files)
        writer.set("lines", ifGiven: lines)
        writer.set("bytes", ifGiven: bytes)
        writer.set("pushes", ifGiven: pushes)
    }
}
