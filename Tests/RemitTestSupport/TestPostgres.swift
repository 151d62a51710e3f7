import Foundation

/// A PostgreSQL server of the tests' own: a private cluster in a temporary directory, reached over a socket there alone.
///
/// It goes when the process of the tests does: a shell beside it waits for the end of a pipe.
package final class TestPostgres: @unchecked Sendable {
    package let directory: TemporaryDirectory
    private let pipe: Pipe
    private let lock = NSLock()
    private var process: Process?
    private var databases = 0

    /// The server that tests share which do it no harm.
    package static let shared = Result { try TestPostgres() }

    package static let password = "correct horse battery staple"

    private var data: String { "\(directory.path)/data" }
    package var socket: String { "\(directory.path)/socket" }

    private static let programs: String = {
        let versions = "/usr/lib/postgresql"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
        let newest = names.max { (Int($0) ?? 0) < (Int($1) ?? 0) }
        return newest.map { "\(versions)/\($0)/bin/" } ?? ""
    }()

    /// The server refuses to run as root.
    private static func asServer(_ command: [String]) -> [String] {
        geteuid() == 0
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + command : command
    }

    private static let environment = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "HOME": "/", "TZ": "UTC"]

    /// A cluster that was just made; making one takes a second, copying it much less.
    private static let fresh = Result {
        let directory = try TemporaryDirectory()
        try hand(directory.path)
        let file = try directory.write("\(password)\n", to: "password")
        try hand(file)
        let made = try spawn(
            asServer([
                "\(programs)initdb", "-D", "\(directory.path)/data", "-U", "remit", "-E", "UTF8", "--locale=C",
                "--auth-local=trust", "--no-sync", "--pwfile=\(file)",
            ]), environment: environment)
        guard made.status == 0 else {
            throw CommandFailure(command: ["initdb"], status: made.status, stderr: made.errorText)
        }
        // Who belongs to the group 'stranger' needs a password, everybody else is let in.
        let rules = "local all +stranger scram-sha-256\nlocal all all trust\n"
        try writeFile(Array(rules.utf8), to: "\(directory.path)/data/pg_hba.conf")
        return directory
    }

    private static func hand(_ path: String) throws {
        guard geteuid() == 0 else { return }
        try run(["chown", "-R", "postgres:postgres", path])
    }

    package init() throws {
        directory = try TemporaryDirectory()
        pipe = Pipe()
        try Self.run(["cp", "-a", "\(try Self.fresh.get().path)/data", directory.path])
        try FileManager.default.createDirectory(atPath: socket, withIntermediateDirectories: false)
        try Self.hand(directory.path)
        try start()
    }

    deinit { try? pipe.fileHandleForWriting.close() }

    /// Starts the server, and comes back when it answers.
    package func start() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let server = Self.asServer([
            "\(Self.programs)postgres", "-D", data, "-k", socket, "-h", "", "-F", "-c", "max_connections=200", "-c",
            "full_page_writes=off", "-c", "log_min_messages=fatal",
        ])
        process.arguments =
            ["-c", #""$@" 2>"$0" & server=$!; cat; kill -QUIT $server; wait"#, "\(directory.path)/log"] + server
        process.environment = Self.environment
        process.standardInput = pipe.fileHandleForReading
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        lock.withLock { self.process = process }
        for _ in 0..<600 {
            if try spawn(["\(Self.programs)pg_isready", "-q", "-h", socket], environment: Self.environment).status == 0
            {
                return
            }
            usleep(50_000)
        }
        throw CommandFailure(
            command: server, status: 1, stderr: String(decoding: try readFile("\(directory.path)/log"), as: UTF8.self))
    }

    /// Lets a role in by its password alone.
    package func demandPassword(of role: String) throws {
        try TestDatabase(server: self, name: "postgres").run(
            """
            DO $$ BEGIN CREATE ROLE stranger; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
            GRANT stranger TO \(role)
            """)
    }

    /// Ends the server as a crash does, at once.
    package func crash() throws {
        try Self.run(Self.asServer(["\(Self.programs)pg_ctl", "-D", data, "-m", "immediate", "-W", "stop"]))
        while try spawn(
            ["\(Self.programs)pg_isready", "-q", "-h", socket], environment: Self.environment
        ).status != 2 { usleep(20_000) }
        // The file of a server that was killed outlives it for a moment.
        while FileManager.default.fileExists(atPath: "\(data)/postmaster.pid") { usleep(20_000) }
    }

    /// An empty database of one test.
    package func database() throws -> TestDatabase {
        let name = lock.withLock {
            databases += 1
            return "test\(databases)"
        }
        let database = TestDatabase(server: self, name: name)
        try TestDatabase(server: self, name: "postgres").run("CREATE DATABASE \(name)")
        return database
    }

    fileprivate static func run(_ command: [String], input: String = "") throws {
        let output = try spawn(command, input: Array(input.utf8), environment: environment)
        guard output.status == 0 else {
            throw CommandFailure(command: command, status: output.status, stderr: output.errorText)
        }
    }

    fileprivate func psql(_ database: String, _ user: String, _ sql: String) throws -> Output {
        try spawn(
            [
                "\(Self.programs)psql", "-h", socket, "-U", user, "-d", database, "-X", "-q", "-A", "-t", "-v",
                "ON_ERROR_STOP=1", "-f", "-",
            ], input: Array(sql.utf8), environment: Self.environment)
    }
}

