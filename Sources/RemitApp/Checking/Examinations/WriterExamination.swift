import Glibc

/// Whether anyone but the repository's owner can take the hook away, or what it rests on.
struct WriterExamination {
    private let repository: String
    private let paths: [String]

    /// - Parameter program: what the hook starts; `nil` where there is no hook of ours.
    init(_ place: HookPlace, program: String?) {
        repository = place.gitDirectory
        var paths = [place.gitDirectory, "\(place.gitDirectory)/config", "\(place.gitDirectory)/hooks"]
        paths += [place.directory, place.path, place.chainedPath, place.dispatcher].compactMap(\.self)
        if let program { paths += [Files.parent(of: program), program] }
        var seen: Set<String> = []
        self.paths = paths.filter { seen.insert($0).inserted }
    }

    func diagnoses() -> [Diagnosis] {
        let owner = Ownership.owner(of: repository)
        let faults = paths.compactMap { fault(of: $0, owner) }
        guard faults.isEmpty else { return faults }
        return [.ok(.writers, "nobody but its owner and root can change the hook, the settings or the program")]
    }

    private func fault(of path: String, _ owner: UInt32?) -> Diagnosis? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        let isDirectory = status.st_mode & S_IFMT == S_IFDIR
        // In such a directory one can add to it, but nobody can replace what is another's.
        let isSticky = isDirectory && status.st_mode & S_ISVTX != 0
        let what = "whoever does can take the gate away"
        if !isSticky, status.st_mode & S_IWOTH != 0 {
            return .fail(.writers, "everyone can write '\(path)': \(what)", "run 'chmod o-w \(path)'")
        }
        if !isSticky, status.st_mode & S_IWGRP != 0 {
            return .warn(
                .writers, "group \(status.st_gid) can write '\(path)': \(what)", "run 'chmod g-w \(path)'")
        }
        guard status.st_uid == 0 || status.st_uid == owner else {
            return .warn(
                .writers, "'\(path)' belongs to user \(status.st_uid), who can take the gate away",
                "give it to the repository's owner, or to root")
        }
        return nil
    }
}
