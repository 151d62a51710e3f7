import ArgumentParser
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

/// A form in which others read entries.
enum ExportForm: String, ExpressibleByArgument, CaseIterable {
    case inToto = "in-toto"
    case vsa
    case decisionLog = "decision-log"
    case cef
    case ocsf

    var isSigned: Bool { self == .inToto || self == .vsa }
}

/// Makes the lines of entries.
struct ExportWriter {
    let form: ExportForm
    /// Signs statements; `nil` for the forms that are not signed.
    let key: StatementKey?
    /// Where the source of repositories is, '*' standing for the repository's name.
    let resource: String?

    /// The lines of an entry, each with its line feed; empty where the form has nothing to say of it.
    func lines(of entry: ExportedEntry) throws(AppError) -> [UInt8] {
        switch form {
        case .cef: Array((CEFLine.text(of: entry) + "\n").utf8)
        case .ocsf: OCSFEvent.json(of: entry).encoded + [0x0A]
        case .decisionLog: DecisionLogLine.json(of: entry).map { $0.encoded + [0x0A] } ?? []
        case .inToto:
            try statements(of: entry).decision().map { payload throws(AppError) in
                guard let line = try signed(payload) else { return try shorter(entry) }
                return line
            } ?? []
        case .vsa:
            try summaries(of: entry)
        }
    }

    private func statements(of entry: ExportedEntry) -> ExportedStatements {
        ExportedStatements(entry, resource: resource?.replacing("*", with: entry.repository))
    }

    private func summaries(of entry: ExportedEntry) throws(AppError) -> [UInt8] {
        var lines: [UInt8] = []
        for payload in statements(of: entry).summaries() { lines += try signed(payload) ?? [] }
        return lines
    }

    /// The decision without who wrote each commit, which the log still tells.
    private func shorter(_ entry: ExportedEntry) throws(AppError) -> [UInt8] {
        guard let payload = statements(of: entry).decision(tellsAuthors: false), let line = try signed(payload) else {
            throw AppError(
                "the statement of entry \(entry.name.sequence) is longer than 1 MiB",
                hint: "export it in another form", status: .undecided)
        }
        return line
    }

    /// The line of an envelope; `nil` where it is longer than anybody reads.
    private func signed(_ payload: [UInt8]) throws(AppError) -> [UInt8]? {
        guard let key else { return nil }
        do throws(StatementKeyError) {
            let envelope = try key.sign(statement: payload).bytes
            return envelope.count <= DSSEEnvelope.maximumByteCount ? envelope + [0x0A] : nil
        } catch {
            throw AppError("the key \(error.reason)", status: .undecided)
        }
    }
}
