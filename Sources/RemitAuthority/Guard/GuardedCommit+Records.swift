import RemitFormats
import RemitModel
import RemitSignatures

/// What all kinds of records have in common.
extension GuardedCommit {
    /// Whether the record is new; a change or a removal of one that is there is told.
    func isAdded(_ change: RecordChange) -> Bool {
        guard let file = change.file else {
            let first = change.signatures[0].path
            if bytes(change, limit: RecordText.maximumByteCount) != nil {
                sheet.refuse(.authorityImmutable, first, "the signatures of a record come with it, and stay")
            } else if !change.onlyRemoves {
                sheet.refuse(.authorityLayout, first, "there is no record beside it")
            }
            return false
        }
        guard file.old == nil else {
            sheet.refuse(
                .authorityImmutable, change.path,
                file.new == nil ? "a record is never removed" : "a record is never changed")
            return false
        }
        return true
    }

    /// The record as the commit leaves it, all of its signatures good in the namespace; otherwise the fault is told.
    ///
    /// Who the signers are is the caller's question.
    func signed(
        _ change: RecordChange, in namespace: SignatureNamespace
    ) -> (record: SignedRecord, keys: [SSHPublicKey])? {
        let path = change.path
        guard let record = attempt(path, { () throws(AuthorityError) in try SignedRecord(at: path, from: new.source) })
        else { return nil }
        guard let record else {
            if !change.onlyRemoves {
                sheet.refuse(.authorityLayout, change.signatures[0].path, "there is no record beside it")
            }
            return nil
        }
        for number in record.signatures.count + 1..<SignedRecord.maximumSignatureCount + 1 {
            let file = AuthorityLayout.signature(of: path, number: number)
            if change.signatures.contains(where: { $0.path == ByteString(file) && $0.new != nil }) {
                let missing = AuthorityLayout.signature(of: path, number: record.signatures.count + 1)
                sheet.refuse(.authorityLayout, file, "there is no '\(missing)' before it")
                return nil
            }
        }
        let (keys, faults) = record.signers(in: namespace)
        guard faults.isEmpty, !keys.isEmpty else {
            sheet.refuse(
                .authoritySignature, path, faults.first.map { "its signature is bad: \($0)" } ?? "it has no signature")
            return nil
        }
        return (record, keys)
    }

    /// Whether a record's name is the digest of its bytes; told if it is not.
    func isNamed(_ id: RecordID, _ bytes: [UInt8], _ path: String) -> Bool {
        let digest = RecordID(of: bytes)
        guard digest == id else {
            sheet.refuse(.authorityRecord, path, "its bytes have the digest \(digest)")
            return false
        }
        return true
    }

    /// Reads a record strictly; a fault of its form is told.
    func read<Record>(
        _ path: String, _ body: () throws(RecordError) -> Record
    ) -> Record? {
        do throws(RecordError) {
            return try body()
        } catch {
            sheet.refuse(.authorityRecord, path, error.place)
            return nil
        }
    }

    /// The bytes of the file as the commit leaves it; `nil` when there is none, or it is too long, which is told.
    func bytes(_ change: RecordChange, limit: Int) -> [UInt8]? {
        attempt(change.path) { () throws(AuthorityError) in try new.source.bytes(at: change.path, limit: limit) } ?? nil
    }

    /// Asks the authority; that it has no answer is told.
    func attempt<Value>(_ path: String, _ body: () throws(AuthorityError) -> Value) -> Value? {
        do throws(AuthorityError) {
            return try body()
        } catch {
            sheet.refuse(error.rule, path, error.statement)
            return nil
        }
    }

    /// Whether a moment that a record gives has come; told if it has not.
    ///
    /// What takes effect at once must not be dated ahead: a suspension of next year could never be followed by another.
    func hasCome(_ moment: Instant?, _ key: String, _ path: String) -> Bool {
        guard let moment, !new.hasCome(moment) else { return true }
        sheet.refuse(.authorityRecord, path, "key '\(key)': \(moment) is still to come")
        return false
    }

    /// Whether a record is of this organisation; told if it is not.
    func isOurs(_ organisation: String, _ path: String) -> Bool {
        guard organisation == new.policy.organisation else {
            sheet.refuse(.authorityRecord, path, "it is of organisation '\(organisation)'")
            return false
        }
        return true
    }

    /// Whether one of the keys is a person's for a purpose, and is so today; told if none is.
    ///
    /// What a record says of its own date does not count here: a key that was taken back adds nothing any more.
    func isSigned(
        by person: String, _ keys: [SSHPublicKey], for namespace: SignatureNamespace, _ path: String
    ) -> Bool {
        var fault = "\(person) did not sign it"
        for key in keys {
            let found = attempt(path) { () throws(AuthorityError) in
                try new.fault(of: key, as: person, for: namespace, issuedAt: new.now)
            }
            guard let found else { return false }
            guard let reason = found else { return true }
            fault = reason
        }
        sheet.refuse(.authoritySignature, path, fault, ask: [person])
        return false
    }

    /// The administrators who signed a record with a key that is theirs today.
    func administrators(whoSigned record: SignedRecord, in namespace: SignatureNamespace) -> Set<String> {
        attempt(record.path) { () throws(AuthorityError) in
            try new.administrators(whoSigned: record, in: namespace, issuedAt: new.now)
        } ?? []
    }
}

extension RecordError {
    /// The fault without the file, which the finding names.
    fileprivate var place: String {
        [line.map { "line \($0)" }, key.map { "key '\($0)'" }, fault].compactMap(\.self).joined(separator: ": ")
    }
}
