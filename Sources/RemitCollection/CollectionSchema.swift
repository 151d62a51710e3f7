/// The tables of a collection and how a database is known to hold one.
enum CollectionSchema {
    static let version: Int64 = 1
    /// `sha256` of bytes, and identity columns, are there from PostgreSQL 12 on for sure.
    private static let serverAtLeast = 120_000

    /// The first version.
    ///
    /// A step that has been released never changes: databases that it made are out there.
    ///
    /// The triggers stop accidents and honest programs, not the owner of the tables: what they rewrite, the signed
    /// checkpoints show. An input may be deleted (it can hold personal data, and entries name it by digest only), but
    /// never changed; so may the names of refs by which an entry is found. Long values are looked up by their beginning,
    /// since a line of PostgreSQL's indexes holds no more than 2704 bytes.
    private static let tables: StaticString = """
        CREATE TABLE remit.collection (
            application text PRIMARY KEY CHECK (application = 'remit'),
            version bigint NOT NULL
        );
        CREATE TABLE remit.log (
            id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
            name text COLLATE "C" NOT NULL UNIQUE,
            key text COLLATE "C" NOT NULL UNIQUE,
            added_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE remit.entry (
            log bigint NOT NULL REFERENCES remit.log (id),
            sequence bigint NOT NULL,
            kind text COLLATE "C" NOT NULL,
            recorded_at bigint NOT NULL,
            bytes bytea NOT NULL CHECK (octet_length(bytes) <= 65535),
            PRIMARY KEY (log, sequence)
        );
        CREATE TABLE remit.batch (
            log bigint NOT NULL REFERENCES remit.log (id),
            first bigint NOT NULL CHECK (first > 0),
            last bigint NOT NULL CHECK (last - first BETWEEN 0 AND 255),
            leaves bytea NOT NULL CHECK (octet_length(leaves) = 32 * (last - first + 1)),
            peaks bytea NOT NULL CHECK (octet_length(peaks) % 32 = 0),
            lines bytea NOT NULL CHECK (octet_length(lines) = 32),
            collected_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (log, last),
            FOREIGN KEY (log, last) REFERENCES remit.entry (log, sequence)
        );
        ALTER TABLE remit.batch ALTER COLUMN leaves SET STORAGE EXTERNAL;
        CREATE TABLE remit.checkpoint (
            log bigint NOT NULL REFERENCES remit.log (id),
            size bigint NOT NULL CHECK (size >= 0),
            digest bytea NOT NULL CHECK (digest = sha256(note)),
            note bytea NOT NULL CHECK (octet_length(note) <= 65536),
            collected_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (log, size, digest)
        );
        CREATE TABLE remit.input (
            digest bytea PRIMARY KEY CHECK (digest = sha256(bytes)),
            bytes bytea NOT NULL CHECK (octet_length(bytes) <= 67108864)
        );
        CREATE TABLE remit.about (
            log bigint NOT NULL,
            entry bigint NOT NULL,
            recorded_at bigint NOT NULL,
            kind text COLLATE "C" NOT NULL,
            value bytea NOT NULL,
            repository bytea NOT NULL,
            FOREIGN KEY (log, entry) REFERENCES remit.entry (log, sequence)
        );
        CREATE INDEX about_value ON remit.about (kind, substring(value, 1, 256), recorded_at, log, entry);
        CREATE INDEX about_entry ON remit.about (log, entry);

        CREATE FUNCTION remit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'what was collected is never changed' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE FUNCTION remit.require_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM remit.entry WHERE log = NEW.log) THEN
                    RAISE EXCEPTION 'entries are collected in sequence' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
        CREATE FUNCTION remit.require_next() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.first <> (SELECT coalesce(max(last), 0) + 1 FROM remit.batch WHERE log = NEW.log) THEN
                    RAISE EXCEPTION 'batches are collected in sequence' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
        CREATE TRIGGER in_sequence BEFORE INSERT ON remit.entry
            FOR EACH ROW EXECUTE FUNCTION remit.require_sequence();
        CREATE TRIGGER in_sequence BEFORE INSERT ON remit.batch
            FOR EACH ROW EXECUTE FUNCTION remit.require_next();
        CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON remit.collection
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON remit.log
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON remit.entry
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON remit.batch
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON remit.checkpoint
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON remit.input
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON remit.about
            FOR EACH STATEMENT EXECUTE FUNCTION remit.refuse_change();
        CREATE TRIGGER never_deleted BEFORE DELETE ON remit.about
            FOR EACH ROW WHEN (OLD.kind NOT IN ('ref', 'update')) EXECUTE FUNCTION remit.refuse_change();
        INSERT INTO remit.collection (application, version) VALUES ('remit', 1);
        """

    /// What a database says of itself, before anything in it is believed or changed.
    private enum Identity {
        /// The schema is not there, or it is and holds nothing.
        case absent(hasSchema: Bool)
        case present
    }

    /// Makes sure that the database holds a collection; with `create` one without becomes one, wholly or not at all.
    static func require(_ connection: PostgresConnection, create: Bool) throws(CollectionError) {
        guard connection.serverVersion >= serverAtLeast else {
            throw CollectionError(
                .refused, "the server is of version \(connection.serverVersion / 10_000); 12 is needed")
        }
        if case .present = try identity(connection) { return }
        guard create else {
            throw CollectionError(.absent, "there is no collection in the database \(connection.place)")
        }
        guard connection.parameter("server_encoding") == "UTF8" else {
            throw CollectionError(
                .refused,
                "the database \(connection.place) has the encoding '\(connection.parameter("server_encoding") ?? "")'; "
                    + "UTF8 is needed")
        }
        try connection.transaction { () throws(CollectionError) in
            // Two may be making it at once.
            _ = try connection.run("SELECT pg_advisory_xact_lock(hashtextextended('remit.collection', 0))")
            guard case .absent(let hasSchema) = try identity(connection) else { return }
            // Asked for only where it is needed: it takes a right on the whole database.
            if !hasSchema { _ = try connection.run("CREATE SCHEMA remit") }
            try connection.runAll(tables)
        }
    }

    private static func identity(_ connection: PostgresConnection) throws(CollectionError) -> Identity {
        let found = try connection.run(
            """
            SELECT to_regnamespace('remit') IS NOT NULL,
                (SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('remit')),
                (SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('remit') AND relname = 'collection')
            """)
        guard try found.integer(0, 1) > 0 else { return .absent(hasSchema: try found.integer(0, 0) == 1) }
        let foreign = CollectionError(
            .notACollection, "the schema 'remit' of the database \(connection.place) is no collection of ours")
        guard try found.integer(0, 2) == 1 else { throw foreign }
        let rows: PostgresRows
        do throws(CollectionError) {
            rows = try connection.run("SELECT version::bigint FROM remit.collection WHERE application = 'remit'")
        } catch {
            throw error.code == .notACollection ? foreign : error
        }
        guard rows.count == 1 else { throw foreign }
        let version = try rows.integer(0, 0)
        guard version <= Self.version else {
            throw CollectionError(
                .newerVersion,
                "the collection in the database \(connection.place) is of version \(version); this program knows "
                    + "\(Self.version)")
        }
        guard version == Self.version else { throw foreign }
        return .present
    }
}
