import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
package import Testing

/// INVARIANT: every decision comes out of its archive with the same bytes, and what is kept beside the entries is what
/// follows from them.
package func expectSameAgain(
    inLedgerAt path: String, after known: Int = 0, at location: SourceLocation = #_sourceLocation
) throws {
    let ledger = try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10)))
    var audit = IndexAudit()
    try audit.examine(ledger)
    #expect(audit.faults.map(\.words) == [], sourceLocation: location)
    for entry in try ledger.entries(from: Int64(known) + 1, limit: Ledger.maximumPageCount)
    where entry.kind == .decision {
        let recorded = try #require(try ledger.recorded(entry.sequence))
        var kept: [EvidenceDigest: [UInt8]] = [:]
        for input in recorded.manifest.inputs { kept[input.digest] = try ledger.input(input.digest) }
        let answer = try Replay(recorded) { [kept] digest, what throws(EvidenceError) in
            guard let bytes = kept[digest] else { throw EvidenceError("\(what) is not kept") }
            return bytes
        }.judge()
        guard case .different(let document) = answer else { continue }
        Issue.record(
            """
            decision \(entry.sequence) was \(String(decoding: recorded.document, as: UTF8.self))
            and is \(String(decoding: document, as: UTF8.self))
            """, sourceLocation: location)
    }
}

/// Runs the built `remit`; what a gate decides is judged again.
///
/// A gate that has no ledger gets one of its own, and says not a word more for it.
package func runRemit(_ arguments: [String], environment: [String: String], directory: String) throws -> Output {
    func run(_ arguments: [String]) throws -> Output {
        try spawn([try BuiltProducts.remit] + arguments, environment: environment, directory: directory)
    }
    guard arguments.starts(with: ["gate", "merge"]) || arguments.starts(with: ["gate", "deploy"]) else {
        return try run(arguments)
    }
    if let option = arguments.firstIndex(of: "--ledger") {
        let known = try Ledger.open(
            at: ByteString(arguments[option + 1]), create: false, deadline: .now.advanced(by: .seconds(10))
        ).count()
        let output = try run(arguments)
        try expectSameAgain(inLedgerAt: arguments[option + 1], after: Int(known))
        return output
    }
    let place = try TemporaryDirectory()
    let path = "\(place.path)/ledger.db"
    _ = try Ledger.open(at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
    let output = try run(arguments + ["--ledger", path])
    try expectSameAgain(inLedgerAt: path)
    let lines = output.stdout.split(separator: 0x0A, omittingEmptySubsequences: false)
        .filter { !$0.elementsEqual("remit: decision 1 recorded".utf8) }
    return Output(stdout: Array(lines.joined(separator: [0x0A])), stderr: output.stderr, status: output.status)
}
