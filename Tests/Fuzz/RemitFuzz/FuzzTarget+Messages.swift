import RemitAttribution
import RemitFormats
import RemitModel

extension FuzzTarget {
    static let messages = [message, trailers, delegations, marks]

    private static let seeds = [
        "Title\n\nBody\n\nCo-Authored-By: Claude <noreply@anthropic.com>\nDelegation: sha256:0123456789ab\n",
        "Title\n\nSigned-off-by: A <a@example.org>\n(cherry picked from commit 1234)\n  folded\nnot a trailer\n",
        "Title\r\n\r\nDelegation : 0123456789ab\r\n# comment\r\n\n\n",
        "\u{1B}[0m\u{200B}Delegation: x\n---\nKey: value\n",
    ]

    private static let marked = [
        #"feat: a\n\nCo-authored-by: openhands <openhands@all-hands.dev>\n"#,
        "Adds 16 tests. Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>",
        "t\n\n│ Co-authored-by: Claude <noreply@anthropic.com> │\n“Co–аuthored-by:\u{200B} Claude <noreply@anthropic.com>\n",
        "aider: x\n\nUSER: y\nASSISTANT: z\nAssited-by: Claude via Crush <crush@charm.land\nAssisted by Claude Code.\n",
        "t\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\nS: https://claude.ai/code/session_1\n",
    ]

    private static let marks = FuzzTarget("message-marks", seeds: seeds + marked) { bytes in
        let someone = Identity(name: "A", email: "a@example.org", seconds: 0, zone: "+0000")
        let commit = RawCommit(
            tree: ObjectID(head: 0, middle: 0, tail: 0), parents: [], author: someone, committer: someone,
            signature: nil,
            signedBytes: [], message: bytes)
        let scan = MarkCatalogue.builtIn.scan(commit)
        require(scan == MarkCatalogue.builtIn.scan(commit), "a message is read in one way")
        for list in [scan.agents, scan.assistants, scan.bots] {
            require(list.count <= MarkScan.maximumEvidence + 128, "evidence is bounded")
        }
        for evidence in scan.evidence {
            require(evidence.excerpt.bytes.count <= 200, "an excerpt is bounded")
            require(evidence.malformation == nil || evidence.confidence <= .strong, "what is mangled is never definite")
            require(evidence.strength == .declared, "a message is a claim")
        }
    }

    private static let message = FuzzTarget("message-lines", seeds: seeds) { bytes in
        for line in MessageLines(bytes) {
            require(line.startIndex >= 0 && line.endIndex <= bytes.count, "a line lies inside the message")
            require(line.count <= MessageLines.maximumLength, "a line is bounded")
            _ = KeyedLine(line)
        }
        _ = KeyedLine.all(in: bytes)
    }

    private static let trailers = FuzzTarget("trailers", seeds: seeds) { bytes in
        let block = Trailers.block(of: bytes)
        require(block.map { $0.upperBound <= bytes.count && !$0.isEmpty } != false, "the block is part of the message")
        let parsed = Trailers.parse(bytes)
        require(block != nil || parsed.isEmpty, "trailers stand in the block")
    }

    private static let delegations = FuzzTarget("delegation-lines", seeds: seeds) { bytes in
        let lines = DelegationLines(in: bytes)
        require(lines.named.count <= DelegationLines.maximumValues, "names are bounded")
        require(lines.malformed.count <= DelegationLines.maximumValues, "malformed names are bounded")
        require(Set(lines.named).count == lines.named.count, "names are distinct")
    }
}
