package import RemitModel

/// Reads `name <address> seconds zone`, the value of an author, committer or tagger header.
///
/// The rule is git's own `fsck_ident`, made a little narrower where readers differ:
/// - the name may be empty but the space before `<` stands: `author  <a@b> 0 +0000`, as git writes it;
/// - no angle bracket but the two around the address. For `Evil <evil@x> <good@x>` git says evil and libgit2 good;
/// - spaces inside the address stay (old imports have `a at b dot org`, every reader agrees), but not at its ends,
///   where libgit2 trims and git does not;
/// - the date is at most ten digits without leading zeros, the zone a sign and four digits, then the line ends.
package enum IdentityParser {
    /// Seconds have at most this many digits: the year 2286.
    ///
    /// Git and libgit2 disagree on what overflows.
    package static let maximumDateDigits = 10

    /// Reads the value of the header that begins at `offset` of its object; `role` names it in the reason.
    package static func parse(
        _ value: ArraySlice<UInt8>, role: String, offset: Int
    ) throws(MalformedObject) -> Identity {
        func malformed(_ code: MalformedObject.Code, _ what: String) -> MalformedObject {
            MalformedObject(code, "\(role): \(what)", at: offset)
        }
        guard let open = value.firstIndex(of: UInt8(ascii: "<")) else {
            throw malformed(.identity, "no address in angle brackets")
        }
        guard open > value.startIndex else { throw malformed(.identity, "no space before the address") }
        let name = value[..<open]
        guard name.last == .space else { throw malformed(.identity, "no space before the address") }
        guard !name.contains(UInt8(ascii: ">")) else { throw malformed(.identity, "an angle bracket in the name") }
        guard let close = value[(open + 1)...].firstIndex(of: UInt8(ascii: ">")) else {
            throw malformed(.identity, "an address without its closing bracket")
        }
        let address = value[(open + 1)..<close]
        guard !address.contains(UInt8(ascii: "<")) else {
            throw malformed(.identity, "an angle bracket in the address")
        }
        if let first = address.first, let last = address.last, first.isGitSpace || last.isGitSpace {
            throw malformed(.identity, "blanks at an end of the address")
        }
        let tail = value[(close + 1)...]
        guard !tail.contains(UInt8(ascii: "<")), !tail.contains(UInt8(ascii: ">")) else {
            throw malformed(.identity, "two addresses")
        }
        guard tail.first == .space else { throw malformed(.date, "no space before the date") }
        let (seconds, zone): (Int64, ArraySlice<UInt8>)
        do {
            (seconds, zone) = try date(tail.dropFirst())
        } catch {
            throw malformed(.date, error.reason)
        }
        return Identity(
            name: ByteString(trimmedEnd(name)), email: ByteString(address), seconds: seconds, zone: ByteString(zone))
    }

    private struct BadDate: Error {
        let reason: String
    }

    private static func date(_ text: ArraySlice<UInt8>) throws(BadDate) -> (Int64, ArraySlice<UInt8>) {
        let digits = text.prefix { $0.isDecimalDigit }
        guard !digits.isEmpty else { throw BadDate(reason: "a date that is not a number") }
        guard digits.count <= maximumDateDigits else { throw BadDate(reason: "a date out of range") }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            throw BadDate(reason: "a date with leading zeros")
        }
        let seconds = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        let rest = text[digits.endIndex...]
        let zone = rest.dropFirst()
        guard rest.first == .space, zone.count == 5, zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-"),
            zone.dropFirst().allSatisfy(\.isDecimalDigit)
        else { throw BadDate(reason: "a zone that is not a sign and four digits") }
        return (seconds, zone)
    }

    /// Git drops every blank between the name and the address.
    private static func trimmedEnd(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = name.endIndex
        while end > name.startIndex, name[end - 1].isGitSpace { end -= 1 }
        return name[..<end]
    }
}
