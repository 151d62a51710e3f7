import RemitModel
import RemitReport
import Testing

@Suite struct EffectReportTests {
    @Test func `what landed with a decision needs no words`() {
        #expect(EffectReport().text(undecided: [], entry: 7) == "")
    }

    @Test func `what nothing judged is told, ref by ref`() {
        let (one, two) = (Samples.commit(1), Samples.commit(2))
        let report = EffectReport(hostPrefix: "GL-HOOK-ERR: ")
        #expect(
            report.text(
                undecided: [
                    RefUpdate(ref: "refs/heads/a", old: one, new: two),
                    RefUpdate(ref: "refs/heads/b\u{1B}[2J", old: .zero, new: two),
                    RefUpdate(ref: "refs/tags/c", old: one, new: .zero),
                ], entry: 7) == """
                    GL-HOOK-ERR: remit: warning: 'refs/heads/a' moved from \(one.abbreviated) to \(two.abbreviated) \
                    without a decision
                    GL-HOOK-ERR: remit: warning: 'refs/heads/b\\x1b[2J' was created at \(two.abbreviated) without a \
                    decision
                    GL-HOOK-ERR: remit: warning: 'refs/tags/c' was deleted at \(one.abbreviated) without a decision
                    GL-HOOK-ERR: remit: hint: nothing judged that; ask the administrators to run 'remit doctor' on the \
                    server
                    GL-HOOK-ERR: remit: effect 7 recorded

                    """)
    }

    @Test func `of many refs the rest is counted`() {
        let updates = (1...23).map {
            RefUpdate(ref: ByteString("refs/heads/\($0)"), old: .zero, new: Samples.commit(1))
        }
        let lines = EffectReport().text(undecided: updates, entry: 1).split(separator: "\n")
        #expect(lines.count == 23)
        #expect(lines[20] == "remit: warning: 3 more refs moved without a decision")
    }

    @Test func `what is not recorded says why`() {
        #expect(
            EffectReport().text(unrecorded: "the ledger '/l' cannot be opened: no such file") == """
                remit: warning: what landed is not recorded: the ledger '/l' cannot be opened: no such file
                remit: hint: ask the administrators to run 'remit doctor' on the server

                """)
    }

    @Test func `what is not published says why, in one line`() {
        #expect(
            EffectReport().text(unpublished: "cannot open '/l.log': \u{1B}[2J") == """
                remit: warning: the log is not published: cannot open '/l.log': \\x1b[2J

                """)
        #expect(
            EffectReport().textWithoutCheckpoint() == """
                remit: warning: there is no checkpoint to show: the hook has no key of the log

                """)
    }

    @Test func `a checkpoint is shown line by line, as the host wants lines, and steers nothing`() {
        let note = Array("git.example.org/\u{1B}[2J\n3\nAAAA\n\n\u{2014} git.example.org/d BBBB\n".utf8)
        #expect(
            EffectReport(hostPrefix: "GL-HOOK-ERR: ").text(checkpoint: note) == """
                GL-HOOK-ERR: remit: checkpoint: keep what follows, for 'remit log verify --checkpoint'
                GL-HOOK-ERR: git.example.org/\\x1b[2J
                GL-HOOK-ERR: 3
                GL-HOOK-ERR: AAAA
                GL-HOOK-ERR:\u{20}
                GL-HOOK-ERR: \u{2014} git.example.org/d BBBB

                """)
    }
}
