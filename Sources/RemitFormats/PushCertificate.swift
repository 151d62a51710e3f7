package import RemitModel

/// The text that a pusher signs with `git push --signed`: what is to be pushed where, and the nonce of the server.
///
/// As git writes it (send-pack.c, `generate_push_cert`), in that order and no other: the version, `pusher`, at most one
/// `pushee` and one `nonce`, every `push-option`, a blank line, the ref updates, the armoured signature, nothing after it.
package struct PushCertificate: Hashable, Sendable {
    /// All of it: the ref updates that a hook is given, and 4 MiB for the rest.
    package static let maximumByteCount = HookInput.maximumByteCount + 4 * 1024 * 1024
    /// The push options of one push.
    package static let maximumOptionCount = 256
    /// The value of one line before the blank one.
    package static let maximumValueByteCount = 4096

    /// How the pusher's git names the key: with SSH its fingerprint.
    ///
    /// A claim; the signature says whose key it is.
    package let pusher: ByteString
    /// The address pushed to, without name and password; `nil` where git was given none.
    package let pushee: ByteString?
    /// The server's own words, which the pusher repeats; `nil` where the server asked for none.
    package let nonce: ByteString?
    package let options: [ByteString]
    /// In the order of the text; there is at least one.
    package let updates: [RefUpdate]
    /// Everything before the signature, which is what was signed.
    package let signedBytes: [UInt8]
    /// From the armour's first line on, of whatever family.
    package let signature: [UInt8]

    package init(parsing bytes: [UInt8]) throws(PushCertificateError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw PushCertificateError(line: 1, "more than \(Self.maximumByteCount) bytes")
        }
        // Git reads the text as C strings: what stands behind a NUL would be ours alone.
        guard !bytes.contains(0) else { throw PushCertificateError(line: 1, "a NUL") }
        var lines = PushCertificateLines(bytes)
        guard try lines.next().elementsEqual("certificate version 0.1".utf8) else {
            throw lines.fault("not 'certificate version 0.1'")
        }
        var line = try lines.next()
        guard let pusher = Self.pusher(in: line) else { throw lines.fault("not 'pusher <key> <seconds> <zone>'") }
        self.pusher = pusher
        line = try lines.next()
        func value(after word: String) throws(PushCertificateError) -> ByteString? {
            guard line.starts(with: word.utf8) else { return nil }
            let value = line.dropFirst(word.utf8.count)
            guard value.count <= Self.maximumValueByteCount else {
                throw lines.fault("\(value.count) bytes, at most \(Self.maximumValueByteCount)")
            }
            return ByteString(value)
        }
        pushee = try value(after: "pushee ")
        if pushee != nil { line = try lines.next() }
        nonce = try value(after: "nonce ")
        if nonce != nil { line = try lines.next() }
        var options: [ByteString] = []
        while let option = try value(after: "push-option ") {
            options.append(option)
            guard options.count <= Self.maximumOptionCount else {
                throw lines.fault("more than \(Self.maximumOptionCount) push options")
            }
            line = try lines.next()
        }
        self.options = options
        guard line.isEmpty else { throw lines.fault("neither a line that git writes there nor the blank one") }
        updates = try lines.updates()
        (signedBytes, signature) = (lines.taken, Array(lines.rest))
    }

    /// What stands between `pusher ` and the date, which is the pusher's clock and proves nothing.
    private static func pusher(in line: ArraySlice<UInt8>) -> ByteString? {
        let (space, digits) = (UInt8(ascii: " "), UInt8(ascii: "0")...UInt8(ascii: "9"))
        let word = Array("pusher ".utf8)
        guard line.starts(with: word), line.count <= word.count + maximumValueByteCount,
            let beforeZone = line.lastIndex(of: space), let beforeTime = line[..<beforeZone].lastIndex(of: space)
        else { return nil }
        let (zone, time) = (line[(beforeZone + 1)...], line[(beforeTime + 1)..<beforeZone])
        guard zone.count == 5, zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-"),
            zone.dropFirst().allSatisfy(digits.contains), (1...19).contains(time.count),
            time.allSatisfy(digits.contains), beforeTime >= line.startIndex + word.count
        else { return nil }
        // Git puts one space after the key and one before the date.
        var name = line[(line.startIndex + word.count)..<beforeTime]
        if name.last == space { name = name.dropLast() }
        return name.isEmpty ? nil : ByteString(name)
    }

    /// When the server made the nonce, by its own clock: `<seconds>-<HMAC>`; `nil` where it does not say.
    package var nonceMoment: Instant? {
        guard let digits = nonce?.bytes.prefix(while: { $0 != UInt8(ascii: "-") }), (1...12).contains(digits.count),
            digits.count < nonce?.count ?? 0
        else { return nil }
        var seconds: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            seconds = seconds * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return Instant(seconds: seconds)
    }
}

/// The lines of a certificate, taken one after another.
private struct PushCertificateLines {
    private static let armour = Array("-----BEGIN ".utf8)

    private let bytes: [UInt8]
    private var position = 0
    /// Of the line that was taken last.
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func fault(_ reason: String) -> PushCertificateError { PushCertificateError(line: max(1, number), reason) }

    /// The next line without its line feed.
    mutating func next() throws(PushCertificateError) -> ArraySlice<UInt8> {
        number += 1
        guard let end = bytes[position...].firstIndex(of: HookInputLine.lineFeed) else {
            throw fault("it ends within a line")
        }
        defer { position = end + 1 }
        return bytes[position..<end]
    }

    /// The ref updates, up to the signature.
    mutating func updates() throws(PushCertificateError) -> [RefUpdate] {
        var updates: [RefUpdate] = []
        var refs: Set<ByteString> = []
        while !rest.starts(with: Self.armour) {
            let line = try next()
            guard updates.count < HookInput.maximumUpdateCount else {
                throw fault("more than \(HookInput.maximumUpdateCount) updates")
            }
            do throws(HookInputError) {
                let update = try HookInputLine(number: number, bytes: line).update()
                guard refs.insert(update.ref).inserted else {
                    throw HookInputError(.duplicateRef, line: number, "a ref is given twice")
                }
                updates.append(update)
            } catch {
                throw PushCertificateError(line: error.line, error.reason)
            }
        }
        guard !updates.isEmpty else { throw fault("no ref updates") }
        return updates
    }

    var taken: [UInt8] { Array(bytes[..<position]) }
    var rest: ArraySlice<UInt8> { bytes[position...] }
}

/// Why bytes are no push certificate of git's.
package struct PushCertificateError: Error, Hashable, Sendable {
    /// Counted from 1.
    package let line: Int
    package let reason: String

    init(line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }
}
