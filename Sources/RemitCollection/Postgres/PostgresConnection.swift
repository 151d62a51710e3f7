import CPostgreSQL
import Glibc

/// One connection to a PostgreSQL server: the only place that talks to libpq.
///
/// Statements are literals of ours, so that nothing can be spliced into one; values are bound, in binary form.
@safe
final class PostgresConnection {
    private let handle: OpaquePointer
    private let notices: Notices

    /// How long a statement may take, and how long a lock may be waited for, where nobody has set the server otherwise.
    private static let statementSeconds = 300
    private static let lockSeconds = 30

    /// What the server says beside its answers; kept at one address, since libpq is given that.
    private final class Notices {
        let say: (String) -> Void
        init(_ say: @escaping (String) -> Void) { self.say = say }
    }

    /// Connects.
    ///
    /// - Parameter say: told what the server says beside its answers; whoever shows it escapes it.
    init(_ address: CollectionAddress, say: @escaping (String) -> Void) throws(CollectionError) {
        let words = unsafe address.parameters.map { unsafe (strdup($0.keyword), strdup($0.value)) }
        defer {
            for unsafe(keyword, value) in unsafe words {
                unsafe free(keyword)
                unsafe free(value)
            }
        }
        let keywords = unsafe words.map { unsafe UnsafePointer($0.0) } + [nil]
        let values = unsafe words.map { unsafe UnsafePointer($0.1) } + [nil]
        guard let opened = unsafe PQconnectdbParams(keywords, values, 1) else {
            throw CollectionError(.unreachable, "libpq has no memory for a connection")
        }
        unsafe handle = opened
        notices = Notices(say)
        guard unsafe PQstatus(opened) == CONNECTION_OK else {
            // The destructor closes it.
            let words = unsafe Self.words(of: opened)
            throw CollectionError(.unreachable, "the collection cannot be reached: \(words)")
        }
        unsafe PQsetNoticeProcessor(
            opened,
            { context, message in
                guard let context = unsafe context, let message = unsafe message else { return }
                let notices = unsafe Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue()
                notices.say(unsafe PostgresConnection.line(String(cString: message)))
            }, Unmanaged.passUnretained(notices).toOpaque())
        guard unsafe PQsetnonblocking(opened, 1) == 0 else { throw lost() }
        // Names are looked up nowhere but where they say, so that nobody's function stands in for the server's own.
        _ = try run("SELECT pg_catalog.set_config('search_path', '', false)")
        _ = try run(
            """
            SELECT set_config(name, limits.value, false)
            FROM unnest($1::text[], $2::text[]) AS limits (name, value)
            WHERE current_setting(name) = '0'
            """,
            [
                .texts(["statement_timeout", "lock_timeout"]),
                .texts(["\(Self.statementSeconds)s", "\(Self.lockSeconds)s"]),
            ])
    }

    deinit { unsafe PQfinish(handle) }

    /// The database and where it is, without anything secret.
    var place: String {
        let database = unsafe PQdb(handle).map { unsafe String(cString: $0) } ?? ""
        let host = unsafe PQhost(handle).map { unsafe String(cString: $0) } ?? ""
        return "'\(database)' at '\(host)'"
    }

    /// What libpq knows of it, without asking the server.
    var isOpen: Bool { unsafe PQstatus(handle) == CONNECTION_OK }

    /// As `PQserverVersion` counts: 150003 is 15.3.
    var serverVersion: Int { unsafe Int(PQserverVersion(handle)) }

    func parameter(_ name: String) -> String? {
        guard let value = unsafe PQparameterStatus(handle, name) else { return nil }
        return unsafe String(cString: value)
    }

