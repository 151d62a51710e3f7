import RemitModel
import RemitReport
import RemitTokens

/// Where the keys of an issuer come from.
enum KeySource: Sendable {
    case file(String, maximumAge: TimeSpan)
    case url(String)

    /// Reads the keys; what cannot be read or trusted leaves the question open, whose fault ever it is.
    func keys(at now: Instant) throws(AppError) -> KeySet {
        let (name, bytes) = try read(at: now)
        do throws(TokenError) { return try KeySet(bytes) } catch {
            throw AppError("'\(name)': \(error.reason)", hint: Self.hint, status: .undecided)
        }
    }

    private func read(at now: Instant) throws(AppError) -> (String, [UInt8]) {
        switch self {
        case .url(let url):
            do throws(AppError) {
                return (url, try Curl.get(url, limit: KeySet.maximumByteCount))
            } catch {
                throw AppError(error.message, hints: error.hints + [Self.hint], status: .undecided)
            }
        case .file(let path, let maximumAge):
            let age = now.seconds - (try Files.modified(path)).seconds
            guard age <= maximumAge.seconds else {
                throw AppError(
                    "'\(path)' is \(age) seconds old, more than --jwks-max-age allows: \(maximumAge.seconds)",
                    hint: "fetch the issuer's keys anew: one of them may have been withdrawn", status: .undecided)
            }
            // A minute for clocks that differ, as for a token's times.
            guard age >= -60 else {
                throw AppError(
                    "'\(path)' was modified \(-age) seconds from now, so that its age cannot be told",
                    hint: "set the clock, or fetch the issuer's keys anew", status: .undecided)
            }
            return (path, try Files.read(path, limit: KeySet.maximumByteCount))
        }
    }

    private static let hint = "give the issuer's keys with --jwks FILE or --jwks URL"
}
