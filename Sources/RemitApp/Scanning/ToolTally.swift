import RemitFormats
import RemitModel

/// What one tool left behind, counted commit by commit.
struct ToolTally {
    /// How much of an author's name and address is kept, in bytes: both come from commits of any length.
    static let identityAtMost = 200
    /// Git's own bound on the name of a file, on most systems.
    private static let nameAtMost = 255
    /// Directories that a report shows.
    private static let directoriesAtMost = 5

    private var (definite, strong, weak, mangled) = (0, 0, 0, 0)
    private var places: [MarkPlace: Int] = [:]
    private var (sure, unsure): (HistoryScan.Span?, HistoryScan.Span?)
    private var authors = BoundedCounts()
    private var names: [ByteString: ByteString] = [:]
    private var directories = BoundedCounts()
    /// Hashes of 64 bits with a seed of their own in each run: nobody can choose paths that are taken for one.
    private var paths: Set<Int> = []
    private var hasAllPaths = true

    /// Counts a commit with marks of the tool.
    mutating func add(_ id: ObjectID, _ commit: RawCommit, _ marks: [Evidence]) {
        let moment = Instant(seconds: commit.committer.seconds)
        switch marks.map(\.confidence).max() {
        case .definite: definite += 1
        case .strong: strong += 1
        case .weak, nil: weak += 1
        }
        if marks.contains(where: { $0.confidence >= .strong }) {
            Self.extend(&sure, by: id, at: moment)
        } else {
            Self.extend(&unsure, by: id, at: moment)
        }
        if marks.contains(where: { $0.malformation != nil }) { mangled += 1 }
        for place in Set(marks.map(\.place)) { places[place, default: 0] += 1 }
        let email = ByteString(commit.author.email.bytes.prefix(Self.identityAtMost))
        let key = ByteString(email.bytes.map(\.foldedASCII))
        authors.add(key)
        if names[key] == nil, names.count < BoundedCounts.keysAtMost {
            names[key] = ByteString(commit.author.name.bytes.prefix(Self.identityAtMost))
        }
    }

    /// Counts the paths that one of its commits changes.
    mutating func add(_ paths: ChangedPaths, room: inout Int) {
        for directory in paths.directories { directories.add(ByteString(directory.bytes.prefix(Self.nameAtMost))) }
        for hash in paths.hashes where !self.paths.contains(hash) {
            guard room > 0 else {
                hasAllPaths = false
                break
            }
            self.paths.insert(hash)
            room -= 1
        }
    }

    func tool(
        _ id: String, _ kind: MarkKind, vendor: String?, registration: HistoryScan.Registration?, people: Int
    ) -> HistoryScan.Tool? {
        guard let span = sure ?? unsure else { return nil }
        return HistoryScan.Tool(
            id: id, kind: kind, vendor: vendor, registration: registration, definite: definite, strong: strong,
            weak: weak, mangled: mangled,
            places: places.map { (place: $0.key, commits: $0.value) }
                .sorted { ($1.commits, $0.place.rawValue) < ($0.commits, $1.place.rawValue) },
            span: span,
            files: kind == .agent && sure != nil ? HistoryScan.Count(paths.count, isComplete: hasAllPaths) : nil,
            authors: authors.distinct,
            people: authors.most(people).map {
                HistoryScan.Person(name: names[$0.key] ?? "", email: $0.key, commits: $0.count)
            }, directories: directories.most(Self.directoriesAtMost).map { (name: $0.key, commits: $0.count) })
    }

    private static func extend(_ span: inout HistoryScan.Span?, by id: ObjectID, at moment: Instant) {
        if span == nil { span = HistoryScan.Span(id, at: moment) } else { span?.add(id, at: moment) }
    }
}

/// The paths that a commit changes, as far as a scan counts them.
struct ChangedPaths {
    private(set) var hashes: [Int] = []
    /// The directories at the top in which they lie; `.` for those that lie beside them.
    private(set) var directories: Set<ByteString> = []

    mutating func add(_ path: ByteString) {
        var hasher = Hasher()
        unsafe path.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        hashes.append(hasher.finalize())
        if let slash = path.bytes.firstIndex(of: UInt8(ascii: "/")) {
            directories.insert(ByteString(path.bytes[...slash]))
        } else {
            directories.insert(".")
        }
    }
}
