import RemitFormats
import RemitModel

/// The object directories that libgit2 does not find by itself.
enum ObjectDirectories {
    /// Git follows alternates of alternates five levels deep, and so do we.
    private static let depthLimit = 5
    /// More directories than any fork network has; each costs file handles and a scan for packs.
    private static let countLimit = 256

    /// The quarantine, its alternates, and every quoted line of an `info/alternates` file, which libgit2 ignores.
    static func additional(
        _ location: RepositoryLocation, _ quarantine: Quarantine
    ) throws(GitError) -> [[UInt8]] {
        let main = RepositoryLocation.join(location.commonDirectory.bytes, Array("objects".utf8))
        var found: [[UInt8]] = []
        if let directory = quarantine.objectDirectory, !directory.isEmpty {
            let path = RepositoryLocation.join(location.gitDirectory.bytes, directory)
            // Without the pushed objects nothing can be judged; an alternate that is gone is skipped, as git does.
            guard try Platform.isDirectory(path) else {
                throw GitError(.notFound, "quarantine", "no such object directory: \(Platform.text(path))")
            }
            found.append(path)
        }
        for alternate in AlternatesList.environment(quarantine.alternates ?? []) {
            let path = RepositoryLocation.join(location.gitDirectory.bytes, alternate)
            if try Platform.isDirectory(path) { found.append(path) }
        }
        var visited: Set<[UInt8]> = []
        var level = [main] + found
        for _ in 0..<depthLimit {
            var next: [[UInt8]] = []
            for directory in level where visited.insert(directory).inserted {
                guard visited.count <= countLimit else {
                    throw GitError(.limit, "alternates", "more than \(countLimit) object directories")
                }
                let file = RepositoryLocation.join(directory, Array("info/alternates".utf8))
                for line in AlternatesList.file(try Platform.read(file) ?? []) {
                    let path = RepositoryLocation.join(directory, line.path)
                    guard try Platform.isDirectory(path) else { continue }
                    next.append(path)
                    if line.isQuoted { found.append(path) }
                }
            }
            level = next
        }
        return found
    }
}
