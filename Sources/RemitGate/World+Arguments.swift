import RemitFormats
import RemitGit
import RemitHosts
import RemitModel

extension World {
    /// What a server says in the arguments of one of its hooks.
    ///
    /// - Parameter count: how many of the words, from the end, are the server's.
    func call(of hook: ArgumentHook, lastWords count: Int) throws(GateError) -> ArgumentCall {
        do throws(InvocationError) {
            return try ArgumentCall(of: hook, Array(words.suffix(count)))
        } catch {
            let name = String(decoding: error.variable.bytes, as: UTF8.self)
            throw GateError(.undecidedInput, "\(name): \(error.reason)")
        }
    }
}

extension ArgumentCall {
    /// The line that git would give a `pre-receive` hook for it, for the decision to be judged and archived by.
    func line(in reader: GitReader) throws(GateError) -> [UInt8] {
        var stands = old
        if stands == nil {
            stands = try GateError.reading(ref) { () throws(GitError) in try reader.repository.reference(ref) }
        }
        return Array("\((stands ?? .zero).hex) \(new.hex) ".utf8) + ref.bytes + [UInt8(ascii: "\n")]
    }

    /// Refuses to be called by another server than the one that is configured: its word would be believed.
    func requireHost(_ configured: HostKind, _ hook: ArgumentHook) throws(GateError) {
        guard configured != host else { return }
        throw GateError(
            .undecidedConfiguration,
            "git config remit.host: is '\(configured.rawValue)', and only '\(host.rawValue)' calls \(hook.rawValue)")
    }

    /// Why nothing is to be decided about it; `nil` where it is.
    ///
    /// Nothing lands by that: what moves a ref comes by another hook of the server, which judges all that it brings.
    func deferral(in reader: GitReader) throws(GateError) -> Deferral? {
        if isOthers { return .othersJudge }
        guard isServersOwn else { return nil }
        do throws(GitError) {
            _ = try reader.repository.kind(of: new)
            return nil
        } catch {
            guard error.code == .missingObject || error.code == .notFound else { throw GateError(error) }
            return .unstored
        }
    }

    enum Deferral {
        /// Another hook is asked about the same.
        case othersJudge
        /// The server has made it, in the browser, and stores it only once its hooks agree.
        case unstored
    }
}
