extension HistoryScan {
    /// What one tool left in the history.
    package struct Tool: Hashable, Sendable {
        package let id: String
        package let kind: MarkKind
        /// Who makes it; `nil` where nobody says so.
        package let vendor: String?
        /// `nil` for what is no agent, and where no inventory was asked.
        package let registration: Registration?
        /// Commits whose surest mark of the tool is `definite`, `strong` or `weak`.
        package let definite: Int
        package let strong: Int
        package let weak: Int
        /// Commits with a mark of the tool that is mangled.
        package let mangled: Int
        /// In how many commits a mark of the tool stands at which place, most first.
        package let places: [(place: MarkPlace, commits: Int)]
        /// Of its commits that are sure, and of the others where there is none.
        package let span: Span
        /// Distinct paths in its commits that are sure and no merges; `nil` for what is no agent, and where there is none.
        package let files: Count?
        /// Distinct addresses of authors.
        package let authors: Count
        /// The authors of most of its commits, as many as were asked for.
        package let people: [Person]
        /// The directories at the top that most of its commits touch; `.` stands for files beside them.
        package let directories: [(name: ByteString, commits: Int)]

        package init(
            id: String, kind: MarkKind, vendor: String?, registration: Registration?, definite: Int, strong: Int,
            weak: Int, mangled: Int, places: [(place: MarkPlace, commits: Int)], span: Span, files: Count?,
            authors: Count, people: [Person], directories: [(name: ByteString, commits: Int)]
        ) {
            self.id = id
            self.kind = kind
            self.vendor = vendor
            self.registration = registration
            self.definite = definite
            self.strong = strong
            self.weak = weak
            self.mangled = mangled
            self.places = places
            self.span = span
            self.files = files
            self.authors = authors
            self.people = people
            self.directories = directories
        }

        /// Commits with a mark of the tool that is `strong` or better.
        package var commits: Int { definite + strong }

        package static func == (left: Tool, right: Tool) -> Bool {
            (left.id, left.kind, left.vendor, left.registration, left.span, left.files)
                == (right.id, right.kind, right.vendor, right.registration, right.span, right.files)
                && (left.definite, left.strong, left.weak, left.mangled)
                    == (right.definite, right.strong, right.weak, right.mangled)
                && left.authors == right.authors && left.people == right.people
                && left.places.elementsEqual(right.places, by: ==)
                && left.directories.elementsEqual(right.directories, by: ==)
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(id)
            hasher.combine(kind)
        }
    }

    /// How many distinct things there are; where not all could be told apart any more, at least so many.
    package struct Count: Hashable, Sendable {
        package let number: Int
        package let isComplete: Bool

        package init(_ number: Int, isComplete: Bool = true) {
            self.number = number
            self.isComplete = isComplete
        }
    }

    /// Somebody who is named as author.
    package struct Person: Hashable, Sendable {
        package let name: ByteString
        package let email: ByteString
        package let commits: Int

        package init(name: ByteString, email: ByteString, commits: Int) {
            self.name = name
            self.email = email
            self.commits = commits
        }
    }

    /// What the inventory says to a mark.
    package enum Registration: Hashable, Sendable {
        /// No entry answers for it.
        case unregistered
        /// An entry that servers do not believe, and why.
        case notBelieved(String, because: String)
        case retired(String)
        case suspended(String)
        case overdue(String)
        case active(String)

        /// One word.
        package var word: String {
            switch self {
            case .unregistered: "unregistered"
            case .notBelieved: "not-believed"
            case .retired: "retired"
            case .suspended: "suspended"
            case .overdue: "review-overdue"
            case .active: "active"
            }
        }

        /// The entry that answers for the mark.
        package var entry: String? {
            switch self {
            case .unregistered: nil
            case .notBelieved(let id, _), .retired(let id), .suspended(let id), .overdue(let id), .active(let id): id
            }
        }

        /// The most pressing first.
        package var rank: Int {
            switch self {
            case .unregistered: 0
            case .notBelieved: 1
            case .retired: 2
            case .suspended: 3
            case .overdue: 4
            case .active: 5
            }
        }
    }

    /// The commits of one month by kind; each is counted once.
    package struct Month: Hashable, Sendable {
        /// Months since January of the year 0.
        package let number: Int
        /// Commits of one agent alone, by its id.
        package let agents: [String: Int]
        package let several: Int
        package let assisted: Int
        package let bots: Int
        package let weak: Int
        package let noEvidence: Int

        package init(
            number: Int, agents: [String: Int], several: Int, assisted: Int, bots: Int, weak: Int, noEvidence: Int
        ) {
            self.number = number
            self.agents = agents
            self.several = several
            self.assisted = assisted
            self.bots = bots
            self.weak = weak
            self.noEvidence = noEvidence
        }

        /// Of agents, one or several.
        package var agentCommits: Int { agents.values.reduce(several, +) }
        package var total: Int { agentCommits + assisted + bots + weak + noEvidence }

        /// `2026-11`.
        package var name: String { Self.name(of: number) }

        package static func name(of number: Int) -> String {
            let (year, month) = number.quotientAndRemainder(dividingBy: 12)
            let text = String(year)
            return String(repeating: "0", count: max(0, 4 - text.count)) + text + (month < 9 ? "-0" : "-")
                + "\(month + 1)"
        }

        /// The month of a moment in UTC; `nil` before 1970 and after 2199, which no clock of a committer can show.
        package static func number(of moment: Instant) -> Int? {
            guard (0..<7_258_118_400).contains(moment.seconds) else { return nil }
            let (year, month, _) = moment.date
            return Int(year * 12 + month - 1)
        }
    }
}
