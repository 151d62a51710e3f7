import RemitHosts
import RemitModel
import Testing

/// The variables of one job, as its system's documentation gives them, and the job that they describe.
struct JobFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let system: CISystem
    var variables: [ByteString: ByteString]
    var event: String?
    let job: @Sendable (inout Job) -> Void

    init(
        _ name: String, _ system: CISystem, _ variables: [ByteString: ByteString], event: String? = nil,
        _ job: @escaping @Sendable (inout Job) -> Void
    ) {
        self.name = name
        self.system = system
        self.variables = variables
        self.event = event
        self.job = job
    }

    var testDescription: String { "\(system.rawValue): \(name)" }

    var expected: Job {
        var expected = Job(system: system)
        job(&expected)
        return expected
    }

    func read(_ changes: [ByteString: ByteString?] = [:]) throws(InvocationError) -> Job {
        try claimed(changes).job
    }

    func claimed(_ changes: [ByteString: ByteString?] = [:]) throws(InvocationError) -> ClaimedJob {
        try system.claimed(in: environment(changes), event: event.map { .file(Array($0.utf8)) })
    }

    func environment(_ changes: [ByteString: ByteString?] = [:]) -> Environment {
        var variables = variables
        for (name, value) in changes { variables[name] = value }
        return Environment(variables)
    }

    /// The fixture with other variables as well.
    func with(
        _ name: String, _ changes: [ByteString: ByteString], event: String? = nil,
        _ more: @escaping @Sendable (inout Job) -> Void
    ) -> JobFixture {
        let job = job
        return JobFixture(
            name, system, variables.merging(changes) { $1 }, event: event ?? self.event
        ) {
            job(&$0)
            more(&$0)
        }
    }
}

/// Ids that tests tell apart by their first digit.
func commit(_ digit: Character) -> ObjectID {
    ObjectID(hex: String(repeating: digit, count: 40)) ?? .zero
}

func hex(_ digit: Character) -> ByteString { ByteString(commit(digit).hex) }

/// The error of a reading that must fail.
func invocationError<Value>(_ body: () throws(InvocationError) -> Value) -> InvocationError? {
    do throws(InvocationError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

extension JobFixture {
    static let all = github + gitea + gitlab + others + branches + hosted
}
