import RemitHosts

/// Whether git runs the hook.
///
/// In each of these states it says nothing, or a hint at most, and accepts everything.
struct HookExamination {
    private let repository: ServerRepository
    private let place: HookPlace

    init(_ repository: ServerRepository, _ place: HookPlace) {
        self.repository = repository
        self.place = place
    }

    private static let unguarded = "git skips it and accepts every push"
    private static let again = "run 'remit install' again"

    func diagnoses() throws(AppError) -> [Diagnosis] {
        let (hook, shim) = try hook()
        var found = [hook]
        if let dispatcher = place.dispatcher { found.append(examine(dispatcher)) }
        if place.isReachedByGit { found += [try hooksPath(), try enabled()] }
        guard let shim else { return found }
        found.append(program(shim))
        if shim.isChained { found.append(chained()) }
        return found
    }

    private func hook() throws(AppError) -> (Diagnosis, HookShim?) {
        let path = place.path
        func fail(_ what: String, _ remedy: String = Self.again) -> (Diagnosis, HookShim?) {
            (.fail(.hook, "'\(path)' \(what)", remedy), nil)
        }
        switch FileState(of: path) {
        case .missing: return fail("is missing: \(Self.unguarded)")
        case .danglingLink: return fail("is a link that leads nowhere: \(Self.unguarded)")
        case .directory, .other: return fail("is not a file: git refuses every push")
        case .file(size: 0, _): return fail("is empty: the shell runs it as a script that succeeds, for every push")
        case .file(_, isExecutable: false) where FileState.isOnUnexecutable(path):
            return fail(
                "lies on a file system that is mounted noexec: \(Self.unguarded)",
                "mount it without noexec, or move the repository")
        case .file(_, isExecutable: false):
            return fail("is not executable: \(Self.unguarded)", "run 'chmod +x \(path)'")
        case .file(_, isExecutable: true): break
        }
        guard let shim = HookShim(try Files.read(path, limit: ServerRepository.hookByteCount)) else {
            return fail(
                "is not the hook that 'remit install' writes",
                "run 'remit install --chain' to keep it and be asked first")
        }
        guard !shim.isEarlier else {
            return (
                .warn(
                    .hook,
                    "'\(path)' is an earlier release's: a program that is not remit-hook can let every push through",
                    Self.again), shim
            )
        }
        return (.ok(.hook, "'\(path)' is Remit's and executable"), shim)
    }

    /// The server's script is what git runs; without it nothing of the directory is.
    private func examine(_ dispatcher: String) -> Diagnosis {
        let fault: String
        switch FileState(of: dispatcher) {
        case .missing: fault = "is missing"
        case .danglingLink: fault = "is a link that leads nowhere"
        case .directory, .other:
            return .fail(
                .dispatcher, "'\(dispatcher)' is not a file: git refuses every push",
                "let \(place.host.rawValue) write its hooks again")
        case .file(size: 0, _): fault = "is empty"
        case .file(_, isExecutable: false): fault = "is not executable"
        case .file(_, isExecutable: true):
            return .ok(.dispatcher, "'\(dispatcher)' is there, for git to run")
        }
        return .fail(
            .dispatcher, "'\(dispatcher)' \(fault): git runs nothing of '\(place.directory)', and accepts every push",
            "let \(place.host.rawValue) write its hooks again")
    }

    private func hooksPath() throws(AppError) -> Diagnosis {
        guard let elsewhere = try repository.hooksElsewhere() else {
            return .ok(.hooksPath, "git looks for hooks in this repository")
        }
        return .fail(
            .hooksPath, "git looks for hooks in '\(elsewhere)', not in this repository",
            "unset core.hooksPath where 'git config --show-origin core.hooksPath' finds it")
    }

    /// Git 2.54 and later can be told to run no hook of an event.
    private func enabled() throws(AppError) -> Diagnosis {
        guard try repository.effective("hook.pre-receive.enabled", isBoolean: true) == "false" else {
            return .ok(.hookEnabled, "no setting switches the hook off")
        }
        return .fail(
            .hookEnabled, "hook.pre-receive.enabled is false: git 2.54 and later skip the hook",
            "run 'git config --unset hook.pre-receive.enabled'")
    }

    private func program(_ shim: HookShim) -> Diagnosis {
        guard let fault = ProgramCheck.fault(of: shim) else {
            return .ok(.program, "'\(shim.program)' runs")
        }
        return .fail(
            .program, "'\(shim.program)' \(fault): every push is refused",
            "put remit-hook there, or run 'remit install' again")
    }

    private func chained() -> Diagnosis {
        guard case .file(_, isExecutable: true) = FileState(of: place.chainedPath) else {
            return .fail(
                .chained, "'\(place.chainedPath)' cannot be run: every push is refused",
                "put the older hook there, or run 'remit uninstall' and 'remit install'")
        }
        return .ok(.chained, "'\(place.chainedPath)' is run after Remit")
    }
}
