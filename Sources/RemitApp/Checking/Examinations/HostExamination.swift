import RemitHosts

/// Whether the server that is set is the one that the repository looks like.
struct HostExamination {
    private let traces: ServerTraces
    private let host: HostKind

    init(_ gitDirectory: String, _ host: HostKind) throws(AppError) {
        traces = try ServerTraces(of: gitDirectory)
        self.host = host
    }

    func diagnosis() -> Diagnosis {
        guard !traces.found.isEmpty else {
            return .ok(.host, "host \(host.rawValue): nothing of another server is to be seen")
        }
        guard traces.show(host) else {
            return .warn(
                .host,
                "host \(host.rawValue) is set, but the repository looks like one of \(traces.words): who pushes is not "
                    + "known, and the hook may lie where nothing runs it",
                "run 'remit install' again, with the --host that is right")
        }
        return .ok(.host, traces.words)
    }
}
