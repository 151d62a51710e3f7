/// One thing that a tool leaves behind, and how surely it means the tool.
package struct Mark: Hashable, Sendable {
    /// Which of the three lines that hold an address.
    package struct Lines: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let author = Lines(rawValue: 1)
        package static let committer = Lines(rawValue: 2)
        package static let coAuthor = Lines(rawValue: 4)
        /// An address that only the tool uses is its mark on every line.
        package static let all: Lines = [.author, .committer, .coAuthor]
    }

    package enum Form: Hashable, Sendable {
        /// An exact address.
        case email(String, Lines)
        /// A GitHub account by its number; the login is for the pusher, and for people to read.
        case gitHub(UInt64, login: String, Lines)
        case name(Pattern, Lines)
        /// The value of a keyed line; the key in lower case.
        case value(key: String, Pattern)
        /// The address inside the value of a keyed line other than `Co-authored-by`.
        case valueEmail(key: String, String)
        /// `Generated with <label>`, or the same as a link, alone on its line.
        case footer(Footer)
        /// A line of the message.
        case line(Pattern)
        /// A ref: a branch without `refs/heads/`, any other ref in full.
        case ref(Pattern)
        /// The account that pushed.
        case pusher(Pattern)
        case key(String)
    }

    package let form: Form
    package let confidence: Confidence

    package init(form: Form, confidence: Confidence) {
        self.form = form
        self.confidence = confidence
    }
}

/// A `Generated with …` line.
package struct Footer: Hashable, Sendable {
    package enum Lead: Hashable, Sendable {
        case any
        /// An emoji or other ornament must stand before it.
        case ornament
    }

    package let label: String
    /// The link that must follow, or `nil` for any and none.
    package let link: String?
    package let lead: Lead

    package init(label: String, link: String?, lead: Lead) {
        self.label = label
        self.link = link
        self.lead = lead
    }
}
