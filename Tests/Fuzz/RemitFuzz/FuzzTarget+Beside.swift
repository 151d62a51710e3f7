import RemitFormats
import RemitModel

/// What lies beside commits and says who wrote them.
extension FuzzTarget {
    static let beside = [authorshipLog, agentTrace]

    private static let authorshipLog = FuzzTarget(
        "authorship-log",
        seeds: [
            "a\n  s_00112233445566::t_0123456789abcd 1-3,7\n  h_00112233445566 9\n\"b c\"\n  0123456789abcdef 1\n---\n"
                + #"{"schema_version":"authorship/3.0.0","prompts":{"0123456789abcdef":{"agent_id":{"tool":"amp"}}},"#
                + #""sessions":{"s_00112233445566":{"agent_id":{"tool":"codex","id":"1","model":"m"}}}}"#,
            "---\n" + #"{"schema_version":"authorship/3.0.0","prompts":{},"cost":0.5}"#,
        ]
    ) { bytes in
        do throws(RecordBesideError) {
            check(try AuthorshipLog.parse(bytes))
        } catch {
            require(!error.reason.isEmpty, "a fault has a reason")
        }
    }

    private static let agentTrace: FuzzTarget = {
        let range = #"{"start_line":1,"end_line":2,"contributor":{"type":"human"}},{"start_line":3,"end_line":9}"#
        let record =
            #"{"version":"0.1.0","vcs":{"type":"git","revision":"0123456789abcdef0123456789abcdef01234567"},"tool":"#
            + #"{"name":"cursor"},"files":[{"path":"a","conversations":[{"contributor":{"type":"ai"},"ranges":["#
            + range + #"]}]}],"metadata":{"c":0.9}}"#
        return FuzzTarget("agent-trace", seeds: [record, "[\(record),1]", "\(record)\n{}\n\(record)\n"]) { bytes in
            for record in AgentTrace.parse(bytes).records { check(record.lines) }
        }
    }()

    private static func check(_ lines: AttestedLines) {
        require(lines.shares.count <= AttestedLines.maximumShares, "tools are bounded")
        require(lines.personLines >= 0, "lines are counted")
        for share in lines.shares {
            require(share.lines > 0, "a tool has lines")
            require(share.tool?.isEmpty != true, "a tool has a name or none")
            require(share.shown.bytes.count <= AttestedLines.shownByteCount, "what is shown is bounded")
        }
    }
}
