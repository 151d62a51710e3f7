package import RemitModel

/// How a git server called the hook: everything that Remit takes from the environment, and nothing else of it.
package struct Invocation: Hashable, Sendable {
    /// A path, as long as Linux takes one.
    package static let maximumPathByteCount = 4096
    /// The list of alternate object directories, C-quoted by git where a path needs it.
    package static let maximumAlternatesByteCount = 64 * 1024
    /// The push options of one push.
    package static let maximumPushOptionCount = 256
    /// One push option.
    package static let maximumPushOptionByteCount = 4096
    /// The name of an account.
    package static let maximumLoginByteCount = 255
    /// One part of a repository's name, or what a server calls the way by which a change came.
    package static let maximumWordByteCount = 1024

    package let host: HostKind
    package let hook: HookName
    /// The name by which the configured server knows the repository, such as `group/payments`; `nil` when it has none.
    package let repository: ByteString?
    /// The variables that say so; empty for a host that has no names for repositories.
    package let repositoryVariables: [ByteString]
    /// By what way the change came, as far as the configured server says so.
    package let via: Via
    /// The configured server only asks what would be said, such as a merge check: nothing happens whatever the answer is.
    package let isDryRun: Bool
    /// Often `.`: relative to the directory in which the hook was started.
    package let gitDirectory: ByteString
    /// Where the pushed objects are until they are accepted; `nil` when git set nothing.
    package let quarantine: ByteString?
    /// As git wrote it: several paths, joined by colons, C-quoted where needed.
    package let alternates: ByteString?
    package let pushOptions: [ByteString]
    /// The certificate of a signed push; `nil` where the push came without.
    package let certificate: ReceivedCertificate?
    /// Whether the pusher wants to see the log's checkpoint: `git push -o remit.checkpoint`.
    package var asksForCheckpoint: Bool { pushOptions.contains("remit.checkpoint") }
    /// Whom the configured server vouches for; `nil` when nobody.
    package let pusher: Pusher?
    package let deadlineSeconds: Int
    /// What begins each line for the pusher.
    package let linePrefix: String
    /// The push brings new shallow roots, which git honours and libgit2 does not see.
    package let isShallowPush: Bool

    package init(
        of hook: HookName, on configuration: HostConfiguration, in environment: Environment
    ) throws(InvocationError) {
        func path(_ name: ByteString) throws(InvocationError) -> ByteString? {
            try environment.value(of: name, maximumByteCount: Self.maximumPathByteCount)
        }
        guard let gitDirectory = try path("GIT_DIR") else {
            throw InvocationError(.missingGitDirectory, "GIT_DIR", "git sets it for every hook")
        }
        // Git then tells the hook other names than those of the refs that it moves, and no rule could know them apart.
        guard try path("GIT_NAMESPACE") == nil else {
            throw InvocationError(
                .badConfiguration, "GIT_NAMESPACE",
                "refs in a namespace cannot be judged; serve the repository without it")
        }
        var host = configuration.kind.host
        if let variable = configuration.pusherVariable { host.pusherVariable = variable }

        self.host = configuration.kind
        self.hook = hook
        self.gitDirectory = gitDirectory
        // Gitaly sets only the object directory; where both are set, it is the one that git reads objects from.
        let objectDirectory = try path("GIT_OBJECT_DIRECTORY")
        let quarantinePath = try path("GIT_QUARANTINE_PATH")
        quarantine = objectDirectory ?? quarantinePath
        alternates = try environment.value(
            of: "GIT_ALTERNATE_OBJECT_DIRECTORIES", maximumByteCount: Self.maximumAlternatesByteCount)
        pushOptions = try PushOptions.read(from: environment)
        certificate = try ReceivedCertificate.read(from: environment)
        repository = try host.repository(in: environment)
        repositoryVariables = host.repositoryVariables
        via = try host.via(environment)
        isDryRun = host.isDryRun(environment)
        pusher = try host.pusher(in: environment, of: configuration.kind)
        deadlineSeconds = configuration.timeLimitSeconds
        linePrefix = host.linePrefix
        isShallowPush = try path("GIT_SHALLOW_FILE") != nil
    }
}
