package import RemitLedger
package import RemitModel
package import RemitReport

/// That somebody outside the server keeps a checkpoint of the log: from then on nobody can change what it covers unseen.
package struct Anchor: Hashable, Sendable {
    package static let schema = "anchor/v1"

    package let at: Instant
    /// Of the checkpoint: the log's name, how many entries, and the root over them.
    package let origin: String
    package let size: Int
    package let root: TreeHash
    package let keeper: Keeper

    package enum Keeper: Hashable, Sendable {
        /// A witness that has seen that the log only grew; the cosignature is that of C2SP tlog-cosignature, 72 bytes.
        case witness(NoteKey, url: String, cosignature: [UInt8])
        /// A ref of another git repository, and the commit that holds the checkpoint.
        case remote(url: String, ref: String, commit: String)
    }

    package init(of checkpoint: Checkpoint, keptBy keeper: Keeper, at moment: Instant) {
        at = moment
        origin = checkpoint.origin
        size = Int(checkpoint.size)
        root = checkpoint.root
        self.keeper = keeper
    }

    package var checkpoint: Checkpoint { Checkpoint(origin: origin, size: Int64(size), root: root) }

    package var bytes: [UInt8] {
        JSONText.object([
            ("schema", .string(Self.schema)),
            ("at", .string(at.description)),
            ("origin", .string(origin)),
            ("size", .integer(size)),
            ("root", .string(root.hex)),
            ("keeper", keeper.json),
        ]).encoded
    }

    /// Reads the document of an anchor.
    package init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema else { throw members.fault("it is no anchor") }
        at = try members.instant("at")
        origin = try members.text("origin")
        size = try members.number("size")
        guard size >= 0 else { throw members.fault("'size' is negative") }
        guard let root = Hex.decode(try members.text("root").utf8).flatMap({ TreeHash(bytes: $0) }) else {
            throw members.fault("'root' is not a hash in hexadecimal")
        }
        self.root = root
        guard let keeper = members["keeper"] else { throw members.fault("'keeper' is missing") }
        self.keeper = try Keeper(Members(keeper, of: "\(source), 'keeper'"))
    }

    /// What of it is not so, in a few words after the entry's name; `nil` where all of it is.
    ///
    /// - Parameter root: that of the ledger's first `size` entries; `nil` where it has fewer.
    package func fault(root: TreeHash?) -> String? {
        guard root == self.root else {
            return "tells of \(size) entries with another root than the first \(size) of the ledger"
        }
        if case .witness(let key, _, let cosignature) = keeper, !key.isGood(cosignature, for: checkpoint.text) {
            return "holds a cosignature of '\(key.name)' that is not good"
        }
        return nil
    }
}

extension Anchor.Keeper {
    /// Whose it is, as people call it.
    package var words: String {
        switch self {
        case .witness(let key, _, _): "the witness '\(key.name)'"
        case .remote(let url, let ref, _): "'\(ref)' of '\(url)'"
        }
    }

    package var json: JSONText {
        switch self {
        case .witness(let key, let url, let cosignature):
            .object([
                ("kind", .string("witness")), ("name", .string(key.name)), ("key", .string(key.text)),
                ("url", .string(url)), ("cosignature", .string(Base64.text(cosignature, padding: .required))),
            ])
        case .remote(let url, let ref, let commit):
            .object([
                ("kind", .string("remote")), ("url", .string(url)), ("ref", .string(ref)), ("commit", .string(commit)),
            ])
        }
    }

    fileprivate init(_ members: Members) throws(EvidenceError) {
        switch try members.text("kind") {
        case "witness":
            let key: NoteKey
            let text = try members.text("key")
            do throws(NoteError) {
                key = try NoteKey(text)
            } catch {
                throw members.fault("'key': \(error)")
            }
            guard key.kind == .cosignature, key.name == (try members.text("name")) else {
                throw members.fault("'key' is not the witness's")
            }
            guard
                let cosignature = Base64.decode(try members.text("cosignature").utf8, padding: .required),
                cosignature.count == 72
            else { throw members.fault("'cosignature' is not 72 bytes in base64") }
            self = .witness(key, url: try members.text("url"), cosignature: cosignature)
        case "remote":
            self = .remote(
                url: try members.text("url"), ref: try members.text("ref"), commit: try members.text("commit"))
        case let kind: throw members.fault("'kind' is '\(kind)', which is not known")
        }
    }
}

extension EntryDraft {
    /// An anchor; it is about the whole log, and so about no repository.
    package init(of anchor: Anchor, by program: String) {
        self.init(.anchor(size: anchor.size), at: anchor.at, program: program, repository: "", document: anchor.bytes)
    }
}

extension Ledger {
    /// The anchor of an entry; `nil` where its document was erased.
    package func anchor(_ sequence: Int64) throws(EvidenceError) -> Anchor? {
        guard
            let entry = try EvidenceError.asking({ () throws(LedgerError) in
                try entries(from: sequence, limit: 1).first
            }), entry.sequence == sequence
        else { throw EvidenceError("the ledger has no entry \(sequence)") }
        let leaf = try EntryLeaf(entry)
        guard case .anchor(let size) = leaf.summary else { throw EvidenceError("entry \(sequence) is no anchor") }
        guard let manifest = try EvidenceError.asking({ () throws(LedgerError) in try input(leaf.evidence) }) else {
            return nil
        }
        let digest = try EvidenceManifest(manifest, of: "the manifest of entry \(sequence)").document
        guard let document = try EvidenceError.asking({ () throws(LedgerError) in try input(digest) }) else {
            return nil
        }
        let anchor = try Anchor(document, of: "the document of entry \(sequence)")
        guard anchor.size == size else {
            throw EvidenceError("entry \(sequence) and its document tell of different sizes")
        }
        return anchor
    }
}
