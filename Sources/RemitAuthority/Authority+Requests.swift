package import RemitModel
import RemitFormats
import RemitSignatures

/// Requests and what became of them: what agents ask for is read here, and is never believed.
extension Authority {
    /// Most records of one kind that are read to list them.
    package static let listedAtMost = 16_384

    /// The ids of all requests, smallest first, as the names of their files have them.
    package func requestIDs() throws(AuthorityError) -> [RecordID] {
        try ids(in: AuthorityLayout.requests)
    }

    /// The ids of all delegations, smallest first, as the names of their files have them.
    ///
    /// Only for people who look at them all: no decision lists anything.
    package func delegationIDs() throws(AuthorityError) -> [RecordID] {
        var result: [RecordID] = []
        for first in 0...UInt8.max {
            result += try ids(in: AuthorityLayout.delegationDirectory(Hex.text([first])))
            guard result.count <= Self.listedAtMost else {
                throw AuthorityError(.unreadable, "there are more than \(Self.listedAtMost) delegations to list")
            }
        }
        return result
    }

    private func ids(in directory: String) throws(AuthorityError) -> [RecordID] {
        let suffix = ".toml"
        let ids = try source.names(in: directory).filter { $0.hasSuffix(suffix) }
            .compactMap { RecordID($0.dropLast(suffix.count)) }
        guard ids.count <= Self.listedAtMost else {
            throw AuthorityError(.unreadable, "there are more than \(Self.listedAtMost) records in '\(directory)'")
        }
        return ids.sorted()
    }

    /// What a request says; `nil` where there is none.
    ///
    /// Its name must be the digest of its bytes, so that nobody changes what a person has read.
    package func request(_ id: RecordID) throws(AuthorityError) -> DelegationRequest? {
        let path = AuthorityLayout.request(id)
        guard let bytes = try source.bytes(at: path, limit: RecordText.maximumByteCount) else { return nil }
        let request: DelegationRequest
        do throws(RecordError) {
            request = try DelegationRequest(record: bytes, file: path)
        } catch {
            throw AuthorityError(.malformed, error.statement)
        }
        guard RecordID(of: bytes) == id else {
            throw AuthorityError(.malformed, "'\(path)' does not hold the bytes of its name")
        }
        guard request.organisation == policy.organisation else {
            throw AuthorityError(.malformed, "'\(path)' is of organisation '\(request.organisation)'")
        }
        return request
    }

    /// A delegator's no to a request; `nil` where there is none, or none to be believed.
    package func decline(of request: RecordID) throws(AuthorityError) -> Decline? {
        guard let record = try SignedRecord(at: AuthorityLayout.decline(of: request), from: source) else { return nil }
        let decline: Decline
        do throws(RecordError) {
            decline = try Decline(record: record.bytes, file: record.path)
        } catch {
            return nil
        }
        guard decline.organisation == policy.organisation, decline.request == request,
            policy.roles.contains(where: { $0.person == decline.person })
        else { return nil }
        let fault = try record.fault(in: .delegation) { key throws(AuthorityError) in
            try self.fault(of: key, as: decline.person, for: .delegation, issuedAt: decline.issuedAt)
        }
        return fault == nil ? decline : nil
    }
}
