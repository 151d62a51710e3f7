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
        FuzzTarget("witness-answer", seeds: ["\u{1}7\n", "\u{0}" + cosignature]) { bytes in
            guard let first = bytes.first else { return }
            let statuses = [200, 409, 403, 500]
            do throws(NoteError) {
                let note = try SignedNote(Array(checkpoint.utf8))
                let key = try NoteKey(witness)
                let answer = try WitnessAnswer(
                    status: statuses[Int(first) % statuses.count], type: "text/x.tlog.size",
                    body: Array(bytes.dropFirst()), to: note, by: key)
                guard case .cosigned(let signature) = answer else { return }
                let whole = try note.adding([signature])
                require(try whole.signers(among: [key]) == [key], "what counts is good")
                require(whole.text == note.text, "an answer changes no text")
            } catch {}
        },
        FuzzTarget("log-proof", seeds: ["c2sp.org/tlog-proof@v1\nindex 0\n\n" + checkpoint]) { bytes in
            do throws(NoteError) {
                let proof = try LogProof(bytes)
                require(try LogProof(proof.bytes) == proof, "a proof is read as it was written")
            } catch {}
        },
    ]

    private static let cosignature = """
        \u{2014} witness.example.net/w1 CrwfGQAAAABpVbkAykwajpAUkATSSih2HrTHAtkqsOmsiG9NKVk+JOAuBgePK0w93SmYXU+DOjifSGWH\
        gpyI19Tlg1odadMgoSmYCA==

        """
    private static let witness = "witness.example.net/w1+0abc1f19+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"

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
