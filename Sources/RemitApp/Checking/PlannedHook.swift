import RemitHosts
import RemitReport

/// A hook that can be put into place: what lies there has been looked at, and nothing been written yet.
struct PlannedHook {
    let place: HookPlace
    let shim: HookShim
    private let existing: Existing

    private enum Existing {
        case none
        /// Ours, with another's behind it.
        case chained
        case foreign
        /// Another's, which an installation that did not come to its end has given its second name already.
        case kept
        /// A link to a file of ours, which serves other repositories too.
        case shared
    }

    init(at place: HookPlace, program: String, chain: Bool) throws(AppError) {
        existing = try Self.existing(at: place, chain: chain)
        self.place = place
        shim = HookShim(
            place.hook, program: program, isChained: existing != .none && existing != .shared,
            site: try Self.present(at: place)?.site)
    }

    /// Where the link leads that stands in for a hook of this repository's own.
    var shared: String? { existing == .shared ? FileState.link(at: place.path) : nil }

    private static func existing(at place: HookPlace, chain: Bool) throws(AppError) -> Existing {
        let path = place.path
        let target = FileState.link(at: path)
        let state = FileState(of: path)
        switch state {
        case .missing:
            // Whoever took ours away left the older one where we had put it.
            return FileState(of: place.chainedPath) == .missing ? .none : .chained
        case .file:
            let bytes = try Files.read(path, limit: ServerRepository.hookByteCount)
            guard let shim = HookShim(bytes, of: place.hook) else { break }
            guard target == nil else { return .shared }
            return shim.isChained ? .chained : .none
        case .danglingLink, .directory, .other: break
        }
        guard place.isRunByGit else {
            throw AppError("'\(path)' is there already and is not Remit's", hint: "move it away, then install again")
        }
        if place.host == .gitolite, let target {
            throw AppError(
                "'\(path)' is a link to '\(target)', which gitolite puts into every repository",
                hint: "its next 'gitolite setup' would put the link back in the place of Remit's hook: see "
                    + "hooks/README.md, 'Install on gitolite'")
        }
        guard chain else {
            let what = target.map { "is a link to '\($0)' already" } ?? "is there already"
            throw AppError(
                "'\(path)' \(what) and is not Remit's",
                hint: "keep it and run it after Remit with --chain, or move it away")
        }
        try check(state, at: path)
        if FileState.areOne(path, place.chainedPath) { return .kept }
        guard FileState(of: place.chainedPath) == .missing else {
            throw AppError("'\(place.chainedPath)' is in the way", hint: "move it away, then install again")
        }
        return .foreign
    }

    /// Only what git runs today can be run after Remit: anything else would refuse every push.
    private static func check(_ state: FileState, at path: String) throws(AppError) {
        let fault: String
        switch state {
        case .file(_, isExecutable: true): return
        case .file(_, isExecutable: false): fault = "is not executable: git passes over it"
        case .danglingLink: fault = "is a link that leads nowhere: git passes over it"
        case .directory, .other, .missing: fault = "is not a file: git refuses every push"
        }
        throw AppError(
            "'\(path)' \(fault), so it cannot be run after Remit", hint: "mend it or move it away, then install again")
    }

    /// Puts it into place in one step: at every moment git finds the older hook or ours, whole.
    ///
    /// The older one gets its second name first; until ours is there it is the same file under both.
    func install() throws(AppError) {
        guard existing != .shared else { return }
        if !Files.isDirectory(place.directory) {
            _ = try Files.makeDirectories(place.directory)
            Ownership.give(place.directory, toOwnerOf: place.gitDirectory)
        }
        if existing == .foreign { try AtomicFile.keep(place.path, as: place.chainedPath) }
        try AtomicFile.replace(place.path, with: Array(shim.text.utf8), mode: 0o755)
    }

    /// Takes one of ours away, and gives the hook that was there before its place back: in one step too.
    static func remove(_ shim: HookShim, at place: HookPlace) throws(AppError) {
        if shim.isChained, FileState.link(at: place.path) == nil {
            try AtomicFile.move(place.chainedPath, to: place.path)
        } else {
            try AtomicFile.remove(place.path)
        }
    }

    /// The hook that lies in a place, where it is one of ours.
    static func present(at place: HookPlace) throws(AppError) -> HookShim? {
        guard case .file = FileState(of: place.path) else { return nil }
        return HookShim(try Files.read(place.path, limit: ServerRepository.hookByteCount), of: place.hook)
    }
}
