import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

private let a = String(repeating: "a", count: 40)
private let b = String(repeating: "b", count: 40)
private let armour = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"
private let head = "certificate version 0.1\npusher SHA256:x  1795288791 +0000\n"
private let tail = "\n\(a) \(b) refs/heads/main\n" + armour

private func error(of text: String) -> PushCertificateError? {
    do throws(PushCertificateError) {
        _ = try PushCertificate(parsing: Array(text.utf8))
        return nil
    } catch {
        return error
    }
}

@Suite struct PushCertificateTests {
    @Test func `reads what git writes with everything in it`() throws {
        let text =
            head + "pushee ../s.git\nnonce 1795288791-fef9c152\npush-option \npush-option   lead é\n"
            + "\n\(a) \(b) refs/heads/main\n\(b) \(String(repeating: "0", count: 40)) refs/tags/v 1\n"
        let read = try PushCertificate(parsing: Array((text + armour).utf8))
        #expect(read.pusher == "SHA256:x")
        #expect(read.pushee == "../s.git")
        #expect(read.nonce == "1795288791-fef9c152")
        #expect(read.nonceMoment == Instant(seconds: 1_795_288_791))
        #expect(read.options == ["", "  lead é"])
        #expect(read.updates.map(\.ref) == ["refs/heads/main", "refs/tags/v 1"])
        #expect(read.updates.map(\.isDeletion) == [false, true])
        #expect(read.signedBytes == Array(text.utf8))
        #expect(read.signature == Array(armour.utf8))
    }

    @Test func `a pusher can have spaces, and pushee, nonce and options can be missing`() throws {
        let text = "certificate version 0.1\npusher Dana  Example <d@e.org> 1795288791 -0330\n" + tail
        let read = try PushCertificate(parsing: Array(text.utf8))
        #expect(read.pusher == "Dana  Example <d@e.org>")
        #expect(read.pushee == nil && read.nonce == nil && read.nonceMoment == nil && read.options == [])
    }

    @Test func `options and refs are bytes`() throws {
        let odd: [UInt8] = [0x1B, 0xFF, 0x0D, 0x20]
        let text =
            Array(head.utf8) + Array("push-option ".utf8) + odd + Array("\n\n\(a) \(b) refs/heads/".utf8) + odd
            + Array("\n\(armour)".utf8)
        let read = try PushCertificate(parsing: text)
        #expect(read.options == [ByteString(odd)])
        #expect(read.updates.map(\.ref) == [ByteString(Array("refs/heads/".utf8) + odd)])
    }

    @Test(arguments: [
        ("", 1, "it ends within a line"),
        ("certificate version 0.2\n", 1, "not 'certificate version 0.1'"),
        ("certificate version 0.1\npusher x +0000\n", 2, "not 'pusher <key> <seconds> <zone>'"),
        ("certificate version 0.1\npusher x 1 0000\n", 2, "not 'pusher <key> <seconds> <zone>'"),
        ("certificate version 0.1\npusher  1 +0000\n", 2, "not 'pusher <key> <seconds> <zone>'"),
        ("certificate version 0.1\npushee x\n", 2, "not 'pusher <key> <seconds> <zone>'"),
        (head + "nonce 1-a\npushee x\n" + tail, 4, "neither a line that git writes there nor the blank one"),
        (head + "pushee x\npushee y\n" + tail, 4, "neither a line that git writes there nor the blank one"),
        (head + "nonce 1-a\nnonce 2-a\n" + tail, 4, "neither a line that git writes there nor the blank one"),
        (head + "push-option a\npushee x\n" + tail, 4, "neither a line that git writes there nor the blank one"),
        (head + "\n" + armour, 3, "no ref updates"),
        (head + "\n\n" + armour, 4, "not 'old new ref'"),
        (head + "\n\(a) \(b) refs/heads/main\n", 5, "it ends within a line"),
        (head + "\n\(a) \(b) refs/heads/main", 4, "it ends within a line"),
        (head + "\n\(a) \(b) refs/x\n\(b) \(a) refs/x\n" + armour, 5, "a ref is given twice"),
        (head + "\n\(a) \(b) refs/x\n" + "\u{0}" + armour, 1, "a NUL"),
        (head + "pushee " + String(repeating: "x", count: 4097) + "\n" + tail, 3, "4097 bytes, at most 4096"),
        (
            head + String(repeating: "push-option x\n", count: 257) + tail, 259, "more than 256 push options"
        ),
    ])
    func `is strict`(text: String, line: Int, reason: String) {
        let found = error(of: text)
        #expect(found?.line == line)
        #expect(found?.reason == reason)
    }

    @Test(arguments: ["x-a", "-a", "179528879", "1795288791234-a", "17 5-a"])
    func `a nonce without a moment has none`(nonce: String) throws {
        #expect(try PushCertificate(parsing: Array((head + "nonce \(nonce)\n" + tail).utf8)).nonceMoment == nil)
    }

    @Test func `too much is refused before it is read`() {
        let found = error(of: String(repeating: "x", count: PushCertificate.maximumByteCount + 1))
        #expect(found?.reason == "more than 20971520 bytes")
    }
}
