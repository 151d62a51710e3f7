package import RemitModel

/// The variables of a process.
///
/// It can hold the pusher's password: it is read from, never stored and never shown.
package struct Environment: Sendable {
    private let variables: [ByteString: ByteString]

    package init(_ variables: [ByteString: ByteString]) {
        self.variables = variables
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

extension Environment: CustomStringConvertible, CustomReflectable {
    package var description: String { "Environment(\(variables.count) variables)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
