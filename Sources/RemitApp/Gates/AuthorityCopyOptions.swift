import ArgumentParser
import RemitGate
import RemitReport

/// How old the copy of the authority may be that a gate reads.
struct AuthorityCopyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How old the authority's timestamp may be, such as 24h; or none. A bundle needs the one or the other; a \
            clone is taken to be kept up where nothing is said.
            """, valueName: "span"),
        transform: AuthorityAge.init)
    var maxAge: AuthorityAge?
}

/// A bound on the age of a copy of the authority.
enum AuthorityAge: Hashable {
    case atMost(TimeSpan)
    case any

    init(_ text: String) throws {
        self = text == "none" ? .any : .atMost(try TimeSpan(text))
    }

    var seconds: Int64? {
        if case .atMost(let span) = self { span.seconds } else { nil }
    }
}

extension GateOptions {
    /// Unpacks the authority where it is named as a bundle, and from then on names what it was unpacked into.
    ///
    /// Also requires the root to be pinned: a copy that vouches for itself proves nothing.
    ///
    /// - Returns: what must be removed in the end; `nil` for a directory.
    mutating func unpack(_ git: Git) throws(AppError) -> AuthorityBundle? {
        guard try settings.root.orAsk({ () throws(AppError) in try git.configuration("remit.root") }) != nil else {
            throw AppError(
                "no root is pinned, and what the copy of the authority says of itself proves nothing",
                hint: "give --root sha256:..., the digest that 'remit init' printed, or set git config remit.root",
                status: .usage)
        }
        let named = settings.authority ?? Files.variable(AuthorityLocation.variable)
        guard let path = try named.orAsk({ () throws(AppError) in try git.configuration("remit.authority") }),
            AuthorityBundle.isNamed(by: path)
        else { return nil }
        guard copy.maxAge != nil else {
            throw AppError(
                "'\(path)' is a bundle, and nothing says how old it may be",
                hint: "give --max-age, such as 24h; or 'none', where an old one may hide what was revoked since",
                status: .usage)
        }
        let ref = try git.configuration("remit.authorityRef") ?? Settings.defaultAuthorityRef
        let bundle = try AuthorityBundle(at: path, ref: ref)
        settings.authority = bundle.repository
        return bundle
    }
}
