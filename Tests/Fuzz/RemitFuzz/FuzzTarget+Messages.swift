import RemitFormats
import RemitModel

extension FuzzTarget {
    static let messages = [message, trailers, delegations]

    private static let seeds = [
        "Title\n\nBody\n\nCo-Authored-By: Claude <noreply@anthropic.com>\nDelegation: sha256:0123456789ab\n",
        "Title\n\nSigned-off-by: A <a@example.org>\n(cherry picked from commit 1234)\n  folded\nnot a trailer\n",
        "Title\r\n\r\nDelegation : 0123456789ab\r\n# comment\r\n\n\n",
        "\u{1B}[0m\u{200B}Delegation: x\n---\nKey: value\n",
    ]

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
