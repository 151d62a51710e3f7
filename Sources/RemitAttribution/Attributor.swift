package import RemitFormats
package import RemitModel

/// Who wrote a commit, from everything known of it.
package struct Attributor: Sendable {
    package let catalogue: MarkCatalogue
    package let extra: ExtraMarks

    package init(catalogue: MarkCatalogue = .builtIn, extra: ExtraMarks = .none) {
        self.catalogue = catalogue
        self.extra = extra
    }

    /// All marks of all kinds.
    ///
    /// `key` is one whose signature over the commit is good.
    package func scan(
        _ commit: RawCommit, key: KeyFingerprint?, ref: ByteString?, pusher: Pusher?
    ) -> MarkScan {
        var scan = catalogue.scan(commit, extra: extra)
        if let key { scan.add(catalogue.scan(key: key, extra: extra)) }
        if let ref { scan.add(catalogue.scan(ref: ref, extra: extra)) }
        if let pusher { scan.add(catalogue.scan(login: pusher.login, extra: extra)) }
        return scan
    }

    /// Who wrote the commit, and the word for it.
    package func attribution(
        of commit: RawCommit, key: KeyFingerprint? = nil, ref: ByteString? = nil, pusher: Pusher? = nil
    ) -> Attribution {
        Attribution(evidence: scan(commit, key: key, ref: ref, pusher: pusher).evidence)
    }

    /// What the commit's own bytes say, of every kind of tool and at every confidence; rules act on
    /// `Attribution.agents`.
    package func evidence(for commit: RawCommit) -> [Evidence] { catalogue.scan(commit, extra: extra).evidence }

    /// The key's signature over the commit must be good.
    package func evidence(forKey key: KeyFingerprint) -> [Evidence] {
        catalogue.scan(key: key, extra: extra).evidence
    }

    package func evidence(forRef ref: ByteString) -> [Evidence] { catalogue.scan(ref: ref, extra: extra).evidence }

    /// The server must vouch for the login.
    package func evidence(forPusher login: ByteString) -> [Evidence] {
        catalogue.scan(login: login, extra: extra).evidence
    }

    /// What the options of a push say of who pushes, and so of every commit in it.
    package func evidence(forOptions options: [ByteString]) -> [Evidence] { catalogue.scan(options: options).evidence }

    /// What a note or a record of a tool says of a commit.
    package func evidence(for lines: AttestedLines, _ place: MarkPlace) -> [Evidence] {
        catalogue.scan(lines, place).evidence
    }

    /// That a note or a record cannot be read.
    package func evidence(
        forUnreadable record: ByteString, because reason: String, _ place: MarkPlace
    ) -> [Evidence] {
        catalogue.scan(unreadable: record, because: reason, place).evidence
    }
}
