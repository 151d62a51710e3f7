import RemitCollection
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What the database says and does: rights, versions, triggers, faults.
@Suite struct CollectionDatabaseTests {
    private static func opening(_ address: String, create: Bool = false) -> CollectionError? {
        fault { _ = try Collection(try CollectionAddress(address), create: create, say: { _ in }) }
    }

    private static func place(_ database: TestDatabase) -> String {
        "'\(database.name)' at '\(database.server.socket)'"
    }

    @Test func `a database without a collection is said to be one`() throws {
        let database = try TestPostgres.shared.get().database()
        let absent = CollectionError(.absent, "there is no collection in the database \(Self.place(database))")
        #expect(Self.opening(database.address()) == absent)
        // A schema that the administrator made for it is as good as none.
        try database.run("CREATE SCHEMA remit")
        #expect(Self.opening(database.address()) == absent)
        #expect(Self.opening(database.address(), create: true) == nil)
        #expect(Self.opening(database.address()) == nil)
    }

    @Test(arguments: [
        "CREATE SCHEMA remit; CREATE TABLE remit.entry (id integer)",
        "CREATE SCHEMA remit; CREATE TABLE remit.collection (id integer)",
        "CREATE SCHEMA remit; CREATE TABLE remit.collection (application text, version text)",
    ])
    func `a database of others is left alone`(sql: String) throws {
        let database = try TestPostgres.shared.get().database()
        try database.run(sql)
        let words = "the schema 'remit' of the database \(Self.place(database)) is no collection of ours"
        #expect(Self.opening(database.address(), create: true) == CollectionError(.notACollection, words))
        #expect(try database.run("SELECT count(*) FROM pg_class WHERE relnamespace = 'remit'::regnamespace") == "1")
    }

