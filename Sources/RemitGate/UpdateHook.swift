import RemitFormats
import RemitHosts
import RemitModel
import RemitReport

/// `update`: one ref, judged as a push of that ref alone, where a server runs no hook that sees the whole.
///
/// By then git has taken the objects in, and other refs of the same push may have moved.
struct UpdateHook {
    private let world: World
    private let options: HookOptions
    private let (ref, old, new): (String, String, String)

    /// How long a decision of `pre-receive` speaks for the `update` that follows it in the same push.
    ///
    /// Longer than any push takes from one to the other; what is older is judged again.
    private static let followingSeconds: Int64 = 3600

    /// `nil` where the words behind the hook's name are not those that git gives.
    init?(_ world: World, _ arguments: ArraySlice<String>) {
        var rest = arguments
        guard let options = HookOptions(leading: &rest), rest.count == 3 else { return nil }
        let words = Array(rest)
        self.world = world
        self.options = options
        (ref, old, new) = (words[0], words[1], words[2])
    }

    func run() -> ExitStatus {
        if isDecided { return .allowed }
        return PreReceive(world, options, asked: .ref { () throws(GateError) in try input() }).run()
    }

    private func input() throws(GateError) -> [UInt8] {
        // What is not UTF-8 is lost in an argument: another name would be judged than the one that moves.
        guard !ref.unicodeScalars.contains("\u{FFFD}") else {
            throw GateError(.undecidedInput, "the ref's name is not UTF-8, so 'update' cannot tell which one it is")
        }
        return Array("\(old) \(new) \(ref)\n".utf8)
    }

    /// Whether `pre-receive` has let exactly this a moment ago, and nothing has come of it yet.
    ///
    /// A decision of `update` itself speaks for nothing that comes after it. Whatever cannot be found out here is judged,
    /// and told of then.
    private var isDecided: Bool {
        do throws(GateError) {
            let updates = try world.updates(in: input())
            guard updates.count == 1, let update = updates.first else { return false }
            let reader = try world.repository(of: world.invocation(of: .update, on: .plain()))
            let settings = try Settings(of: reader, site: options.site()) { host throws(GateError) in
                try world.invocation(of: .update, on: host).nameInRecords()
            }
            let ledger = try LedgerMemory(
                at: settings.ledger ?? "", within: TimeLimit(of: settings.host, since: world.started))
            guard
                let request = try ledger.request(
                    letting: update, in: settings.repository, monitored: settings.mode == .monitor)
            else { return false }
            return request.hook == .preReceive
                && (0...Self.followingSeconds).contains(world.now.seconds - request.now.seconds)
        } catch {
            return false
        }
    }
}
