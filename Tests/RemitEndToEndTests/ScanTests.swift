import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The built `remit scan`: what it tells in each form, and what it says where it cannot.
@Suite struct ScanTests {
    @Test func `the table tells agents, assistants, bots and the rest apart`() throws {
        #expect(
            try ScanScene.story().table() == """
                history of REPOSITORY
                8 commits on 4 branches and tags
                committers claim 2026-11-20 to 2027-01-02
                inventory: none was asked; name one with --authority

                agents                  4   50.0 %
                bots                    1   12.5 %
                weak marks only         1   12.5 %
                no-evidence             1   12.5 %
                malformed               1   12.5 %

                AGENT                       COMMITS   FILES  AUTHORS  FIRST       LAST        VENDOR
                claude-code                       2       2        2  2026-11-21  2026-12-30  Anthropic
                  definite 2; by author 1, trailer 1
                  latest e9a3fa190031; mostly in Sources/ 2, Tests/ 1
                cursor                            2       1        1  2026-11-22  2026-12-31  Anysphere
                  definite 2; by trailer 2
                  latest 72d17bc5acff; mostly in Sources/ 1

                ASSISTANT OR BOT            COMMITS   FILES  AUTHORS  FIRST       LAST        KIND
                dependabot                        1                1  2027-01-01  2027-01-01  bot
                  definite 1; by author 1
                  latest 172f41be2c53

                WEAK MARKS ONLY             COMMITS   FILES  AUTHORS  FIRST       LAST        VENDOR
                codex-cloud                       1                1  2027-01-02  2027-01-02  OpenAI
                  weak 1; by ref 1
                  latest ac16e1bc03dd

                MONTH     COMMITS   AGENTS    SHARE  = agents, . all others
                2026-11         3        2   66.7 %  ========================================....................
                2026-12         2        2  100.0 %  ========================================
                2027-01         2        0    0.0 %  ........................................

                malformed: commit c3856293def0: two author headers
                """)
    }

    @Test func `JSON, CSV and HTML say the same`() throws {
        let scene = try ScanScene.story()
        let json = try scene.json()
        #expect(json.schema == "scan/v1")
        #expect(json.tools.map(\.id) == ["claude-code", "cursor", "codex-cloud", "dependabot"])
        #expect((json.commits.total, json.commits.agents, json.commits.bots, json.commits.weak) == (8, 4, 1, 1))
        #expect((json.commits.noEvidence, json.commits.malformed, json.commits.merges) == (1, 1, 1))
        let csv = try scene.attempt(["--format", "csv"])
        let rows = csv.text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.dropFirst().map { $0[1] } == ["claude-code", "cursor", "codex-cloud", "dependabot", "", "", ""])
        #expect(rows.dropFirst().map { $0[5] } == ["2", "2", "0", "1", "1", "1", "1"])
        let page = try scene.attempt(["--format", "html"])
        #expect(page.text.hasPrefix("<!DOCTYPE html>"))
    }

    @Test func `a work tree is read as well as a bare repository, from any directory in it`() throws {
        let scene = try ScanScene(bare: false)
        try scene.repository.commit(["a/b": "1\n"], author: ScanScene.claude)
        _ = try scene.repository.directory.write("x", to: "repository/a/b")
        let inside = try scene.attempt(["--format", "json"], path: scene.repository.path + "/a")
        let outside = try scene.attempt(["--format", "json"])
        #expect(inside.status == 0 && outside.status == 0, "\(inside.errorText)\(outside.errorText)")
        #expect(inside.text.contains(#""id":"claude-code""#))
    }

    @Test func `--ref reads what that ref reaches, --all what any does`() throws {
        let scene = try ScanScene.story()
        let test = scene.repository
        try test.commit(["x": "1\n"], on: "refs/pull/1/head", parents: [], author: ScanScene.claude)
        #expect(try scene.json(["--ref", "refs/heads/side"]).commits.total == 2)
        #expect(try scene.json(["--ref", "HEAD"]).commits.total == 6)
        #expect(try scene.json().commits.total == 8)
        #expect(try scene.json(["--all"]).commits.total == 9)
    }

    @Test func `a note of a tool that attests lines makes the commit its agent's`() throws {
        let scene = try ScanScene()
        let test = scene.repository
        let commit = try test.commit(["a": "1\n"])
        let log = """
            a
              s_0123456789abcd::t_0123456789abcd 1
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"","prompts":{},"sessions":{"s_0123456789abcd":\
            {"agent_id":{"tool":"codex","id":"1","model":"gpt"}}}}
            """
        #expect(try scene.json().tools.isEmpty)
        try test.git(["notes", "--ref=ai", "add", "-m", log, commit.hex])
        let json = try scene.json()
        #expect(json.tools.map(\.id) == ["codex-cli"])
        #expect(json.commits.agents == 1)
    }

    @Test func `the name of a branch is a weak mark of what it alone leads to`() throws {
        let scene = try ScanScene()
        let test = scene.repository
        let base = try test.commit(["a": "1\n"])
        let merged = try test.commit(["b": "1\n"], on: "refs/heads/codex/b", parents: [base])
        try test.setRef("refs/heads/main", to: merged)
        #expect(try scene.json().tools.isEmpty)
        try test.commit(["c": "1\n"], on: "refs/heads/codex/b")
        let own = try scene.json()
        #expect(own.tools.map { "\($0.id) \($0.commits) \($0.weak) \($0.places)" } == [#"codex-cloud 0 1 ["ref": 1]"#])
        #expect((own.commits.agents, own.commits.weak, own.commits.noEvidence) == (0, 1, 2))
        // Alone, nothing says from where the branch goes out.
        #expect(try scene.json(["--ref", "refs/heads/codex/b"]).tools.isEmpty)
    }

    // MARK: Inventory and keys

    @Test func `the inventory says who is registered, and who may not act`() throws {
        let authority = try TestAuthority()
        try authority.register("helper") {
            $0.vendor = "In-house"
            $0.identities = ["email:helper@example.org"]
            $0.marks = ["helper", "codex-cli"]
        }
        try authority.register("devin") { $0.status = "retired" }
        try authority.register("amp") { $0.reviewBy = authority.now.adding(seconds: -60) }
        try authority.revoke(.agent("helper"))
        let scene = try ScanScene()
        for (name, email) in [
            ("Claude", "noreply@anthropic.com"), ("Helper", "helper@example.org"), ("Codex", "codex@openai.com"),
            ("Devin", "158243242+devin-ai-integration[bot]@users.noreply.github.com"), ("Amp", "amp@ampcode.com"),
            ("Cursor", "cursoragent@cursor.com"),
        ] { try scene.repository.commit(["\(name)": "1\n"], author: TestIdentity(name, email), committer: .dana) }
        let json = try scene.json(["--authority", authority.path])
        #expect(
            json.tools.map { "\($0.id) \($0.vendor ?? "") \($0.inventory?.state ?? "") \($0.inventory?.entry ?? "")" }
                == [
                    "cursor Anysphere unregistered ", "devin Cognition retired devin",
                    "codex-cli OpenAI suspended helper", "helper In-house suspended helper",
                    "amp Sourcegraph review-overdue amp", "claude-code Anthropic active claude-code",
                ])
        let table = try scene.table([], environment: ["REMIT_AUTHORITY": authority.path])
        #expect(table.contains("\ninventory: the authority at commit "))
        #expect(
            table.hasSuffix(
                "\n\nnot in the inventory: cursor\nin the inventory, and may not act: devin, codex-cli, helper, amp"))
        #expect(table.contains("\n  entry helper answers for it\n"))
        // A server's repository names its authority itself.
        try scene.repository.git("config", "remit.authority", authority.path)
        #expect(try scene.json().tool("cursor")?.inventory?.state == "unregistered")
    }

    @Test func `a key counts where it is known and its signature is good`() throws {
        let authority = try TestAuthority()
        let task = try authority.delegate().taskKey
        let own = try SSHKey(named: "own", in: authority.keys)
        let stranger = try SSHKey(named: "stranger", in: authority.keys)
        let fingerprint = try own.fingerprint()
        try authority.register("helper") { $0.identities = ["key:\(fingerprint)"] }
        let scene = try ScanScene()
        let test = scene.repository
        let tree = try test.writeTree([])
        for (number, key) in [task, own, stranger].enumerated() {
            let commit = try test.commitTree(tree, message: "\(number)\n", signedBy: key)
            try test.setRef("refs/heads/\(number)", to: commit)
            // The same signature over something else.
            let bytes = try test.git("cat-file", "commit", commit.hex).stdout + Array("more\n".utf8)
            try test.setRef("refs/heads/forged-\(number)", to: test.write("commit", bytes))
        }
        let json = try scene.json(["--authority", authority.path])
        #expect(
            json.tools.map { "\($0.id) \($0.commits) \($0.places)" }.sorted() == [
                #"claude-code 1 ["signing-key": 1]"#, #"helper 1 ["signing-key": 1]"#,
            ])
        #expect(json.commits.noEvidence == 4)
    }

    // MARK: Hostile content

    @Test func `nothing that a commit says steers a terminal, a spreadsheet or a page`() throws {
        let scene = try ScanScene()
        let test = scene.repository
        let tree = try test.git(["mktree", "-z"]).text
        let blob = try test.write("blob", "x".utf8)
        let odd = try test.writeTree([("100644", Array("=cmd|' /C calc'!A1".utf8), blob)])
        let nasty = try test.writeTree([("40000", Array("\u{1B}[31m<script>alert(1)</script>".utf8), odd)])
        for (number, name) in [
            "=HYPERLINK(\"https://e.test\")", "\u{1B}[2J\u{1B}]0;owned\u{7}", "<img src=x onerror=alert(1)>",
            "\u{202E}evil",
            String(repeating: "long ", count: 200_000),
        ].enumerated() {
            let text = """
                tree \(number == 0 ? nasty.hex : tree)
                author \(name) <p\(number)@example.org> 1795165200 +0000
                committer Dana <dana@example.org> 1795165200 +0000

                x

                Co-authored-by: Cursor <cursoragent@cursor.com>

                """
            try test.setRef("refs/heads/\(number)", to: test.write("commit", Array(text.utf8)))
        }
        for format in ["table", "json", "csv", "html"] {
            let output = try scene.attempt(["--format", format, "--people", "9"])
            #expect(output.status == 0, "\(output.errorText)")
            #expect(!output.stdout.contains(0x1B) && !output.stdout.contains(0x07) && !output.text.contains("\u{202E}"))
            #expect(output.stdout.count < 40_000, "\(format)")
            #expect(!output.text.contains("<img src=x") || format != "html")
            if format == "csv" {
                for line in output.text.split(separator: "\r\n") {
                    for field in line.split(separator: ",") {
                        #expect(!["=", "+", "-", "@"].contains { field.hasPrefix($0) || field.hasPrefix("\"" + $0) })
                    }
                }
            }
            if format == "table" {
                #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
            }
        }
        #expect(try scene.json().tool("cursor")?.authors.count == 4)
    }

    // MARK: What is not whole

    @Test func `a shallow clone is told of as far as it goes`() throws {
        let scene = try ScanScene.story()
        let clone = try ScanScene()
        try clone.repository.git(
            "fetch", "-q", "--depth", "2", "file://\(scene.repository.path)", "refs/heads/main:refs/heads/main")
        let table = try clone.table()
        #expect(
            table.contains("\n3 commits on 1 branch or tag\n") || table.contains("\n2 commits on 1 branch or tag\n"))
        #expect(
            table.contains(
                """
                the clone is shallow: 1 commit has parents that are not here, so this tells of what is here only;
                files are not counted where it is cut
                """))
        #expect(try clone.json().shallow_commits == 1)
    }

    @Test func `a commit or tree that is missing is named, and nothing is told`() throws {
        for kind in ["commit", "tree"] {
            let scene = try ScanScene()
            let first = try scene.repository.commit(["a": "1\n"], author: ScanScene.claude)
            try scene.repository.commit(["a": "2\n"], author: ScanScene.claude)
            let id = kind == "commit" ? first : try scene.repository.resolve("\(first.hex)^{tree}")
            // So few objects stand each in a file of its own.
            try FileManager.default.removeItem(
                atPath: "\(scene.repository.path)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))")
            let output = try scene.attempt()
            #expect(output.status == 2 && output.stdout.isEmpty)
            #expect(
                output.errorText
                    == "remit: error: the history cannot be read: object not found - no match for id (\(id.hex))\n",
                "\(kind)")
        }
    }

    @Test func `what cannot be read is said in clear words`() throws {
        let partial = try ScanScene()
        try partial.repository.git("config", "remote.origin.promisor", "true")
        let sha256 = try TestRepository(arguments: ["--object-format=sha256"])
        let empty = try ScanScene()
        let story = try ScanScene.story()
        for (output, status, words) in [
            (
                try partial.attempt(), 2,
                "cannot open the repository 'PATH': the clone is partial (remote.origin.promisor is set): objects may "
                    + "be missing; make a full clone, without --filter"
            ),
            (
                try empty.attempt(path: sha256.path), 2,
                "cannot open the repository 'SHA256': object format 'sha256' is not supported: use a repository made "
                    + "with --object-format=sha1"
            ),
            (
                try empty.attempt(), 2,
                "there is nothing to read in 'PATH': no branch or tag leads to a commit\n"
                    + "remit: hint: --all reads every ref"
            ),
            (try empty.attempt(["--all"]), 2, "there is nothing to read in 'PATH': no ref leads to a commit"),
            (
                try empty.attempt(path: "/nowhere"), 2,
                "cannot open the repository '/nowhere': no such directory: /nowhere"
            ),
            (
                try story.attempt(["--ref", "main"]), 64,
                "there is no ref 'main'\nremit: hint: a ref is named in full, such as 'refs/heads/main'"
            ),
            (try story.attempt(["--ref", "HEAD", "--all"]), 64, "--all and --ref exclude each other"),
            (
                try story.attempt(["--since", "2026-11-20", "--until", "2026-11-20"]), 64,
                "--since 2026-11-20T00:00:00Z is not before --until 2026-11-20T00:00:00Z"
            ),
            (
                try story.attempt(["--people", "0"]), 64,
                "The value '0' is invalid for '--people <number>': must be a whole number from 1 to 100\n"
                    + "remit: hint: 'remit scan --help' shows the usage"
            ),
            (
                try story.attempt(["--authority", "/nowhere"]), 2,
                "'/nowhere' is not a git repository\nremit: hint: clone the authority, or make one with 'remit init'"
            ),
        ] as [(Output, Int32, String)] {
            let paths = [partial, empty, story].map(\.repository.path)
            let said = paths.reduce(output.errorText) { $0.replacing($1, with: "PATH") }
                .replacing(sha256.path, with: "SHA256")
            #expect(output.status == status && output.stdout.isEmpty)
            #expect(said == "remit: error: \(words)\n")
        }
    }

    // MARK: Where it is written

    @Test func `a file is written whole, for its owner alone, or not at all`() throws {
        let scene = try ScanScene.story()
        let file = scene.repository.directory.path + "/scan.csv"
        let written = try scene.attempt(["--format", "csv", "-o", file])
        #expect(written.status == 0 && written.stdout.isEmpty && written.stderr.isEmpty)
        #expect(try readFile(file) == scene.attempt(["--format", "csv"]).stdout)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let before = try FileManager.default.contentsOfDirectory(atPath: scene.repository.directory.path)
        let refused = try scene.attempt(["--ref", "refs/heads/none", "-o", file])
        #expect(refused.status == 64)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scene.repository.directory.path) == before)
        #expect(try readFile(file) == scene.attempt(["--format", "csv"]).stdout)
        let directory = try scene.attempt(["-o", scene.repository.directory.path])
        #expect(directory.status == 64)
        #expect(
            directory.errorText == """
                remit: error: '\(scene.repository.directory.path)' is not a file
                remit: hint: name a new file, or leave it out for standard output

                """)
    }

    /// `RECORD=1 swift test --filter ScanTests` writes it anew.
    @Test func `README shows what a scan says`() throws {
        let scene = try ScanScene.story()
        let path = repositoryRoot() + "/README.md"
        let readme = String(decoding: try readFile(path), as: UTF8.self)
        let (opening, closing) = ("<!-- scan -->\n```console\n", "```\n<!-- /scan -->")
        let start = try #require(readme.range(of: opening)).upperBound
        let end = try #require(readme.range(of: closing)).lowerBound
        let said =
            "$ remit scan /srv/git/payments.git\n"
            + (try scene.attempt()).text.replacing(scene.repository.gitDirectory, with: "/srv/git/payments.git") + "\n"
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try writeFile(Array((readme[..<start] + said + readme[end...]).utf8), to: path)
            return
        }
        #expect(readme[start..<end] == said)
    }
}
