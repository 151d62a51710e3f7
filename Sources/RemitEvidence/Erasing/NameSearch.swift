import RemitFormats
import RemitLedger
import RemitModel

/// Looks for a name in what an entry rests on: a login, an address, a fingerprint.
///
/// It counts where it stands by itself: 'bob' is not in 'bobby', and is in 'bob@example.org'.
package struct NameSearch: Hashable, Sendable {
    package let name: [UInt8]

    /// At least this long: less would be found everywhere.
    package static let byteCountAtLeast = 3

    /// `nil` for what is too short, or no one line of text.
    package init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard bytes.count >= Self.byteCountAtLeast, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        self.name = bytes
    }

    /// Whether JSON has it in any string or name, or what is no JSON in its bytes.
    package func isIn(_ bytes: [UInt8]) -> Bool {
        do throws(JSONError) {
            return isIn(try JSONValue(bytes, bytesAtMost: Ledger.maximumInputByteCount))
        } catch {
            return isInText(bytes[...])
        }
    }

    private func isIn(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .flag, .number, .decimal: false
        case .text(let text): isInText(Array(text.utf8)[...])
        case .list(let values): values.contains(where: isIn)
        case .object(let members):
            // Bytes that are no text stand in base64.
            members.contains { isInText(Array($0.key.utf8)[...]) || isIn($0.value) }
                || Members.bytes(value).map { isInText($0.bytes[...]) } ?? false
        }
    }

    private func isInText(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        while let found = rest.firstRange(of: name) {
            let isBegun = found.lowerBound == text.startIndex || !Self.isWordByte(text[found.lowerBound - 1])
            let isEnded = found.upperBound == text.endIndex || !Self.isWordByte(text[found.upperBound])
            if isBegun, isEnded { return true }
            rest = rest[(found.lowerBound + 1)...]
        }
        return false
    }

    /// Letters and digits of every script: a byte above 0x7F is a part of one.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }
}
