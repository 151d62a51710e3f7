import RemitTestGit

/// The forms in which a repository keeps its objects.
enum ObjectStorage: CaseIterable {
    /// Several packs of whole objects.
    case packs
    /// One pack, objects as differences from others.
    case deltas
    /// The same, and what came last in files of their own.
    case deltasAndLoose
    /// Several packs under one index, the first of them in an object directory elsewhere.
    case indexedTogether

    func add(_ pack: [UInt8], isFirst: Bool, isLast: Bool, to repository: TestRepository) throws {
        var environment: [String: String] = [:]
        if self == .indexedTogether, isFirst, !isLast {
            let elsewhere = "\(repository.directory.path)/elsewhere"
            try writeFile(Array("\(elsewhere)\n".utf8), to: "\(repository.gitDirectory)/objects/info/alternates")
            try writeFile([], to: "\(elsewhere)/pack/.placed")
            environment["GIT_OBJECT_DIRECTORY"] = elsewhere
        }
        if self == .deltasAndLoose, isLast {
            // There is no ref yet: nothing is reachable, and all of it is kept.
            if !isFirst { try Self.repack(repository, "-k") }
            try repository.git(["unpack-objects", "-q"], input: pack)
        } else {
            try repository.git(["index-pack", "--stdin"], input: pack, environment: environment)
        }
    }

    /// What is done once every commit is there and has a ref that leads to it.
    func finish(_ repository: TestRepository) throws {
        switch self {
        case .packs, .deltasAndLoose: break
        case .deltas: try Self.repack(repository)
        case .indexedTogether: try repository.git("multi-pack-index", "write")
        }
        // For git's sake: with it, its ranges are exact whatever the dates say. Remit believes none.
        try repository.git("commit-graph", "write", "--reachable")
    }

    private static func repack(_ repository: TestRepository, _ arguments: String...) throws {
        try repository.git(["repack", "-adfq", "--window=5", "--depth=50"] + arguments)
    }
}
