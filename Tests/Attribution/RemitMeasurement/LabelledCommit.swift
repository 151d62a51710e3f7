/// One line of `labels.tsv`: a public commit, and what is known of who wrote it.
package struct LabelledCommit: Sendable, Hashable {
    /// `owner/name`.
    package let repository: String
    /// Its id, 40 hexadecimal digits.
    package let commit: String
    /// An agent's id, `bot`, or `human`, which means that there is no evidence of an agent.
    package let label: String
    package let stratum: Stratum

    package struct Fault: Error, Hashable {
        /// Counted from 1.
        package let line: Int
        package let reason: String

        package init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }
    }

    /// The first line of a list.
    package static let heading = "repository\tcommit\tlabel\tstratum"

    package static func list(_ text: String) throws(Fault) -> [LabelledCommit] {
        var list: [LabelledCommit] = []
        var seen: Set<String> = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            if number == 0 {
                guard line == heading else { throw Fault(line: 1, reason: "the heading is not '\(heading)'") }
                continue
            }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4 else { throw Fault(line: number + 1, reason: "not four fields") }
            guard let stratum = Stratum(rawValue: fields[3]) else {
                throw Fault(line: number + 1, reason: "no stratum is called '\(fields[3])'")
            }
            guard seen.insert(fields[1]).inserted else {
                throw Fault(line: number + 1, reason: "the commit is listed twice")
            }
            list.append(
                LabelledCommit(repository: fields[0], commit: fields[1], label: fields[2], stratum: stratum))
        }
        return list
    }
}

/// What kind of evidence a commit's own bytes hold, as read by a program of another make and by eye: not by the scanner
/// that is measured.
package enum Stratum: String, Sendable, Hashable, CaseIterable {
    /// Author or committer is the agent's.
    case identity
    /// A keyed line names it: co-author, convention, session.
    case trailer
    /// A `Generated with …` line, a bare session link, a transcript.
    case footer
    /// A mark that was mangled.
    case malformed
    /// Nothing but the key that signed.
    case keyOnly = "key-only"
    /// The label comes from outside the commit; its own bytes name another tool.
    case otherSource = "other-source"
    /// A person's own words say that the tool took part.
    case mention
    /// The label comes from outside the commit, whose own bytes say nothing: a git-ai note, a pull request before its
    /// squash, a branch's name.
    case nothing
    case person
    case bot

    package var isAgents: Bool { self != .person && self != .bot }

    /// Whether the commit's own bytes name the agent of the label.
    package var holdsEvidence: Bool {
        switch self {
        case .identity, .trailer, .footer, .malformed, .keyOnly: true
        case .otherSource, .mention, .nothing, .person, .bot: false
        }
    }

    /// As the table calls it.
    package var title: String {
        switch self {
        case .identity: "author or committer"
        case .trailer: "trailer or other keyed line"
        case .footer: "footer, bare session link, transcript"
        case .malformed: "mangled mark"
        case .keyOnly: "signing key alone"
        case .otherSource: "bytes name another tool than the label"
        case .mention: "a person's words about the tool"
        case .nothing: "nothing in its bytes"
        case .person: "person"
        case .bot: "bot"
        }
    }
}
