import ArgumentParser
import RemitCollection
import RemitLedger
import RemitModel
import RemitReport

/// `remit collect verify`: derives a collection again and names what is not as it was collected.
struct CollectVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify every entry of a collection, the trees over them, and the signed checkpoints.",
        discussion: """
            Reads everything and derives digests, trees and roots again. Against somebody who can rewrite the whole \
            database, only what is kept elsewhere helps: give the logs' keys, and checkpoints that were kept.

            Exit status: 0 when everything is as it was collected, else 1.

            Example: remit collect verify --collection postgres://auditor@db.example.org/evidence --key VKEY
            """)

    @Option(help: ArgumentHelp("The collection, as libpq takes it.", valueName: "address"))
    var collection: String

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            "The public key of a log; may be given again. Default: those that the collection has.", valueName: "vkey"))
    var keys: [String] = []

    @Option(
        name: .customLong("checkpoint"),
        help: ArgumentHelp("A checkpoint kept from earlier; may be given again.", valueName: "file"))
    var checkpoints: [String] = []

    @Option(help: "text or json.")
    var format = ReportFormat.text

    func run() throws {
        var kept: [SignedNote] = []
        for path in checkpoints { kept.append(try Self.note(path)) }
        let verifier = CollectionVerifier(
            try CollectionOptions.open(collection), keys: try CollectionOptions.keys(keys), kept: kept)
        let line = ProgressLine()
        defer { line.clear() }
        let found = try CollectionOptions.asking { () throws(CollectionError) in
            try verifier.examine { log, done, total in line.tell("verifying '\(log)'", done, of: total, "entries") }
        }
        line.clear()
        switch format {
        case .text: Console.standard.print(Self.text(of: found))
        case .json: Console.standard.print(Self.json(of: found).text)
        }
        if found.contains(where: { !$0.faults.isEmpty }) { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private static func note(_ path: String) throws(AppError) -> SignedNote {
        let bytes = try Files.read(Files.absolute(path), limit: SignedNote.maximumByteCount)
        do throws(NoteError) {
            return try SignedNote(bytes)
        } catch {
            throw AppError("--checkpoint '\(path)': \(error)", status: .usage)
        }
    }

    private static func text(of found: [CollectionExamination]) -> String {
        var lines: [String] = []
        for log in found {
            lines += log.faults.map { "FAIL \(log.log): \($0.words)" }
            if log.faults.further > 0 { lines.append("FAIL \(log.log): \(log.faults.further) more") }
            lines.append(
                "\(log.log): \(log.entries) entries, \(log.signed) under a signed checkpoint, root \(log.root.hex)")
            lines.append("\(log.log): \(log.inputs) inputs, \(log.erased) erased")
        }
        if found.isEmpty { lines.append("nothing was collected yet") }
        return lines.map { Escaping.text(Array($0.utf8), limit: 4096) }.joined(separator: "\n")
    }

    private static func json(of found: [CollectionExamination]) -> JSONText {
        .object([
            ("schema", .string("collection-verification/v1")),
            ("logs", .array(found.map(json))),
        ])
    }

    private static func json(_ log: CollectionExamination) -> JSONText {
        let members: [(name: String, value: JSONText)] = [
            ("log", .string(log.log)),
            ("entries", .integer(Int(log.entries))),
            ("signed", .integer(Int(log.signed))),
            ("root", .string(log.root.hex)),
            ("inputs", .integer(log.inputs)),
            ("erased", .integer(log.erased)),
        ]
        return .object(members + log.faults.members)
    }
}
