import RemitFormats
import RemitHosts
import RemitModel

extension Invocation {
    /// The configured server's name of the repository, for records to use; `nil` from a server that has no such names.
    ///
    /// A name that no record could hold, and one that is missing where the server should give it, are errors: whatever
    /// else it were called, no policy could be meant for it.
    func nameInRecords() throws(GateError) -> String? {
        guard !repositoryVariables.isEmpty else { return nil }
        let variables = repositoryVariables.map { String(decoding: $0.bytes, as: UTF8.self) }
        let words = variables.joined(separator: " and ")
        guard let repository else {
            throw GateError(
                .undecidedConfiguration,
                "git config remit.repository: is not set, and \(host.rawValue) names no repository by \(words)")
        }
        return try host.nameInRecords(
            repository, saidBy: "\(words) of \(host.rawValue) \(variables.count == 1 ? "says" : "say")")
    }
}

extension ArgumentCall {
    /// The same of a server that says it in its arguments; `nil` where these do not, or another server is configured.
    func nameInRecords(on configured: HostKind) throws(GateError) -> String? {
        guard configured == host, let project else { return nil }
        return try host.nameInRecords(project, saidBy: "--project of \(host.rawValue) says")
    }
}

extension HostKind {
    fileprivate func nameInRecords(_ repository: ByteString, saidBy words: String) throws(GateError) -> String {
        let name = String(decoding: repository.bytes, as: UTF8.self)
        guard RecordTable.isIdentifier(name) else {
            throw GateError(
                .undecidedConfiguration,
                """
                git config remit.repository: is not set, and the '\(name)' that \(words) \
                is no name that a record can hold: set it
                """)
        }
        return name
    }
}
