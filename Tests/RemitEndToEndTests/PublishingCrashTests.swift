import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit log publish`, ended or failing at each of its writes: what is published is always whole, never goes back, and
/// is brought up by the next run, which leaves nothing behind.
@Suite(.serialized) struct PublishingCrashTests {
    private static let (before, after) = (Int64(5), Int64(300))

    /// A ledger of which a part is published; the rest completes a tile, so that partial ones are taken away.
    private struct Log {
        let directory = Result { try TemporaryDirectory() }
        let signer: NoteSigner
        let kept: SignedNote

        init() throws {
            let path = try directory.get().path + "/saved"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            let file = "\(path)/ledger.db"
            var ledger = try Ledger.open(at: ByteString(file), create: true, deadline: .now.advanced(by: .seconds(10)))
            signer = try NoteSigner(name: "git.example.org/decisions")
            try Self.append(PublishingCrashTests.before, to: &ledger)
            kept = try ledger.publish(to: LogDirectory(ofLedgerAt: ByteString(file)), signer: signer)
            try Self.append(PublishingCrashTests.after - PublishingCrashTests.before, to: &ledger)
            try writeFile(signer.file, to: file + ".key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file + ".key")
        }

        private static func append(_ count: Int64, to ledger: inout Ledger) throws {
            try ledger.transaction { (transaction) throws(LedgerError) in
                for number in 0..<count {
                    _ = try transaction.append(
                        kind: .anchor, at: Instant(seconds: 0), bytes: Array(#"{"number":\#(number)}"#.utf8))
                }
            }
        }

        /// A ledger in the state from which every publishing begins.
        func fresh() throws -> String {
            let path = try directory.get().path + "/log"
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: try directory.get().path + "/saved", toPath: path)
            return path
        }

        func publish(_ path: String, environment: [String: String] = [:]) throws -> Output {
            try spawn(
                [try BuiltProducts.remit, "log", "publish", "--ledger", "\(path)/ledger.db"],
                environment: HermeticGit.environment(home: path).merging(environment) { $1 })
        }

        /// Everything holds: the ledger, the files, the signature, and the checkpoint that was kept from the beginning.
        func examine(_ path: String) throws -> LogExamination {
            let copy = try TemporaryDirectory()
            try FileManager.default.copyItem(atPath: path, toPath: "\(copy.path)/log")
            let file = ByteString("\(copy.path)/log/ledger.db")
            let ledger = try Ledger.open(at: file, create: false, deadline: .now.advanced(by: .seconds(10)))
            return try LogVerifier(LogDirectory(ofLedgerAt: file), key: signer.publicKey, kept: kept).examine(ledger)
        }

        func files(_ path: String) throws -> [String] {
            let all = FileManager.default.enumerator(atPath: path)?.allObjects.compactMap { $0 as? String } ?? []
            return all.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
        }
    }

    @Test(arguments: FaultInjection.Kind.allCases)
    func `publishing that ends at any step can be done again`(_ kind: FaultInjection.Kind) throws {
        let log = try Log()
        let whole = try log.fresh()
        #expect(try log.publish(whole).status == 0)
        let files = try log.files(whole)
        let injection = try FaultInjection(on: whole)
        var (published, failed, points) = (0, 0, [String: Int]())
        for step in 1...1000 {
            let path = try log.fresh()
            let output = try log.publish(path, environment: injection.environment(kind, at: step))
            let steps = try injection.steps()
            guard steps.count >= step else {
                #expect(output.status == 0 && step > 20, "\(output.errorText)")
                print(
                    "publishing, \(kind.rawValue): \(step - 1) runs, \(failed) failed, \(published) had published; at",
                    points.sorted { $0.key < $1.key }.map { "\($0.key) ×\($0.value)" }.joined(separator: ", "))
                return
            }
            let place: Comment = "step \(step), \(steps[step - 1].words): \(output.errorText)"
            let found = try log.examine(path)
            #expect(found.faults.map(\.words) == [] && found.isSigned, "\(place)")
            #expect([Self.before, Self.after].contains(found.published?.size), "\(place)")
            if output.status == 0 { #expect(found.published?.size == Self.after, "\(place)") }
            if kind == .full, output.status != 0 {
                #expect(output.errorText.hasPrefix("remit: error: "), "\(place)")
                let isBesideLedger = ["/ledger.db-wal", "/ledger.db-shm"].contains(steps[step - 1].file)
                #expect(output.errorText.contains("full: ") || isBesideLedger, "\(place)")
                if output.errorText.contains("cannotOpen: ") {
                    #expect(
                        output.errorText.contains("no file can be made beside it, such as its write-ahead log"),
                        "\(place)")
                }
            }
            let again = try log.publish(path)
            #expect(again.status == 0, "\(place)\n\(again.errorText)")
            #expect(try log.examine(path).published?.size == Self.after, "\(place)")
            let left = Set(try log.files(path)).subtracting(files)
            // A partial tile that could not be taken away harms nobody.
            let mayBeLeft = kind == .io && ["unlink", "rmdir"].contains(steps[step - 1].call)
            #expect(mayBeLeft ? left.allSatisfy { $0.contains("000.p") } : left.isEmpty, "\(place): \(left)")
            #expect(Set(files).isSubset(of: try log.files(path)), "\(place)")
            published += found.published?.size == Self.after ? 1 : 0
            failed += output.status == 0 ? 0 : 1
            points[steps[step - 1].call, default: 0] += 1
        }
        Issue.record("publishing did not come to its end")
    }
}
