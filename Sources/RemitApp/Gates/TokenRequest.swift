import RemitFormats
import RemitModel
import RemitReport
import RemitTokens

/// The token that GitHub Actions and Forgejo Actions make for a job when it asks for one.
///
/// (docs.github.com, "OpenID Connect reference", "Methods for requesting the OIDC token".)
struct TokenRequest {
    private let url: String
    private let bearer: String

    /// The longest answer: a token and a few words about it.
    private static let maximumByteCount = CompactToken.maximumByteCount + 4096

    /// `nil` where the job is not given the right to ask.
    init?() {
        guard let url = Files.variable("ACTIONS_ID_TOKEN_REQUEST_URL"),
            let bearer = Files.variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
        else { return nil }
        self.url = url
        self.bearer = bearer
    }

    func token(for audience: String) throws(AppError) -> [UInt8] {
        let separator = url.contains("?") ? "&" : "?"
        let answer = try Curl.get(
            "\(url)\(separator)audience=\(Self.encoded(audience))", bearer: bearer, limit: Self.maximumByteCount)
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(answer) } catch {
            throw AppError("the answer of ACTIONS_ID_TOKEN_REQUEST_URL \(error.fault)", status: .undecided)
        }
        guard case .object(let members) = value, case .text(let token) = members["value"] else {
            throw AppError("the answer of ACTIONS_ID_TOKEN_REQUEST_URL holds no token", status: .undecided)
        }
        return Array(token.utf8)
    }

    /// RFC 3986, section 2.1: everything but what needs no encoding anywhere.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + Hex.text([byte]).uppercased()
            }
        }.joined()
    }
}
