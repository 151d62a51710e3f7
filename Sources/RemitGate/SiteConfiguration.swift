import RemitEvidence
import RemitFormats
import RemitGit
import RemitModel
import RemitReport

/// What an administrator sets for all repositories of a server, in one file: `remit-hook ... --config FILE`.
///
/// Servers that run one hook for all of them have no place for keys in each. What a repository sets itself wins, key by
/// key.
package struct SiteConfiguration: Hashable, Sendable {
    package let path: String
    /// The values of Remit's keys, as often as the file gives each.
    private let values: [String: [String]]

    /// Reads the file, whole: it is not looked at again.
    package init(at path: String) throws(GateError) {
        self.path = path
        do throws(GitError) {
            let file = try ConfigurationFile(at: ByteString(path))
            var values: [String: [String]] = [:]
            for key in Settings.keys.map(\.name) {
                let found = try file.values(key)
                if !found.isEmpty { values[key] = found }
            }
            self.values = values
        } catch {
            throw GateError(.undecidedConfiguration, "'\(path)': \(error.reason)")
        }
        guard values["remit.repository"] == nil else {
            throw GateError(
                .undecidedConfiguration,
                """
                remit.repository in '\(path)': would be the name of every repository; set it in the repository, or leave \
                it to the host
                """)
        }
    }

    subscript(key: String) -> [String] { values[key] ?? [] }
}

extension SiteConfiguration: Archivable {
    var archived: JSONText {
        let values = values.sorted { $0.key < $1.key }
        return .object([
            ("path", .string(path)),
            ("values", .array(values.map { .array([.string($0.key), $0.value.archived]) })),
        ])
    }

    init?(archived: JSONValue) {
        guard case .object(let members) = archived, case .text(let path)? = members["path"],
            case .list(let pairs)? = members["values"]
        else { return nil }
        var values: [String: [String]] = [:]
        for pair in pairs {
            guard case .list(let parts) = pair, parts.count == 2, let key = String(archived: parts[0]),
                let texts = [String](archived: parts[1]), values.updateValue(texts, forKey: key) == nil
            else { return nil }
        }
        self.path = path
        self.values = values
    }
}
