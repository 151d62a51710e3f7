import RemitAttribution
import RemitEvidence
import RemitFormats
import RemitHosts
import RemitModel
import RemitReport

/// What the server says of a push, beside its ref updates.
struct PushRequest: Hashable {
    static let schema = "push/v1"

    /// The server's time, which every rule sees.
    let now: Instant
    var pusher: Pusher?
    var options: [ByteString] = []
    var via = Via.push
    /// What the server calls the repository.
    var repository: ByteString?
    /// What the server's administrator has set for all repositories, as it was read.
    var site: SiteConfiguration?
    /// The certificate with which the push came.
    var certificate: PresentedCertificate?
    /// What was asked: `pre-receive`, or a hook that hears of one ref at a time.
    var hook = HookName.preReceive
    /// What becomes of what is pushed.
    var act = ArgumentCall.Act.push

    /// The version of the catalogue of marks; `nil` in archives from before it was recorded.
    var catalogue: String? = MarkCatalogue.version

    init(now: Instant) {
        self.now = now
    }

    /// What is to be recorded of the way: the server's name of the repository only where records have another one.
    func route(in repository: String) -> Route {
        Route(via: via, repository: self.repository == ByteString(repository) ? nil : self.repository)
    }

    var bytes: [UInt8] {
        var members: [(name: String, value: JSONText)] = [
            ("schema", .string(Self.schema)),
            ("now", now.archived),
            ("pusher", pusher.map { .array([.bytes($0.login), .string($0.vouchedBy)]) } ?? .null),
            ("options", options.archived),
        ]
        // Only what is said: the archives of servers that say nothing of it never had them.
        if via != .push { members.append(("via", .array([.string(via.kind.rawValue), via.word.archived]))) }
        if let repository { members.append(("repository", repository.archived)) }
        if let site { members.append(("site", site.archived)) }
        if let certificate { members.append(("certificate", certificate.archived)) }
        if hook != .preReceive { members.append(("hook", .string(hook.rawValue))) }
        // A push is what the archives say nothing of that were made before there was anything else.
        if act != .push { members.append(("act", .string(act.rawValue))) }
        if let catalogue { members.append(("catalogue", .string(catalogue))) }
        return JSONText.object(members).encoded
    }

    /// - Parameter certificate: the text of the certificate, which is kept by itself.
    init(_ bytes: [UInt8], of source: String, certificate text: [UInt8]? = nil) throws(EvidenceError) {
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
        if let value = members["via"] {
            guard case .list(let parts) = value, parts.count == 2, let word = String(archived: parts[0]),
                let kind = Via.Kind(rawValue: word), let own = ByteString?(archived: parts[1])
            else { throw members.fault("'via' is no way by which a change comes") }
            via = Via(kind, word: own)
        }
        catalogue = try members.optionalText("catalogue")
        repository = try members.optionalBytes("repository")
        if let value = members["site"] {
            guard let site = SiteConfiguration(archived: value) else { throw members.fault("'site' holds no settings") }
            self.site = site
        }
        if members["hook"] != nil { hook = try members.word("hook", as: HookName.self) }
        if let word = try members.optionalText("act") {
            guard let act = ArgumentCall.Act(rawValue: word) else {
                throw members.fault("'act' is nothing that becomes of a push")
            }
            self.act = act
        }
        guard let kept = members["certificate"] else { return }
        certificate = PresentedCertificate(archived: kept, text: text)
        guard certificate != nil else { throw members.fault("'certificate' says nothing of one that is kept") }
    }
}
