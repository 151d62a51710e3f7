import RemitAuthority
import RemitEvidence
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

/// The records of an authority as the gate reads them: those of the authority itself, or those that it once held.
///
/// Records are kept as their own bytes, so that one that many decisions read is kept once.
final class AuthorityView: RecordSource {
    static let schema = "authority-read/v1"

    let commit: ObjectID
    private let live: (any RecordSource)?
    private var files: [String: [UInt8]?] = [:]
    private var directories: [String: [String]] = [:]
    private var faults: [String: AuthorityError] = [:]

    init(_ live: any RecordSource) {
        self.live = live
        commit = live.commit
    }

    func bytes(at path: String, limit: Int) throws(AuthorityError) -> [UInt8]? {
        try ask(path, in: &files) { live throws(AuthorityError) in try live.bytes(at: path, limit: limit) }
    }

    func names(in directory: String) throws(AuthorityError) -> [String] {
        try ask(directory, in: &directories) { live throws(AuthorityError) in try live.names(in: directory) }
    }

    private func ask<Value>(
        _ path: String, in kept: inout [String: Value],
        _ answer: (any RecordSource) throws(AuthorityError) -> Value
    ) throws(AuthorityError) -> Value {
        if let known = kept[path] { return known }
        if let fault = faults[path] { throw fault }
        guard let live else {
            throw AuthorityError(.unreadable, "the archive does not hold '\(path)' of the authority")
        }
        do throws(AuthorityError) {
            let value = try answer(live)
            kept[path] = value
            return value
        } catch {
            faults[path] = error
            throw error
        }
    }

    /// What was read, as inputs of an entry: the list of it, and each record.
    var inputs: [(role: String, bytes: [UInt8])] {
        let read = files.sorted { $0.key < $1.key }
        return [(ArchiveRole.authority, bytes(of: read))]
            + read.compactMap { file in file.value.map { (ArchiveRole.record(file.key), $0) } }
    }

    private func bytes(of read: [(key: String, value: [UInt8]?)]) -> [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)),
            ("commit", .string(commit.hex)),
            ("files", .object(read.map { ($0.key, ($0.value.map { RecordID(of: $0) }).archived) })),
            ("directories", .object(directories.sorted { $0.key < $1.key }.map { ($0.key, $0.value.archived) })),
            ("faults", .object(faults.sorted { $0.key < $1.key }.map { ($0.key, $0.value.archived) })),
        ]).encoded
    }

    /// What is kept of an authority that could not be read at all.
    static func inputs(of fault: AuthorityError) -> [(role: String, bytes: [UInt8])] {
        let text = JSONText.object([("schema", .string(schema)), ("unreadable", fault.archived)])
        return [(ArchiveRole.authority, text.encoded)]
    }

    /// The fault for which an authority could not be read at all, where that is what was kept.
    static func fault(in bytes: [UInt8], of source: String) throws(EvidenceError) -> AuthorityError? {
        let members = try Members(bytes, of: source)
        guard let kept = members["unreadable"] else { return nil }
        guard let fault = AuthorityError(archived: kept) else { throw members.fault("'unreadable' tells no fault") }
        return fault
    }

    /// Reads what was kept; `record` gives the bytes with a digest.
    init(
        _ bytes: [UInt8], of source: String, record: (RecordID) throws(EvidenceError) -> [UInt8]
    ) throws(EvidenceError) {
        live = nil
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema, let id = ObjectID(hex: try members.text("commit")) else {
            throw members.fault("it is not what was read of an authority")
        }
        commit = id
        for (path, value) in try members.map("files") {
            guard let digest = RecordID?(archived: value) else { throw members.fault("'files' names no digest") }
            if let digest { files[path] = try record(digest) } else { files[path] = .some(nil) }
        }
        for (path, value) in try members.map("directories") {
            guard let names = [String](archived: value) else { throw members.fault("'directories' lists no names") }
            directories[path] = names
        }
        for (path, value) in try members.map("faults") {
            guard let fault = AuthorityError(archived: value) else { throw members.fault("'faults' tells no fault") }
            faults[path] = fault
        }
    }
}

extension AuthorityError: Archivable {
    var archived: JSONText { [code.rawValue, statement].archived }

    init?(archived: JSONValue) {
        guard let words = [String](archived: archived), words.count == 2, let code = Code(rawValue: words[0]) else {
            return nil
        }
        self.init(code, words[1])
    }
}

/// What an input of an entry is to it.
enum ArchiveRole {
    /// What git gave the hook on its standard input.
    static let hookInput = "hook-input"
    /// Who pushed, with which options, and when.
    static let request = "request"
    /// The text of the certificate with which a push came.
    static let pushCertificate = "push-certificate"
    /// What was asked of the repository.
    static let repository = "repository"
    /// What was asked of the ledger.
    static let memory = "memory"
    /// What was read of the authority.
    static let authority = "authority"

    /// What was asked of the authority's own repository, to find out how old a copy of it is.
    static let authorityHistory = "authority-history"
    /// What a CI job is known by: its variables, the options given, and what its token proves.
    static let job = "job"
    /// The header and the claims of the job's token, without its signature, and the key that verified it.
    static let token = "token"
    static let tokenKey = "token-key"

    static func record(_ path: String) -> String { "record:\(path)" }
}
