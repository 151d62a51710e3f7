package import RemitModel

/// What a server tells one of its hooks in arguments: one ref that is to move, or one commit on its way to a ref.
package struct ArgumentCall: Hashable, Sendable {
    /// What becomes of the commits where the hook lets them through.
    package enum Act: String, Hashable, Sendable, CaseIterable {
        /// The ref moves to them.
        case push
        /// They are kept for review, and land by a submission later on, if at all.
        case proposal
        /// They are brought to the ref in whatever way the server is set to: merged, rebased, picked.
        case submission
    }

    /// One argument: a path, as long as Linux takes one, is the longest that any server gives.
    package static let maximumByteCount = 4096
    /// All arguments of one call, several times what any server gives.
    package static let maximumCount = 64

    /// The one kind of server that calls so.
    package let host: HostKind
    package var act = Act.push
    package let ref: ByteString
    /// Where the ref stands; `nil` where the server does not say, so that the repository is asked.
    package let old: ObjectID?
    package let new: ObjectID
    /// The name by which the server knows the repository, where it says so in the arguments.
    package var project: ByteString?
    /// Whom the server vouches for in the arguments; `nil` where it does so in the environment, or for nobody.
    package var pusher: Pusher?
    /// The server judges the same by another of its hooks, which sees all of it.
    package var isOthers = false
    /// The server has made the commit itself, and may not have stored it yet.
    package var isServersOwn = false

    /// By what way the change comes.
    package var via: Via { act == .submission ? Via(.merge, word: "submit") : .push }

    /// Reads the arguments of a hook, of which nothing may be missing, doubled or left over.
    package init(of hook: ArgumentHook, _ words: [ByteString]) throws(InvocationError) {
        guard words.count <= Self.maximumCount else {
            throw InvocationError(
                .tooLong, "the arguments", "\(words.count) of them, at most \(Self.maximumCount)")
        }
        switch hook {
        case .virtualRef: try self.init(gitolite: words)
        case .refUpdate: try self.init(updateOfGerrit: words)
        case .commitReceived: try self.init(commitOfGerrit: words)
        case .submit: try self.init(submissionOfGerrit: words)
        }
    }

    init(_ act: Act = .push, on host: HostKind, ref: ByteString, from old: ObjectID?, to new: ObjectID) {
        self.host = host
        self.act = act
        self.ref = ref
        self.old = old
        self.new = new
    }
}

/// One argument, with the name by which faults speak of it.
struct Argument {
    let name: ByteString
    let value: ByteString

    /// Bounded, and without control bytes: no server makes either, and a line feed would begin another line.
    init(
        _ name: ByteString, _ value: ByteString, atMost limit: Int = ArgumentCall.maximumByteCount
    ) throws(InvocationError) {
        guard value.count <= limit else {
            throw InvocationError(.tooLong, name, "\(value.count) bytes, at most \(limit)")
        }
        guard value.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw InvocationError(.badArgument, name, "a control byte")
        }
        self.name = name
        self.value = value
    }

    private static let sha256HexCount = 64

    /// An id in full.
    ///
    /// An abbreviated one could be another object's by the time it is looked up.
    func id() throws(InvocationError) -> ObjectID {
        if let id = ObjectID(hex: value.bytes) { return id }
        let isSHA256 = value.count == Self.sha256HexCount && value.bytes.allSatisfy { Hex.value($0) != nil }
        throw InvocationError(
            .badArgument, name,
            isSHA256
                ? "an id of 64 digits: this repository is of the SHA-256 format, which is not supported"
                : "not an id of 40 lower-case hexadecimal digits")
    }

    /// A full ref name; which ones may be written is for a rule to say.
    func ref() throws(InvocationError) -> ByteString {
        guard value.starts(with: "refs/") else {
            throw InvocationError(.badArgument, name, "not a full ref name, which begins with refs/")
        }
        return value
    }
}
