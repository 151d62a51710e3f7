import RemitHosts

/// Whether what lands is recorded.
///
/// No push is let through or refused by it: whatever is wrong here leaves the gate as it is.
struct EffectExamination {
    private let place: HookPlace

    init(beside place: HookPlace) {
        self.place = place.of(.postReceive)
    }

    private static let again = "run 'remit install' again"

    func diagnosis() throws(AppError) -> Diagnosis {
        let path = place.path
        func warn(_ what: String, _ remedy: String = Self.again) -> Diagnosis {
            .warn(.effects, "'\(path)' \(what): what lands is not recorded", remedy)
        }
        switch FileState(of: path) {
        case .missing: return warn("is missing")
        case .danglingLink: return warn("is a link that leads nowhere")
        case .directory, .other, .file(size: 0, _): return warn("is no script")
        case .file(_, isExecutable: false): return warn("is not executable", "run 'chmod +x \(path)'")
        case .file(_, isExecutable: true): break
        }
        guard let shim = try PlannedHook.present(at: place) else {
            return warn(
                "is not the hook that 'remit install' writes",
                "run 'remit install --chain' to keep it and be told first")
        }
        guard !shim.isEarlier else {
            return .warn(
                .effects, "'\(path)' is an earlier release's: it does not notice a program that is not remit-hook",
                Self.again)
        }
        if let fault = ProgramCheck.fault(of: shim) {
            return .warn(.effects, "'\(shim.program)' \(fault): what lands is not recorded", Self.again)
        }
        if shim.isChained, case .file(_, isExecutable: true) = FileState(of: place.chainedPath) {
            return .ok(.effects, "'\(path)' is Remit's and executable, and '\(place.chainedPath)' is run after it")
        }
        guard !shim.isChained else {
            return .warn(
                .effects, "'\(place.chainedPath)' cannot be run: the older hook hears of nothing",
                "put the older hook there, or run 'remit uninstall' and 'remit install'")
        }
        return .ok(.effects, "'\(path)' is Remit's and executable")
    }
}
