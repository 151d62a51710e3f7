import RemitHosts

/// Whether something stops what moves refs without a push.
///
/// The gate stands without it; where it is there, it must be what it looks like.
struct SafetyNetExamination {
    private let place: HookPlace

    init(beside place: HookPlace) {
        self.place = place.of(.referenceTransaction)
    }

    private static let again = "run 'remit install --safety-net' again"

    func diagnosis() throws(AppError) -> Diagnosis {
        let path = place.path
        func warn(_ what: String, _ remedy: String = Self.again) -> Diagnosis {
            .warn(.safetyNet, "'\(path)' \(what): what moves refs without a push is not stopped", remedy)
        }
        switch FileState(of: path) {
        case .missing: return .ok(.safetyNet, "there is none: what moves refs without a push is not stopped")
        case .danglingLink: return warn("is a link that leads nowhere")
        case .directory, .other:
            return .fail(.safetyNet, "'\(path)' is not a file: git moves no ref", "take it away")
        case .file(size: 0, _): return warn("is empty")
        case .file(_, isExecutable: false): return warn("is not executable", "run 'chmod +x \(path)'")
        case .file(_, isExecutable: true): break
        }
        guard let shim = try PlannedHook.present(at: place) else {
            return warn("is not Remit's", "run 'remit install --safety-net --chain' to keep it and be asked first")
        }
        if let fault = ProgramCheck.fault(of: shim) {
            return .fail(.safetyNet, "'\(shim.program)' \(fault): git moves no ref", Self.again)
        }
        if shim.isChained {
            guard case .file(_, isExecutable: true) = FileState(of: place.chainedPath) else {
                return .fail(
                    .safetyNet, "'\(place.chainedPath)' cannot be run: git moves no ref",
                    "put the older hook there, or run 'remit uninstall' and 'remit install'")
            }
        }
        return .ok(.safetyNet, "'\(path)' is Remit's: no protected ref moves without a decision")
    }
}