/// A database of a test.
package struct TestDatabase: Sendable {
    package let server: TestPostgres
    package let name: String

    package init(server: TestPostgres, name: String) {
        self.server = server
        self.name = name
    }

    /// The address of it for a user, by default one who may do everything.
    package func address(user: String = "remit", _ rest: String = "") -> String {
        "postgres://\(user)@/\(name)?host=\(server.socket.replacing("/", with: "%2F"))\(rest)"
    }

    /// Runs SQL with the stock client, and gives what it prints.
    @discardableResult
    package func run(_ sql: String, user: String = "remit") throws -> String {
        let output = try server.psql(name, user, sql)
        guard output.status == 0 else {
            throw CommandFailure(command: ["psql", sql], status: output.status, stderr: output.errorText)
        }
        return output.text
    }

    /// Runs what nobody may do whom the triggers stop: as their owner, without them.
    package func damage(_ sql: String) throws {
        try run("SET session_replication_role = replica; \(sql)")
    }

    /// Makes whoever inserts into a table wait there, from when a condition on the new row holds until `release`.
    package func hold(_ table: String, when condition: String = "true") throws {
        try run(
            """
            CREATE TABLE IF NOT EXISTS public.go (value integer);
            CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                WHILE NOT EXISTS (SELECT FROM public.go) LOOP PERFORM pg_catalog.pg_sleep(0.02); END LOOP;
                RETURN NEW;
            END $$;
            CREATE TRIGGER hold BEFORE INSERT ON remit.\(table) FOR EACH ROW WHEN (\(condition))
                EXECUTE FUNCTION public.hold();
            """)
    }

    /// Waits until somebody waits in `hold`.
    package func waitUntilHeld() throws {
        try wait(until: "somebody is held in \(name)") {
            try run(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(name)' AND wait_event = 'PgSleep'") != "0"
        }
    }

    /// Lets everybody go on who waits in `hold`.
    package func release() throws { try run("INSERT INTO public.go VALUES (1)") }

    /// Takes the places away where somebody is held.
    package func removeHold(_ table: String) throws { try run("DROP TRIGGER hold ON remit.\(table)") }

    /// Ends the server's side of every connection but this one, and waits until they are gone.
    package func endConnections() throws {
        let others = "FROM pg_stat_activity WHERE datname = '\(name)' AND pid <> pg_backend_pid()"
        try run("SELECT pg_terminate_backend(pid) \(others)")
        try wait(until: "the connections to \(name) are gone") { try run("SELECT count(*) \(others)") == "0" }
    }
}