    /// Runs one statement.
    func run(_ statement: StaticString, _ values: [PostgresValue] = []) throws(CollectionError) -> PostgresRows {
        // All values in one piece of memory: none of them moves before libpq has copied it.
        let encoded = values.map(\.encoded)
        var memory: [UInt8] = []
        memory.reserveCapacity(encoded.reduce(1) { $0 + ($1?.count ?? 0) })
        var starts: [Int?] = []
        for bytes in encoded {
            starts.append(bytes.map { _ in memory.count })
            memory += bytes ?? []
        }
        // An empty value has an address too: without one it would be a null.
        memory.append(0)
        let lengths = encoded.map { Int32($0?.count ?? 0) }
        let types = values.map(\.type)
        let formats = values.map { _ in Int32(1) }
        let sent = unsafe memory.withUnsafeBytes { memory in
            let pointers = unsafe starts.map { start in
                unsafe start.flatMap { unsafe memory.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return unsafe PQsendQueryParams(
                handle, statement.description, Int32(values.count), types, pointers, lengths, formats, 1)
        }
        return try answer(sent)
    }

    /// Runs several statements without values, one after the other.
    func runAll(_ statements: StaticString) throws(CollectionError) {
        _ = try answer(unsafe PQsendQuery(handle, statements.description))
    }

    /// Does everything in `body`, or nothing of it.
    func transaction<Value>(_ body: () throws(CollectionError) -> Value) throws(CollectionError) -> Value {
        _ = try run("BEGIN")
        do throws(CollectionError) {
            let value = try body()
            guard try run("COMMIT").command == "COMMIT" else {
                throw CollectionError(.refused, "the server took the transaction back")
            }
            return value
        } catch {
            // Where this fails too, the connection is lost, and the server rolls back by itself.
            do { _ = try run("ROLLBACK") } catch {}
            throw error
        }
    }

    // MARK: Waiting

    private func answer(_ sent: Int32) throws(CollectionError) -> PostgresRows {
        guard sent == 1 else { throw lost() }
        while true {
            let left = unsafe PQflush(handle)
            if left == 0 { break }
            guard left == 1 else { throw lost() }
            try wait(for: Int16(POLLIN) | Int16(POLLOUT))
            // The server may have to get rid of something before it reads on.
            guard unsafe PQconsumeInput(handle) == 1 else { throw lost() }
        }
        var last: PostgresRows?
        var fault: CollectionError?
        while true {
            while unsafe PQisBusy(handle) == 1 {
                try wait(for: Int16(POLLIN))
                guard unsafe PQconsumeInput(handle) == 1 else { throw lost() }
            }
            guard let result = unsafe PQgetResult(handle) else { break }
            switch unsafe PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
            default: fault = unsafe fault ?? CollectionError(result: result, connection: handle)
            }
            last = unsafe PostgresRows(owning: result)
        }
        if let fault { throw fault }
        guard let last else { throw lost() }
        return last
    }

    /// Waits until something can be read or written; a server that stays silent for longer than it may take is an error.
    private func wait(for events: Int16) throws(CollectionError) {
        let end = ContinuousClock.now.advanced(by: .seconds(Self.statementSeconds + Self.lockSeconds))
        while true {
            let left = max(0, (end - ContinuousClock.now).components.seconds)
            var descriptor = pollfd(fd: unsafe PQsocket(handle), events: events, revents: 0)
            let ready = unsafe poll(&descriptor, 1, Int32(left) * 1000)
            if ready > 0 { return }
            if ready < 0, errno == EINTR { continue }
            guard ready == 0 else { throw CollectionError(.connectionLost, "the connection cannot be waited for") }
            guard left > 0 else {
                throw CollectionError(
                    .timeout,
                    "the server has been silent for \(Self.statementSeconds + Self.lockSeconds) seconds")
            }
        }
    }

    private func lost() -> CollectionError {
        let words = unsafe Self.words(of: handle)
        return CollectionError(.connectionLost, "the connection was lost: \(words)")
    }

    @unsafe static func words(of connection: OpaquePointer) -> String {
        guard let message = unsafe PQerrorMessage(connection) else { return "libpq says nothing" }
        return unsafe line(String(cString: message))
    }

    /// Several lines as one.
    static func line(_ text: String) -> String {
        text.split { $0 == "\n" || $0 == "\t" }.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
            .joined(separator: "; ")
    }
}
