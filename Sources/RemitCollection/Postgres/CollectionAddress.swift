import CPostgreSQL
import Glibc

/// Where a collection is, as libpq takes it: `postgres://…`, or `keyword=value` pairs.
///
/// What is not said there comes from libpq's own places: PGHOST and the like, a service file, a password file.
package struct CollectionAddress: Sendable {
    package static let maximumByteCount = 4096
    /// How long a server may take to answer the first time, where nothing else is said.
    private static let connectSeconds = 10

    /// What is given to libpq: the address and what it lacks.
    let parameters: [(keyword: String, value: String)]

    /// Reads an address; no error repeats any part of it, since it can hold a password.
    package init(_ text: String) throws(CollectionError) {
        guard text.utf8.count <= Self.maximumByteCount, !text.utf8.contains(0), !text.isEmpty else {
            throw CollectionError(
                .address, "the address of the collection is empty or longer than \(Self.maximumByteCount) bytes")
        }
        let given = try Self.parse(text)
        for (keyword, value) in given where keyword != "password" && value.contains("@") {
            throw CollectionError(
                .address,
                "the address of the collection has an '@' in its \(keyword): write '%40' for one in a user or a password"
            )
        }
        var parameters = [
            (keyword: "dbname", value: text), (keyword: "fallback_application_name", value: "remit"),
            (keyword: "client_encoding", value: "UTF8"),
        ]
        // Ours would take the place of what the environment or a service says.
        let isSaid =
            given.contains { $0.keyword == "connect_timeout" || $0.keyword == "service" }
            || ["PGCONNECT_TIMEOUT", "PGSERVICE"].contains { (name: String) in unsafe getenv(name) != nil }
        if !isSaid { parameters.append((keyword: "connect_timeout", value: String(Self.connectSeconds))) }
        self.parameters = parameters
    }

    private static func parse(_ text: String) throws(CollectionError) -> [(keyword: String, value: String)] {
        // A bare word would be a database's name to libpq; here it is more likely a mistake.
        guard text.contains("=") || text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            throw CollectionError(.address, "the address of the collection is not of the form 'postgres://…'")
        }
        var words: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(text, &words)
        defer {
            unsafe PQconninfoFree(options)
            unsafe PQfreemem(words)
        }
        guard var option = unsafe options else {
            throw CollectionError(.address, "libpq cannot read the address of the collection")
        }
        var given: [(keyword: String, value: String)] = []
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe given.append((keyword: String(cString: keyword), value: String(cString: value)))
            }
            unsafe option += 1
        }
        return given
    }
}
