package import RemitModel

/// The variables of a process.
///
/// It can hold the pusher's password: it is read from, never stored and never shown.
package struct Environment: Sendable {
    private let variables: [ByteString: ByteString]

    package init(_ variables: [ByteString: ByteString]) {
        self.variables = variables
    }

    /// With a value for a variable that is not set.
    package func assuming(_ name: ByteString, _ value: ByteString) -> Environment {
        Environment(variables.merging([name: value]) { set, _ in set })
    }

    /// Whether a variable is there at all, even if empty.
    func isSet(_ name: ByteString) -> Bool { variables[name] != nil }

    /// Whether a variable says exactly this.
    func says(_ name: ByteString, _ value: ByteString) -> Bool { variables[name] == value }

    /// A variable's value, or `nil` when it is unset or empty, which git does not tell apart either.
    func value(of name: ByteString, maximumByteCount: Int) throws(InvocationError) -> ByteString? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        guard value.count <= maximumByteCount else {
            throw InvocationError(.tooLong, name, "\(value.count) bytes, at most \(maximumByteCount)")
        }
        return value
    }
}

extension Environment {
    /// A variable in which a server says something in words; control bytes are a fault, for no server writes them.
    func word(_ name: ByteString) throws(InvocationError) -> ByteString? {
        let value = try value(of: name, maximumByteCount: Invocation.maximumWordByteCount)
        guard value?.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) ?? true else {
            throw InvocationError(.badWord, name, "a control byte")
        }
        return value
    }

    /// Whether a variable holds the number of something: servers write `0`, or nothing, where there is none.
    func hasNumber(_ name: ByteString) throws(InvocationError) -> Bool {
        let value = try word(name)
        return value != nil && value != "0"
    }
}

extension Environment: CustomStringConvertible, CustomReflectable {
    package var description: String { "Environment(\(variables.count) variables)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
