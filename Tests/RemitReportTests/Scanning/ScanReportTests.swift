import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

@Suite struct ScanReportTests {
    @Test func `the table says everything in 100 columns`() {
        let text = ScanText(ScanSamples.full).text
        #expect(
            text == #"""
                history of '<b>\x1b[31m\u{202e}"evil\x27'
                1000 commits on 3 branches and tags
                committers claim 2026-11-20 to 2026-11-21
                the clone is shallow: 2 commits have parents that are not here, so this tells of what is here only;
                files are not counted where it is cut
                inventory: the authority at commit 000000000000

                agents                333   33.3 %
                assisted                5    0.5 %
                bots                    6    0.6 %
                weak marks only         7    0.7 %
                no-evidence           642   64.2 %
                malformed               7    0.7 %

                AGENT                       COMMITS   FILES  AUTHORS  FIRST       LAST        INVENTORY
                cursor                          320   4096+       12  2026-11-20  2026-11-21  unregistered
                  definite 300, strong 20, weak 1; by trailer 300, author 21
                  mangled marks in 4 commits
                  latest 000000000000; mostly in Sources/ 12, '<b>\x1b[31m\u{202e}"evil\x27' 3
                         7  =HYPERLINK("x") <<b>\x1b[31m\u{202e}"evil'>
                devin                             5       1        1  2026-11-20  2026-11-21  not-believed
                  strong 5; by trailer 2
                  entry devin is not believed: \x1b[31mbad
                  latest 000000000000
                amp                               4       1        1  2026-11-20  2026-11-21  retired
                  strong 4; by trailer 2
                  latest 000000000000
                copilot-cli                       3       1        1  2026-11-20  2026-11-21  review-overdue
                  strong 3; by trailer 2
                  entry copilot answers for it
                  latest 000000000000
                claude-code                       2       1        1  2026-11-20  2026-11-21  active
                  definite 2; by trailer 2
                  latest 000000000000

                ASSISTANT OR BOT            COMMITS   FILES  AUTHORS  FIRST       LAST        KIND
                generic-declared                  5                1  2026-11-20  2026-11-21  assistant
                  strong 5; by trailer 2
                  latest 000000000000
                dependabot                        6                1  2026-11-20  2026-11-21  bot
                  definite 6; by author 6
                  latest 000000000000

                WEAK MARKS ONLY             COMMITS   FILES  AUTHORS  FIRST       LAST        INVENTORY
                jules                             7                1  2026-11-20  2026-11-21  unregistered
                  weak 7; by ref 7
                  latest 000000000000

                MONTH     COMMITS   AGENTS    SHARE  = agents, . all others
                2025-10       152      101   66.4 %  ===============.......
                2025-12       412       11    2.7 %  ==..........................................................

                not in the inventory: cursor
                in the inventory, and may not act: devin, amp, copilot-cli
                malformed: commit 3f2a9c1b7d4e: no tree header \x1b[2J
                malformed: 6 more
                2 commits have marks of several agents
                files are not counted of 1 commit: malformed or huge trees
                3 commits claim a date before 1970 or after 2199
                Marks are claims, and so are dates: they stand in the commits, where anybody can write them. No
                evidence means that nothing was found, not that a person wrote it.

                """#)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= ScanText.columnsAtMost })
    }

    @Test func `where nothing was found, nobody is called a person`() {
        let text = ScanText(ScanSamples.empty).text
        #expect(
            text == """
                history of /srv/git/payments.git
                1 commit on 3 branches and tags
                committers claim 2026-11-20 to 2026-11-20
                inventory: none was asked; name one with --authority

                no-evidence             1  100.0 %

                MONTH     COMMITS   AGENTS    SHARE  = agents, . all others
                2026-11         1        0    0.0 %  ............................................................

                Marks are claims, and so are dates: they stand in the commits, where anybody can write them. No
                evidence means that nothing was found, not that a person wrote it.

                """)
        let page = ScanPage(ScanSamples.empty, program: "remit").text
        #expect(page.contains("No commit carries a mark of an agent that is strong or better."))
        for word in ["human", "by hand"] { #expect(!page.contains(word) && !text.contains(word)) }
    }

    @Test func `what is there is never 0.0 per cent, what is not all never 100.0`() {
        #expect(ScanWords.share(1, of: 1_000_000).text == "0.1 %")
        #expect(ScanWords.share(999_999, of: 1_000_000).text == "99.9 %")
        #expect(ScanWords.share(0, of: 0).text == "0.0 %")
        #expect(ScanWords.share(1, of: 3).text == "33.3 %")
        #expect(ScanWords.share(2, of: 3).text == "66.7 %")
    }

    @Test func `CSV has a row for each tool and each kind of the rest`() {
        let lines = ScanCSV(ScanSamples.full).text.split(separator: "\r\n").map(String.init)
        #expect(lines.count == 1 + 8 + 3)
        #expect(
            lines[0] == "kind,id,vendor,inventory,entry,commits,definite,strong,weak,mangled,files,authors,first,"
                + "first_commit,last,last_commit,places,directories,people")
        let commits = (Samples.commit(1).hex, Samples.commit(2).hex)
        #expect(
            lines[1] == "agent,cursor,Anthropic,unregistered,,320,300,20,1,4,4096+,12,2026-11-20T09:00:00Z,"
                + "\(commits.0),2026-11-21T09:00:00Z,\(commits.1),\"trailer 300; author 21\","
                + #""Sources/ 12; <b>\x1b[31m\u{202e}""evil' 3","'=HYPERLINK(""x"") <<b>\x1b[31m\u{202e}""evil'> 7""#)
        #expect(lines[9] == "weak-only,,,,,7" + String(repeating: ",", count: 13))
        #expect(lines[10] == "no-evidence,,,,,642" + String(repeating: ",", count: 13))
        #expect(lines[11] == "malformed,,,,,7" + String(repeating: ",", count: 13))
    }

    @Test(
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("a=1", "a=1"), ("", ""),
            ("=\"x\",1", "\"'=\"\"x\"\",1\""), ("a,b", "\"a,b\""), ("\t=1", "\\x09=1"), ("\r\n=1", "\\x0d\\x0a=1"),
        ])
    func `a field begins no formula and stays one field`(value: String, field: String) {
        #expect(ScanCSV.field("\(plain: value)") == field)
    }

    @Test func `JSON says the same, and members keep their places`() {
        let text = ScanSamples.full.json.text
        #expect(text.hasPrefix(#"{"schema":"scan/v1","repository":"<b>\u001b[31m\u202e\"evil'","refs":{"selection":"#))
        #expect(
            text.contains(
                #""shallow_commits":2,"catalogue":"2026-11-21","authority":"\#(Samples.commit(9).hex)","#
                    + #""read_at":"2026-11-20T09:00:00Z","commits":{"total":1000,"agents":333,"assisted":5,"bots":6,"#
                    + #""weak":7,"no-evidence":642,"malformed":7,"several_agents":2,"merges":40,"undated":3,"#
                    + #""incomparable":1,"first":{"at":"2026-11-20T09:00:00Z","commit":"\#(Samples.commit(1).hex)"},"#))
        #expect(
            text.contains(
                #"{"id":"cursor","kind":"agent","vendor":"Anthropic","inventory":{"state":"unregistered","entry":null},"#
                    + #""commits":320,"definite":300,"strong":20,"weak":1,"mangled":4,"#
                    + #""places":{"trailer":300,"author":21},"#))
        #expect(text.contains(#""files":{"count":4096,"complete":false},"authors":{"count":12,"complete":true},"#))
        #expect(text.contains(#""inventory":{"state":"not-believed","entry":"devin","fault":"\u001b[31mbad"}"#))
        #expect(
            text.hasSuffix(
                #"{"month":"2025-12","commits":412,"agents":{"amp":9,"cursor":1},"several_agents":1,"assisted":0,"#
                    + #""bots":1,"weak":0,"no-evidence":400}]}"#))
    }
}
