import RemitTestSupport
import Testing

@Suite struct TimestampTests {
    @Test func `an administrator stamps the authority, again and again`() throws {
        let place = try Workplace()
        let head = try place.git("rev-parse", "HEAD").text
        let first = try place.remit(["authority", "timestamp", "--key", place.key.privatePath])
        #expect(first.status == 0, "\(first.errorText)")
        #expect(first.text.hasSuffix("Z \(head)"))
        #expect(first.errorText == "remit: servers know it after 'git -C \(place.authority) push'\n")
        #expect(try place.git("log", "-1", "--format=%P").text == head)
        let said = try place.git("show", "HEAD:timestamp.toml").lines
        #expect(said[0] == #"type = "timestamp/v1""# && said[3] == #"head = "\#(head)""#)
        let second = try place.remit(["authority", "timestamp", "--key", place.key.privatePath])
        #expect(second.status == 0, "\(second.errorText)")
        #expect(second.text > first.text)
        #expect(try place.git("diff", "--name-only", "HEAD~1").lines == ["timestamp.toml", "timestamp.toml.sig"])
    }

    @Test func `a key that may not is told, and nothing is written`() throws {
        let place = try Workplace()
        let before = try place.state()
        let other = try SSHKey(named: "other", in: place.directory)
        let refused = try place.remit(["authority", "timestamp", "--key", other.privatePath])
        #expect(refused.status == 1)
        #expect(
            refused.errorText == """
                remit: error: 'timestamp.toml': \(try other.fingerprint()) may not say how fresh the authority is
                remit: hint: nothing was written; 'remit authority show' names who may

                """)
        #expect(try place.state() == before)
    }
}
