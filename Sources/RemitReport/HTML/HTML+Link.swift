extension HTML {
    /// Where a link leads.
    package enum Link: Hashable, Sendable {
        /// To an element of the same page.
        case here(ID)
        case elsewhere(Address)

        var text: SafeText {
            switch self {
            case .here(let id): "#\(id.text)"
            case .elsewhere(let address): address.text
            }
        }
    }

    /// An `https` URL by RFC 3986, with a host and without a user before it: `https://git.example.org@evil.example/` shows
    /// one host and leads to another.
    package struct Address: Hashable, Sendable {
        package static let sizeAtMost = 1024
        private static let scheme = "https://"

        /// The URL itself, in which nothing had to be escaped.
        package let text: SafeText

        /// `nil` for anything else, which is then shown and no link.
        package init?(_ url: String) {
            guard url.hasPrefix(Self.scheme), url.utf8.count <= Self.sizeAtMost else { return nil }
            let rest = url.utf8.dropFirst(Self.scheme.utf8.count)
            let authority = rest.prefix { !"/?#".utf8.contains($0) }
            guard let first = authority.first, Self.isAlphanumeric(first), authority.allSatisfy(Self.isHost),
                rest.allSatisfy(Self.isURL)
            else { return nil }
            let text: SafeText = "\(plain: url, limit: Self.sizeAtMost)"
            guard text.text == url else { return nil }
            self.text = text
        }

        private static func isAlphanumeric(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }

        private static func isHost(_ byte: UInt8) -> Bool {
            isAlphanumeric(byte) || "-.:".utf8.contains(byte)
        }

        /// RFC 3986, section 2: reserved, unreserved, and the sign before an encoded byte.
        private static func isURL(_ byte: UInt8) -> Bool {
            isAlphanumeric(byte) || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
        }
    }
}
