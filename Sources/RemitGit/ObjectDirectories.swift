import RemitFormats
import RemitModel

/// The object directories that libgit2 does not find by itself.
enum ObjectDirectories {
    /// Git follows alternates of alternates five levels deep, and so do we.
    private static let depthLimit = 5
    /// More directories than any fork network has; each costs file handles and a scan for packs.
    private static let countLimit = 256

    /// What is added to the repository's own object directory.
    struct Additional {
        var paths: [[UInt8]] = []
        /// Whether one of them is nothing that the repository itself leads to: whoever sets the environment could have
        /// filled it with objects under names that are not theirs, and git hashes none of them.
        var areForeign = false
    }

    /// The quarantine, its alternates, and every quoted line of an `info/alternates` file, which libgit2 ignores.
    static func additional(
        _ location: RepositoryLocation, _ quarantine: Quarantine
    ) throws(GitError) -> Additional {
        let main = RepositoryLocation.join(location.commonDirectory.bytes, Array("objects".utf8))
        var chain = Chain()
        try chain.follow([main])
        var found = Additional()
        if let directory = quarantine.objectDirectory, !directory.isEmpty {
            let path = RepositoryLocation.join(location.gitDirectory.bytes, directory)
            // Without the pushed objects nothing can be judged; an alternate that is gone is skipped, as git does.
            guard try Platform.isDirectory(path) else {
                throw GitError(.notFound, "quarantine", "no such object directory: \(Platform.text(path))")
            }
            found.paths.append(path)
            let real = try Platform.realPath(path)
            let (own, slash) = (try Platform.realPath(main), [UInt8(ascii: "/")])
            found.areForeign = real != own && !real.starts(with: own + slash)
        }
        let known = try chain.realPaths()
        for alternate in AlternatesList.environment(quarantine.alternates ?? []) {
            let path = RepositoryLocation.join(location.gitDirectory.bytes, alternate)
            guard try Platform.isDirectory(path) else { continue }
            found.paths.append(path)
            if try !known.contains(Platform.realPath(path)) { found.areForeign = true }
        }
        try chain.follow(found.paths)
        found.paths += chain.quoted
        return found
    }

    /// Object directories, and those that their `info/alternates` files lead to.
    private struct Chain {
        private var visited: Set<[UInt8]> = []
        /// What libgit2 does not follow.
        private(set) var quoted: [[UInt8]] = []

        mutating func follow(_ directories: [[UInt8]]) throws(GitError) {
            var level = directories
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
                        if line.isQuoted { quoted.append(path) }
                    }
                }
                level = next
            }
        }

        func realPaths() throws(GitError) -> Set<[UInt8]> {
            var paths: Set<[UInt8]> = []
            for path in visited { paths.insert(try Platform.realPath(path)) }
            return paths
        }
    }
}
