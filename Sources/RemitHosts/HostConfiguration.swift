package import RemitModel

/// What the administrator says about the server, from configuration that no pusher can write.
package struct HostConfiguration: Hashable, Sendable {
    /// The length of a variable's name.
    package static let maximumVariableByteCount = 64

    package let kind: HostKind
    /// Only for `ssh`: the variable in which the forced command names the account.
    package let pusherVariable: ByteString?
    /// Overrides the host's own time limit.
    package let deadlineSeconds: Int?

    package init(
        kind: HostKind, pusherVariable: ByteString? = nil, deadlineSeconds: Int? = nil
    ) throws(InvocationError) {
        if let pusherVariable {
            guard kind == .ssh else {
                throw InvocationError(.badConfiguration, pusherVariable, "only 'ssh' takes a variable's name")
            }
            guard Self.isUsable(pusherVariable) else {
                throw InvocationError(.badConfiguration, "", "not the name of a variable that a forced command sets")
            }
        }
        if let deadlineSeconds, deadlineSeconds < 1 {
            throw InvocationError(.badConfiguration, "", "the time limit is below one second")
        }
        self.kind = kind
        self.pusherVariable = pusherVariable
        self.deadlineSeconds = deadlineSeconds
    }

    /// How long the hook may think: as the administrator says, or as this kind of host allows.
    package var timeLimitSeconds: Int { deadlineSeconds ?? kind.host.deadlineSeconds }

    /// A shell's variable name, but none that git or the client fills.
    private static func isUsable(_ name: ByteString) -> Bool {
        guard let first = name.bytes.first, name.count <= maximumVariableByteCount else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isWord = name.bytes.allSatisfy { byte in
            byte == UInt8(ascii: "_") || digits.contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }
        // SSH_ORIGINAL_COMMAND is the client's text, HTTP_AUTHORIZATION its password.
        let foreign = ["GIT_", "HTTP_", "SSH_"].contains { name.starts(with: $0) }
        return isWord && !digits.contains(first) && !foreign
    }
}
