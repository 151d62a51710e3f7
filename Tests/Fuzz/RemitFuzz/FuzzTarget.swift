/// A parser that takes whatever comes, and what must hold of its answer.
///
/// That it does not trap is the first property of each; a broken one ends the process, as libFuzzer wants it.
struct FuzzTarget: Sendable {
    let name: String
    /// Small inputs that reach the middle of the parser at once.
    let seeds: [[UInt8]]
    let run: @Sendable ([UInt8]) -> Void

    init(_ name: String, seeds: [String], run: @escaping @Sendable ([UInt8]) -> Void) {
        self.init(name, seeds: seeds.map { Array($0.utf8) }, run: run)
    }

    init(_ name: String, seeds: [[UInt8]], run: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.seeds = seeds
        self.run = run
    }

    static let all: [FuzzTarget] =
        objects + messages + records + statements + ssh + inputs + hookArguments + jobs + pipelines + tokens + notes
        + openPGP + beside

    static func require(_ condition: Bool, _ property: StaticString) {
        guard condition else { fatalError("\(property)") }
    }
}
