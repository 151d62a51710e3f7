package import RemitModel

/// Where CI systems look for definitions in a tree, when their settings do not say otherwise.
package enum DefinitionPlaces {
    /// A directory to look through.
    package struct Directory: Hashable, Sendable {
        /// Empty for the root of the tree.
        package let path: ByteString
        /// Whether directories below it are looked through too.
        package let isDeep: Bool
        /// The system of every YAML file in it; `nil` where only some names are definitions.
        fileprivate let system: CISystem?
    }

    /// Every directory with definitions in it, the root first.
    package static let directories: [Directory] = [
        Directory(path: "", isDeep: false, system: nil),
        Directory(path: ".github/workflows", isDeep: false, system: .github),
        Directory(path: ".gitea/workflows", isDeep: false, system: .gitea),
        Directory(path: ".forgejo/workflows", isDeep: false, system: .forgejo),
        Directory(path: ".circleci", isDeep: false, system: .circleci),
        Directory(path: ".buildkite", isDeep: false, system: .buildkite),
        Directory(path: "buildkite", isDeep: false, system: nil),
        Directory(path: ".azure-pipelines", isDeep: true, system: .azure),
        Directory(path: ".woodpecker", isDeep: true, system: .woodpecker),
        Directory(path: ".tekton", isDeep: true, system: .tekton),
    ]

    private static let files: [ByteString: CISystem] = [
        ".gitlab-ci.yml": .gitlab,
        "azure-pipelines.yml": .azure, "azure-pipelines.yaml": .azure,
        "bitbucket-pipelines.yml": .bitbucket,
        // Where `buildkite-agent pipeline upload` looks; what is JSON is YAML too.
        "buildkite.yml": .buildkite, "buildkite.yaml": .buildkite, "buildkite.json": .buildkite,
        "buildkite/pipeline.yml": .buildkite, "buildkite/pipeline.yaml": .buildkite,
        "buildkite/pipeline.json": .buildkite, ".buildkite/pipeline.json": .buildkite,
        ".woodpecker.yml": .woodpecker, ".woodpecker.yaml": .woodpecker,
        "Jenkinsfile": .jenkins,
    ]

    /// The system that would read a file at a path as a definition; `nil` for any other file.
    package static func system(of path: ByteString) -> CISystem? {
        if let system = files[path] { return system }
        // `Jenkinsfile.release` beside `Jenkinsfile`.
        if path.starts(with: "Jenkinsfile."), !path.bytes.contains(UInt8(ascii: "/")) { return .jenkins }
        guard isYAML(path) else { return nil }
        for directory in directories where directory.system != nil {
            guard let rest = path.below(directory.path) else { continue }
            return directory.isDeep || !rest.contains(UInt8(ascii: "/")) ? directory.system : nil
        }
        return nil
    }

    /// Whether a change of a path may concern a definition: it is one, one could include it, or it stands where a
    /// directory of definitions would.
    ///
    /// Asked of every path that an agent changes. What definitions include is YAML on every system that is read here.
    package static func mayConcern(_ path: ByteString) -> Bool {
        if isYAML(path) || files[path] != nil || path.starts(with: "Jenkinsfile") { return true }
        return directories.contains { $0.path == path || $0.path.below(path) != nil }
    }

    /// Whether a file is no definition of its own once another is made of it.
    package static func mayBePart(_ path: ByteString) -> Bool {
        system(of: path) == .azure || system(of: path) == .buildkite
    }

    /// The order in which definitions of a directory are read: first the one that its system starts with.
    package static func comes(_ path: ByteString, before other: ByteString) -> Bool {
        let (first, second) = (isFirst(path), isFirst(other))
        return first == second ? path < other : first
    }

    private static func isFirst(_ path: ByteString) -> Bool {
        path.starts(with: ".buildkite/pipeline.") || path.starts(with: "buildkite/pipeline.")
    }

    private static func isYAML(_ path: ByteString) -> Bool {
        path.bytes.count > 4
            && (path.bytes.suffix(4).elementsEqual(".yml".utf8) || path.bytes.suffix(5).elementsEqual(".yaml".utf8))
    }
}

extension ByteString {
    /// The rest of a path that lies below a directory.
    fileprivate func below(_ directory: ByteString) -> ArraySlice<UInt8>? {
        guard bytes.count > directory.count + 1, bytes[directory.count] == UInt8(ascii: "/"),
            bytes.starts(with: directory.bytes)
        else { return nil }
        return bytes[(directory.count + 1)...]
    }
}
