package import RemitModel

/// Something that entries are about, by which they are found again.
package struct Subject: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case commit
        /// The full name of a ref.
        case ref
        /// One movement of one ref, by which an effect finds its decision.
        case update
        case delegation
        case agent
        case environment
        case approval
        case exception
        /// The certificate of a push that was let through, by the digest of its bytes.
        case certificate
    }

    package let kind: Kind
    package let value: ByteString
    /// The repository in which it is; `nil` asks for every one.
    package let repository: ByteString?

    init(_ kind: Kind, _ value: ByteString, in repository: ByteString?) {
        self.kind = kind
        self.value = value
        self.repository = repository
    }

    package static func commit(_ id: ObjectID, in repository: ByteString?) -> Subject {
        Subject(.commit, ByteString(id.bytes), in: repository)
    }

    package static func ref(_ name: ByteString, in repository: ByteString?) -> Subject {
        Subject(.ref, name, in: repository)
    }

    package static func update(_ update: RefUpdate, in repository: ByteString?) -> Subject {
        // Ids have one length in a repository, so that nothing can be read in two ways.
        Subject(.update, ByteString(update.old.bytes + update.new.bytes + update.ref.bytes), in: repository)
    }

    package static func delegation(_ id: RecordID, in repository: ByteString?) -> Subject {
        Subject(.delegation, ByteString(id.bytes), in: repository)
    }

    package static func agent(_ id: String, in repository: ByteString?) -> Subject {
        Subject(.agent, ByteString(id), in: repository)
    }

    package static func environment(_ name: String, in repository: ByteString?) -> Subject {
        Subject(.environment, ByteString(name), in: repository)
    }

    package static func approval(_ id: RecordID, in repository: ByteString?) -> Subject {
        Subject(.approval, ByteString(id.bytes), in: repository)
    }

    package static func exception(_ id: RecordID, in repository: ByteString?) -> Subject {
        Subject(.exception, ByteString(id.bytes), in: repository)
    }

    package static func certificate(_ digest: RecordID, in repository: ByteString?) -> Subject {
        Subject(.certificate, ByteString(digest.bytes), in: repository)
    }
}

extension LedgerTransaction {
    /// Says what an entry is about, so that it is found by that.
    package func index(_ entry: Int64, about subjects: [Subject]) throws(LedgerError) {
        for subject in subjects {
            try statements.index.run([
                .text(subject.kind.rawValue), .bytes(subject.value.bytes), .bytes(subject.repository?.bytes ?? []),
                .integer(entry),
            ])
        }
    }

    /// The sequences of the entries about something, the newest first; at most so many.
    package func entries(about subject: Subject, limit: Int) throws(LedgerError) -> [Int64] {
        let (kind, value) = (SQLValue.text(subject.kind.rawValue), SQLValue.bytes(subject.value.bytes))
        let limit = SQLValue.integer(Int64(limit))
        guard let repository = subject.repository else {
            return try statements.aboutAnywhere.all([kind, value, limit]) { row in row.integer(0) }
        }
        return try statements.about.all([kind, value, .bytes(repository.bytes), limit]) { row in row.integer(0) }
    }

    /// What lies between two values and entries are about, both included; at most so many.
    ///
    /// Ids have one length, so that those with the same beginning lie between two of them.
    package func values(
        of kind: Subject.Kind, from first: ByteString, through last: ByteString, limit: Int
    ) throws(LedgerError) -> [ByteString] {
        try statements.aboutRange.all([
            .text(kind.rawValue), .bytes(first.bytes), .bytes(last.bytes), .integer(Int64(limit)),
        ]) { row in ByteString(row.bytes(0)) }
    }
}