    @Test func `a collection of a newer version is not touched`() throws {
        let database = try TestPostgres.shared.get().database()
        #expect(Self.opening(database.address(), create: true) == nil)
        try database.damage("UPDATE remit.collection SET version = 2")
        #expect(
            Self.opening(database.address(), create: true)
                == CollectionError(
                    .newerVersion,
                    "the collection in the database \(Self.place(database)) is of version 2; this program knows 1"))
    }

    @Test func `a database of another encoding is refused`() throws {
        let server = try TestPostgres.shared.get()
        let name = try server.database().name + "latin"
        try TestDatabase(server: server, name: "postgres").run(
            "CREATE DATABASE \(name) ENCODING 'LATIN1' TEMPLATE template0")
        let database = TestDatabase(server: server, name: name)
        #expect(
            Self.opening(database.address(), create: true)
                == CollectionError(
                    .refused, "the database \(Self.place(database)) has the encoding 'LATIN1'; UTF8 is needed"))
    }

    @Test func `many who create it at once make one`() async throws {
        let database = try TestPostgres.shared.get().database()
        let address = database.address()
        let faults = await withTaskGroup(of: CollectionError?.self) { group in
            for _ in 0..<4 { group.addTask { Self.opening(address, create: true) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(faults == [nil, nil, nil, nil])
        #expect(try database.run("SELECT count(*) FROM remit.collection") == "1")
    }

    @Test func `a role that may read and insert is enough, and one that may only read is told`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 3)
        try server.collect(into: database)
        try server.append(2)
        let (collector, reader) = ("collector_\(database.name)", "reader_\(database.name)")
        try database.run(
            """
            CREATE ROLE \(collector) LOGIN; GRANT USAGE ON SCHEMA remit TO \(collector);
            GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA remit TO \(collector);
            CREATE ROLE \(reader) LOGIN; GRANT USAGE ON SCHEMA remit TO \(reader);
            GRANT SELECT ON ALL TABLES IN SCHEMA remit TO \(reader);
            CREATE ROLE nobody_\(database.name) LOGIN;
            """)
        let before = try contents(of: database)
        #expect(
            fault { try server.collect(into: database, user: reader) }
                == CollectionError(
                    .notPermitted, "the server refuses: permission denied for table input (SQLSTATE 42501)"))
        #expect(try contents(of: database) == before)
        let foreign = try ServerLedger("git2.example.org/decisions", entries: 1)
        #expect(
            fault { try foreign.collect(into: database, user: reader) }?.statement
                == "the server refuses: permission denied for table log (SQLSTATE 42501)")
        try database.run("ALTER ROLE \(collector) SET default_transaction_read_only = on")
        #expect(
            fault { try server.collect(into: database, user: collector) }
                == CollectionError(
                    .notPermitted,
                    "the server refuses: cannot execute INSERT in a read-only transaction (SQLSTATE 25006)"))
        try database.run("ALTER ROLE \(collector) RESET default_transaction_read_only")
        #expect(try server.collect(into: database, user: collector).entries == 2)
        #expect(try foreign.collect(into: database, user: collector).entries == 1)
        #expect(try CollectionVerifier.words(database) == [])
        #expect(
            Self.opening(database.address(user: "nobody_\(database.name)"))
                == CollectionError(
                    .notPermitted, "the server refuses: permission denied for schema remit (SQLSTATE 42501)"))
    }

    @Test func `what was collected is not changed, even by those who may`() throws {
        let database = try TestPostgres.shared.get().database()
        try ServerLedger(entries: 3).collect(into: database)
        let before = try contents(of: database)
        let never = "ERROR:  what was collected is never changed"
        let rows = [
            ("UPDATE remit.entry SET kind = 'x'", never), ("DELETE FROM remit.entry", never),
            ("TRUNCATE remit.entry CASCADE", never), ("UPDATE remit.log SET key = 'x'", never),
            ("DELETE FROM remit.batch", never), ("DELETE FROM remit.checkpoint", never),
            ("UPDATE remit.about SET entry = 1", never), ("UPDATE remit.input SET bytes = 'x'", never),
            ("TRUNCATE remit.input", never), ("UPDATE remit.collection SET version = 9", never),
            (
                "INSERT INTO remit.entry SELECT log, 9, kind, recorded_at, bytes FROM remit.entry WHERE sequence = 1",
                "ERROR:  entries are collected in sequence"
            ),
            (
                "INSERT INTO remit.batch SELECT log, 2, 3, substring(leaves, 1, 64), peaks, lines FROM remit.batch",
                "ERROR:  batches are collected in sequence"
            ),
            (
                "INSERT INTO remit.input VALUES (sha256('x'), 'y')",
                #"ERROR:  new row for relation "input" violates check constraint "input_check""#
            ),
        ]
        for (sql, words) in rows {
            let failure = #expect(throws: CommandFailure.self) { try database.run(sql) }
            #expect(failure?.stderr.contains(words) == true, "\(sql): \(failure?.stderr ?? "")")
        }
        #expect(try contents(of: database) == before)
    }

    @Test func `a server that cannot be reached, and a wrong password, are told without the password`() throws {
        let database = try TestPostgres.shared.get().database()
        let secret = "not the right one"
        let elsewhere = "postgres://remit:secret@/x?host=%2Fnowhere"
        #expect(
            Self.opening(elsewhere)
                == CollectionError(
                    .unreachable,
                    #"the collection cannot be reached: connection to server on socket "/nowhere/.s.PGSQL.5432" failed: "#
                        + "No such file or directory; Is the server running locally and accepting connections on that socket?"
                ))
        let user = "stranger_\(database.name)"
        try database.run("CREATE ROLE \(user) LOGIN SUPERUSER PASSWORD '\(TestPostgres.password)'")
        try database.server.demandPassword(of: user)
        let socket = "\(database.server.socket)/.s.PGSQL.5432"
        let failed = "the collection cannot be reached: connection to server on socket \"\(socket)\" failed: "
        #expect(
            Self.opening(database.address(user: user, "&password=\(secret.replacing(" ", with: "%20"))"))
                == CollectionError(
                    .unreachable, failed + #"FATAL:  password authentication failed for user "\#(user)""#))
        #expect(
            Self.opening(database.address(user: user))
                == CollectionError(.unreachable, failed + "fe_sendauth: no password supplied"))
        let right = TestPostgres.password.replacing(" ", with: "%20")
        #expect(Self.opening(database.address(user: user, "&password=\(right)"), create: true) == nil)
    }

    @Test func `no error repeats an address`() {
        let form = "the address of the collection is not of the form 'postgres://…'"
        let unread = "libpq cannot read the address of the collection"
        let at = "the address of the collection has an '@' in its host: write '%40' for one in a user or a password"
        let empty = "the address of the collection is empty or longer than 4096 bytes"
        let rows = [
            ("", empty), ("postgres://h/" + String(repeating: "x", count: 4090), empty), ("secret", form),
            ("http://secret@host/x", form), ("postgres://u:secret@h:%zz/x", unread), ("secret=1", unread),
            ("postgres://h/x?secret=1", unread), ("host=h password='secret", unread),
            ("postgres://u:sec@ret@host/x", at),
        ]
        for (address, words) in rows {
            #expect(fault { _ = try CollectionAddress(address) } == CollectionError(.address, words), "\(address)")
        }
    }

    @Test func `a full disk is told, and what was begun is gone on with`() throws {
        let database = try TestPostgres.shared.get().database()
        let server = try ServerLedger(entries: 300)
        #expect(Self.opening(database.address(), create: true) == nil)
        // The server's own error, raised where the second batch is written.
        try database.run(
            """
            CREATE FUNCTION public.fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.last > 256 THEN
                    RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER fill BEFORE INSERT ON remit.batch FOR EACH ROW EXECUTE FUNCTION public.fill();
            """)
        #expect(
            fault { try server.collect(into: database) }
                == CollectionError(
                    .full,
                    #"the server refuses: could not extend file "base/1/2": No space left on device (SQLSTATE 53100)"#))
        #expect(try database.run("SELECT max(sequence) FROM remit.entry") == "256")
        #expect(
            try CollectionVerifier.words(database)
                == ["entries 1 to 256 are under no signed checkpoint: collect the log again"])
        try database.run("DROP TRIGGER fill ON remit.batch")
        let rest = try server.collect(into: database)
        #expect(rest.entries == 44 && rest.total == 300)
        #expect(try CollectionVerifier.words(database) == [])
    }

    @Test func `what the server says beside its answers is passed on`() throws {
        let database = try TestPostgres.shared.get().database()
        #expect(Self.opening(database.address(), create: true) == nil)
        try database.run(
            """
            CREATE FUNCTION public.talk() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE NOTICE E'first\\nsecond \\x1b[31m'; RETURN NEW; END $$;
            CREATE TRIGGER talk BEFORE INSERT ON remit.log FOR EACH ROW EXECUTE FUNCTION public.talk();
            """)
        var said: [String] = []
        let server = try ServerLedger(entries: 1)
        let collection = try Collection(try CollectionAddress(database.address()), say: { said.append($0) })
        _ = try Collector(try server.source(), into: collection).collect(
            try Ledger.open(readingAt: ByteString(server.path), deadline: .now.advanced(by: .seconds(30))))
        #expect(said == ["NOTICE:  first; second \u{1b}[31m"])
    }
}
