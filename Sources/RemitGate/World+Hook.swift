import RemitFormats
import RemitGit
import RemitHosts
import RemitModel

/// What every hook reads of the world before it does its own work.
extension World {
    /// What git gives a hook, byte by byte; whoever started us may never end it.
    func hookInput(within known: TimeLimit? = nil) throws(GateError) -> [UInt8] {
        let limit = known ?? TimeLimit(beforeSettingsSince: started)
        do throws(GateError) {
            return try readInput(HookInput.maximumByteCount, limit.end)
        } catch {
            throw ContinuousClock.now >= limit.end ? limit.during(TimeLimit.endlessInput).fault : error
        }
    }

    /// The lines of it.
    func updates(in bytes: [UInt8]) throws(GateError) -> [RefUpdate] {
        do throws(HookInputError) {
            return try HookInput(parsing: bytes).updates
        } catch {
            throw GateError(.undecidedInput, "standard input line \(error.line): \(error.reason)")
        }
    }

    func invocation(of hook: HookName, on host: HostConfiguration) throws(GateError) -> Invocation {
        do throws(InvocationError) {
            return try Invocation(of: hook, on: host, in: environment)
        } catch {
            let variable = String(decoding: error.variable.bytes, as: UTF8.self)
            throw GateError(.undecidedInput, "\(variable): \(error.reason)")
        }
    }

    func repository(of invocation: Invocation) throws(GateError) -> GitReader {
        try GateError.reading { () throws(GitError) in
            GitReader(
                try Repository(
                    at: RepositoryLocation(gitDirectory: invocation.gitDirectory),
                    quarantine: Quarantine(
                        objectDirectory: invocation.quarantine?.bytes, alternates: invocation.alternates?.bytes),
                    trustedOwner: trustedOwner))
        }
    }
}

extension HostConfiguration {
    /// Vouches for nobody: enough to find the repository whose settings name the real host.
    static func plain() throws(GateError) -> HostConfiguration {
        do throws(InvocationError) {
            return try HostConfiguration(kind: .plain)
        } catch {
            throw GateError(.undecidedInternal, error.reason)
        }
    }
}
