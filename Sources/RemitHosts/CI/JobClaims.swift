import RemitFormats
import RemitModel

/// Reads what a job's variables say: bounded and of the right form, or an error that names the variable.
///
/// What an error says never holds the value, which may be a secret that somebody put under the wrong name.
struct JobClaims {
    /// A name, an id, a number; longer ones are no system's.
    static let maximumTextByteCount = 512
    /// An address.
    static let maximumAddressByteCount = 2048

    let environment: Environment
    let event: JobEvent.Source?
    let notes = Notes()

    /// What was read and believed.
    ///
    /// It is kept as evidence: a password in an address is not among it.
    final class Notes {
        fileprivate(set) var variables: [ByteString: ByteString] = [:]
        fileprivate(set) var event: JobEvent?
    }

    func text(_ name: ByteString, atMost limit: Int = maximumTextByteCount) throws(InvocationError) -> String? {
        guard let text = try line(name, atMost: limit) else { return nil }
        notes.variables[name] = ByteString(text)
        return text
    }

    private func line(_ name: ByteString, atMost limit: Int) throws(InvocationError) -> String? {
        guard let value = try environment.value(of: name, maximumByteCount: limit) else { return nil }
        guard value.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw fault(name, "holds a control byte") }
        guard let text = String(validating: value.bytes, as: UTF8.self) else { throw fault(name, "is not UTF-8") }
        return text
    }

    /// The whole id of a commit.
    func id(_ name: ByteString) throws(InvocationError) -> ObjectID? {
        guard let text = try text(name) else { return nil }
        guard let id = ObjectID(hex: text), !id.isZero else {
            throw fault(name, "is not the id of a commit, 40 hexadecimal digits")
        }
        return id
    }

    /// The full name of a ref.
    func ref(_ name: ByteString) throws(InvocationError) -> ByteString? {
        try ref(name, below: "")
    }

    /// The full name of the branch that a variable names in short.
    func branch(_ name: ByteString) throws(InvocationError) -> ByteString? {
        try ref(name, below: "refs/heads/")
    }

    /// The full name of the tag that a variable names in short.
    func tag(_ name: ByteString) throws(InvocationError) -> ByteString? {
        try ref(name, below: "refs/tags/")
    }

    /// A branch that is named in full or in short.
    func branchOfEitherForm(_ name: ByteString) throws(InvocationError) -> ByteString? {
        let isFull = try text(name, atMost: Invocation.maximumPathByteCount)?.hasPrefix("refs/") ?? false
        return isFull ? try ref(name) : try branch(name)
    }

    private func ref(_ name: ByteString, below directory: ByteString) throws(InvocationError) -> ByteString? {
        let limit = Invocation.maximumPathByteCount
        guard let value = try environment.value(of: name, maximumByteCount: limit) else { return nil }
        let ref = ByteString(directory.bytes + value.bytes)
        if let reason = RefName.fault(in: ref) { throw fault(name, "is not the name of a ref: \(reason)") }
        notes.variables[name] = value
        return ref
    }

    /// A whole number from `least`, as the system prints it.
    func number(_ name: ByteString, from least: Int = 1) throws(InvocationError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), number >= least, number <= Int(Int32.max), String(number) == text else {
            throw fault(name, "is not a whole number from \(least)")
        }
        return number
    }

    /// Where a person can look; only the web.
    func address(_ name: ByteString) throws(InvocationError) -> String? {
        guard let text = try line(name, atMost: Self.maximumAddressByteCount) else { return nil }
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
            throw fault(name, "is not an address of the web")
        }
        return withoutUser(text, name)
    }

    /// Where the repository is cloned from, without the password that some systems put there.
    func remote(_ name: ByteString) throws(InvocationError) -> String? {
        try line(name, atMost: Self.maximumAddressByteCount).map { withoutUser($0, name) }
    }

    private func withoutUser(_ address: String, _ name: ByteString) -> String {
        let address = Self.withoutUser(address)
        notes.variables[name] = ByteString(address)
        return address
    }

    private static func withoutUser(_ address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return address }
        let rest = address[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return address }
        return String(address[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }

    func isSet(_ name: ByteString) throws(InvocationError) -> Bool {
        try text(name, atMost: Self.maximumAddressByteCount) != nil
    }

    /// The commits of the event that started the job; `nil` where there is none to read.
    func commits(
        _ read: (GitHubEvent) throws(InvocationError) -> JobEvent
    ) throws(InvocationError) -> JobEvent? {
        switch event {
        case nil: return nil
        case .file(let bytes): notes.event = try read(GitHubEvent(bytes))
        case .known(let commits): notes.event = commits
        }
        return notes.event
    }

    func fault(_ name: ByteString, _ reason: String) -> InvocationError {
        InvocationError(.badClaim, name, reason)
    }
}
