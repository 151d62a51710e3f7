import ArgumentParser
import RemitFormats
import RemitModel

extension RemitModel.Operation: ExpressibleByArgument {}
extension Agent.Autonomy: ExpressibleByArgument {}
extension Policy.Demand: ExpressibleByArgument {}

/// Readers of single options; each fault stands after the option's name.
enum OptionReading {
    @Sendable static func ref(_ text: String) throws -> PathPattern {
        do throws(PathPattern.Fault) { return try PathPattern(ref: text) } catch { throw OptionFault(error.rawValue) }
    }

    @Sendable static func path(_ text: String) throws -> PathPattern {
        do throws(PathPattern.Fault) { return try PathPattern(path: text) } catch { throw OptionFault(error.rawValue) }
    }

    /// A name that can stand in a path, a message and a trailer.
    @Sendable static func identifier(_ text: String) throws -> String {
        guard RecordTable.isIdentifier(text) else {
            throw OptionFault("may hold only letters, digits and . _ - @ + (and / inside)")
        }
        return text
    }

    @Sendable static func identity(_ text: String) throws -> AgentIdentity {
        guard let identity = AgentIdentity(text) else {
            throw OptionFault("none of email:ADDRESS, login:NAME, key:SHA256:...")
        }
        return identity
    }

    @Sendable static func fingerprint(_ text: String) throws -> KeyFingerprint {
        guard let fingerprint = KeyFingerprint(text) else {
            throw OptionFault("not a fingerprint as 'ssh-keygen -l' prints it, SHA256: and 43 characters")
        }
        return fingerprint
    }

    /// A person and a file, `dana@example.org=dana.pub`.
    @Sendable static func namedFile(_ text: String) throws -> NamedFile {
        guard let mark = text.firstIndex(of: "="), text.index(after: mark) != text.endIndex else {
            throw OptionFault("a person and a file are needed, such as dana@example.org=dana.pub")
        }
        return NamedFile(name: try identifier(String(text[..<mark])), path: String(text[text.index(after: mark)...]))
    }

    @Sendable static func deadline(_ text: String) throws -> Deadline {
        try Deadline(text)
    }

    /// A span that a request can hold: it counts in hours.
    @Sendable static func hours(_ text: String) throws -> TimeSpan {
        let span = try TimeSpan(text)
        guard span.seconds.isMultiple(of: 3600) else { throw OptionFault("must be whole hours, such as 8h or 5d") }
        return span
    }

    /// A limit: a whole number that a record can hold.
    @Sendable static func limit(_ text: String) throws -> Int {
        guard let number = Int(text), (0...Int(Int32.max)).contains(number), String(number) == text else {
            throw OptionFault("must be a whole number from 0 to \(Int32.max)")
        }
        return number
    }
}

/// A file that belongs to somebody.
struct NamedFile: Hashable, Sendable {
    let name: String
    let path: String
}
