import RemitHosts

/// A hook that can be put into place: what lies there has been looked at, and nothing been written yet.
struct PlannedHook {
    let place: HookPlace
    let shim: HookShim
    /// Whether the hook that is there now has to make room.
    private let movesHook: Bool

    private enum Existing {
        case none
        /// Ours, with another's behind it.
        case chained
        case foreign
    }

    init(at place: HookPlace, program: String, chain: Bool) throws(AppError) {
        let existing = try Self.existing(at: place, chain: chain)
        self.place = place
        movesHook = existing == .foreign
        shim = HookShim(place.hook, program: program, isChained: existing != .none)
    }

    private static func existing(at place: HookPlace, chain: Bool) throws(AppError) -> Existing {
        switch FileState(of: place.path) {
        case .missing: return .none
        case .file:
            let bytes = try Files.read(place.path, limit: ServerRepository.hookByteCount)
            if let shim = HookShim(bytes, of: place.hook) { return shim.isChained ? .chained : .none }
        case .danglingLink, .directory, .other: break
        }
        guard place.isRunByGit else {
            throw AppError(
                "'\(place.path)' is there already and is not Remit's", hint: "move it away, then install again")
        }
        guard chain else {
            throw AppError(
                "'\(place.path)' is there already and is not Remit's",
                hint: "keep it and run it after Remit with --chain, or move it away")
        }
        guard FileState(of: place.chainedPath) == .missing else {
            throw AppError("'\(place.chainedPath)' is in the way", hint: "move it away, then install again")
        }
        return .foreign
    }

    /// Puts it into place in one step.
    func install() throws(AppError) {
        if !Files.isDirectory(place.directory) {
            _ = try Files.makeDirectories(place.directory)
            Ownership.give(place.directory, toOwnerOf: place.gitDirectory)
        }
        if movesHook { try AtomicFile.move(place.path, to: place.chainedPath) }
        try AtomicFile.replace(place.path, with: Array(shim.text.utf8), mode: 0o755)
    }

    /// Takes one of ours away, and gives the hook that was there before its place back.
    static func remove(_ shim: HookShim, at place: HookPlace) throws(AppError) {
        if shim.isChained {
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
