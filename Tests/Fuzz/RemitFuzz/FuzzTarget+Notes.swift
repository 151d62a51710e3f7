import RemitLedger
import RemitModel

/// What is published of a ledger, and what others send back.
extension FuzzTarget {
    static let notes = [
        FuzzTarget("note", seeds: [checkpoint]) { bytes in
            do throws(NoteError) {
                let note = try SignedNote(bytes)
                require(note.bytes == bytes, "a note has one spelling")
                let head = try Checkpoint(text: note.text)
                require(head.text == note.text, "a checkpoint has one spelling")
            } catch {}
        },
        FuzzTarget("shown-note", seeds: [checkpoint, shown]) { bytes in
            do throws(NoteError) {
                let note = try SignedNote(shown: bytes)
                require(try SignedNote(note.bytes) == note, "what was shown is a note")
            } catch {}
        },
        FuzzTarget("note-key", seeds: ["example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"]) {
            bytes in
            do throws(NoteError) {
                let text = String(decoding: bytes, as: UTF8.self)
                require(try NoteKey(text).text == text, "a key has one spelling")
            } catch {}
        },
        FuzzTarget("log-proof", seeds: ["c2sp.org/tlog-proof@v1\nindex 0\n\n" + checkpoint]) { bytes in
            do throws(NoteError) {
                let proof = try LogProof(bytes)
                require(try LogProof(proof.bytes) == proof, "a proof is read as it was written")
            } catch {}
        },
    ]

    private static let shown =
        "To server\nremote: remit: checkpoint: keep what follows        \n"
        + checkpoint.split(separator: "\n", omittingEmptySubsequences: false).map { "remote: \($0)        \n" }.joined()

    private static let checkpoint = """
        git.example.org/decisions
        8
        XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

        \u{2014} git.example.org/decisions \
        QVKHf3Oqlo3Hfu91wQbLNiO/RNbtC6rvEOlhcxhyifBlCwIlpdD53xudMRy+uQQ3u3RCGR0oSRTwvQFy8YLaPnq3hAU=

        """
}
