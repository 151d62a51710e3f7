import RemitHosts
import RemitReport

/// What a hook is asked about, and in which form it is told.
enum HookQuestion {
    /// A whole push, by the lines that git writes to `pre-receive`.
    case push
    /// One ref of a push, by git's `update`; the line that git would write of it.
    case ref(() throws(GateError) -> [UInt8])
    /// By another server, in that many last words of the command line.
    case told(ArgumentHook, words: Int)

    /// The hook of git's whose environment it has.
    var hook: HookName {
        if case .ref = self { .update } else { .preReceive }
    }

    /// What the first line of the answer calls it: a server that asks about one ref may move the other refs of the push.
    var occasion: Occasion {
        switch self {
        case .push, .ref, .told(.commitReceived, _): .push
        case .told(.virtualRef, _), .told(.refUpdate, _): .update
        case .told(.submit, _): .submission
        }
    }

    /// What a server says in arguments; `nil` where git says it otherwise.
    func call(in world: World) throws(GateError) -> ArgumentCall? {
        guard case .told(let hook, let words) = self else { return nil }
        return try world.call(of: hook, lastWords: words)
    }

    /// The line that is known without standard input.
    func line() throws(GateError) -> [UInt8]? {
        guard case .ref(let line) = self else { return nil }
        return try line()
    }
}
