import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit collect` from the ledgers of real pushes, and `remit trace` over what was collected.
@Suite struct CollectTests {
    /// Two git servers under one authority, with one delegation that is used on both.
    struct Fleet {
        static let names = ["git1.example.org/decisions", "git2.example.org/decisions"]

        let authority: TestAuthority
        let servers: [TestServer]
        let delegation: TestDelegation.Issued
        let database: TestDatabase
        /// The agent's commits, one on each server.
        let commits: [ObjectID]

        init() throws {
            let authority = try TestAuthority()
            let servers = [
                try TestServer(authority, settings: Scene.gitolite),
                try TestServer(authority, settings: Scene.gitolite),
            ]
            let delegation = try authority.delegate()
            var commits: [ObjectID] = []
            for (number, server) in servers.enumerated() {
                // Refused first, so that something is related.
                try server.commit(["Deploy/prod.yml": "x\n"], under: delegation)
                let refused = try server.push(Scene.branch, environment: Scene.pusher("dana"))
                #expect(refused.status != 0)
                try server.client.setRef(Scene.branch, to: try server.client.resolve("refs/heads/main"))
                let name = number == 0 ? "Sources/Retry.swift" : "Sources/Wait.swift"
                commits.append(try server.commit([name: "let retries = 3\n"], under: delegation))
                let allowed = try server.push(Scene.branch, environment: Scene.pusher("dana"))
                #expect(allowed.status == 0, "\(allowed.errorText)")
            }
            (self.authority, self.servers, self.delegation, self.commits) = (authority, servers, delegation, commits)
            database = try TestPostgres.shared.get().database()
            for (server, name) in zip(servers, Self.names) {
                let made = try remit("log", "key", "--ledger", server.ledgerPath, "--name", name)
                #expect(made.status == 0, "\(made.errorText)")
            }
        }

        func remit(_ arguments: String...) throws -> Output {
            try spawn(
                [BuiltProducts.remit] + arguments, environment: HermeticGit.environment(home: authority.path))
        }

        func collect(_ more: String...) throws -> Output {
            let ledgers = servers.flatMap { ["--ledger", $0.ledgerPath] }
            return try spawn(
                [BuiltProducts.remit, "collect", "--to", database.address()] + ledgers + more,
                environment: HermeticGit.environment(home: authority.path))
        }
    }

    @Test func `trace over the collection says what it says over each ledger, and names the server`() throws {
        let fleet = try Fleet()
        let collected = try fleet.collect("--create")
        #expect(collected.status == 0, "\(collected.errorText)")
        let lines = collected.errorText.split(separator: "\n")
        for (line, name) in zip(lines, Fleet.names) {
            #expect(
                line.hasPrefix("remit: collected 2 entries and ")
                    && line.hasSuffix(" inputs of \(name): 2 entries in all"))
        }
        #expect(lines.count == 2)
        for (number, server) in fleet.servers.enumerated() {
            let (commit, name) = (fleet.commits[number].hex, Fleet.names[number])
            let alone = try fleet.remit("trace", commit, "--ledger", server.ledgerPath)
            let among = try fleet.remit("trace", commit, "--collection", fleet.database.address())
            #expect(alone.status == 0 && among.status == 0, "\(alone.errorText)\(among.errorText)")
            #expect(among.lines.contains { $0.contains(" decision 2 of \(name): push allowed in payments: ") })
            // What was done under the same delegation on the other server is told besides.
            let other = " of \(Fleet.names[1 - number]): "
            #expect(among.lines.filter { $0.contains(other) }.count == 2)
            let rest = among.lines.filter { !$0.contains(other) }.map { $0.replacing(" of \(name)", with: "") }
            #expect(rest == alone.lines)
        }
    }

    @Test func `a delegation that was used on two servers is one story`() throws {
        let fleet = try Fleet()
        #expect(try fleet.collect("--create").status == 0)
        let found = try fleet.remit(
            "trace", fleet.delegation.id.description, "--collection", fleet.database.address())
        #expect(found.status == 0, "\(found.errorText)")
        let decisions = found.lines.filter { $0.contains(" decision ") && !$0.hasPrefix(" ") }
        let expected = Fleet.names.flatMap { ["1 of \($0): push refused", "2 of \($0): push allowed"] }
        #expect(decisions.count == 4)
        for words in expected {
            #expect(decisions.contains { $0.contains(" decision \(words) in payments: ") }, "\(words)")
        }
        #expect(found.lines.filter { $0.hasPrefix("  accountable ") } == ["  accountable dana@example.org"])
        let json = try fleet.remit(
            "trace", fleet.delegation.id.description, "--collection", fleet.database.address(), "--format", "json")
        for name in Fleet.names { #expect(json.text.contains(#"{"log":"\#(name)","sequence":2,"#)) }
        let nothing = try fleet.remit("trace", "refs/heads/none", "--collection", fleet.database.address())
        #expect(nothing.status == 1)
        #expect(
            nothing.errorText.hasPrefix(
                "remit: error: the collection '\(fleet.database.name)' at '\(fleet.database.server.socket)' says nothing about "
                    + "'refs/heads/none'\n"))
        let both = try fleet.remit("trace", "x", "--collection", fleet.database.address(), "--ledger", "x")
        #expect(both.status == 64)
        #expect(both.errorText.hasPrefix("remit: error: --ledger and --collection exclude each other\n"))
    }

    @Test func `review, report and exports tell of all servers together`() throws {
        let fleet = try Fleet()
        #expect(try fleet.collect("--create").status == 0)
        let collection = ["--collection", fleet.database.address()]
        let ledgers = fleet.servers.map { ["--ledger", $0.ledgerPath] }
        func told(_ command: [String], _ source: [String]) throws -> Output {
            let output = try spawn(
                [BuiltProducts.remit] + command + source,
                environment: HermeticGit.environment(home: fleet.authority.path))
            #expect(output.status < 2, "\(output.errorText)")
            return output
        }
        func figures(_ source: [String]) throws -> [String: Int] {
            let output = try told(
                ["report", "--authority", fleet.authority.path, "--format", "json", "--replay"], source)
            let json = try JSONSerialization.jsonObject(with: Data(output.stdout)) as? [String: Any]
            let evidence = try #require(json?["evidence"] as? [[String: Any]])
            return evidence.reduce(into: [:]) { all, kind in
                all.merge(kind["figures"] as? [String: Int] ?? [:]) { $1 }
            }
        }
        let (one, two, all) = (try figures(ledgers[0]), try figures(ledgers[1]), try figures(collection))
        #expect(all["decisions"] == 4 && all["decisions_allowed"] == 2 && all["decisions_refused"] == 2)
        #expect(all["replays_same"] == 4, "\(all)")
        for (figure, count) in all where figure.hasPrefix("decisions") || figure.hasPrefix("commits") {
            #expect(count == (one[figure] ?? 0) + (two[figure] ?? 0), "\(figure)")
        }

        func ids(_ source: [String]) throws -> Set<String> {
            let lines = try told(["export", "--as", "decision-log"], source).lines
            return Set(lines.map { String($0.prefix { $0 != "," }) })
        }
        #expect(try ids(collection) == ids(ledgers[0]).union(ids(ledgers[1])))
        #expect(try ids(collection).count == 4)

        // What was done on either server counts as used.
        let review = try told(["review", "--authority", fleet.authority.path], collection)
        #expect(review.text.contains("used in 2 decisions; never touched, in all of the logs read:"), "\(review.text)")
        #expect(review.lines.contains { $0.hasSuffix(#"paths = ["Sources/Retry.swift", "Sources/Wait.swift"]"#) })
    }

    @Test func `it runs again without a word of what is old, and verifies`() throws {
        let fleet = try Fleet()
        #expect(try fleet.collect("--create").status == 0)
        let again = try fleet.collect()
        #expect(again.status == 0)
        #expect(
            again.errorText
                == Fleet.names.map { "remit: collected 0 entries and 0 inputs of \($0): 2 entries in all\n" }.joined())
        let key = try fleet.remit("log", "key", "--ledger", fleet.servers[0].ledgerPath).text
        let good = try fleet.remit("collect", "verify", "--collection", fleet.database.address(), "--key", key)
        #expect(good.status == 0, "\(good.text)\(good.errorText)")
        #expect(good.lines[0].hasPrefix("\(Fleet.names[0]): 2 entries, 2 under a signed checkpoint, root "))
        #expect(good.lines[3].hasPrefix("\(Fleet.names[1]): ") && good.lines[3].hasSuffix(" inputs, 0 erased"))
        try fleet.database.damage("UPDATE remit.entry SET bytes = 'x' WHERE sequence = 2 AND log = 2")
        let bad = try fleet.remit("collect", "verify", "--collection", fleet.database.address())
        #expect(bad.status == 1)
        #expect(bad.lines.contains("FAIL \(Fleet.names[1]): entry 2 is not the one that was collected"))
        let json = try fleet.remit("collect", "verify", "--collection", fleet.database.address(), "--format", "json")
        #expect(json.status == 1)
        #expect(
            json.text.contains(
                #""further_faults":0,"faults":[{"entry":2,"words":"entry 2 is not the one that was collected"}]}]}"#))
    }

    @Test func `a ledger without its key is collected by the public one, which is needed once`() throws {
        let fleet = try Fleet()
        let path = fleet.servers[0].ledgerPath
        func collect(_ more: String...) throws -> Output {
            try spawn(
                [BuiltProducts.remit, "collect", "--to", fleet.database.address(), "--ledger", path, "--create"] + more,
                environment: HermeticGit.environment(home: fleet.authority.path))
        }
        let key = try fleet.remit("log", "key", "--ledger", path).text
        try FileManager.default.moveItem(atPath: path + ".key", toPath: path + ".away")
        #expect(
            try collect().errorText == """
                remit: error: nothing of the ledger '\(path)' is published
                remit: hint: run 'remit log publish --ledger \(path)' where its key is

                """)
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path + ".key")
        #expect(try fleet.remit("log", "publish", "--ledger", path).status == 0)
        try FileManager.default.removeItem(atPath: path + ".key")
        let unknown = try collect()
        #expect(unknown.status == 64)
        #expect(
            unknown.errorText == """
                remit: error: nothing says which key signs the log '\(Fleet.names[0])' of the ledger '\(path)'
                remit: hint: give what 'remit log key' prints on its server as --key

                """)
        #expect(try collect("--key", key).status == 0)
        #expect(try collect().status == 0)
        #expect(
            try collect("--key", "x").errorText == """
                remit: error: --key: a verifier key is not of the form <name>+<id>+<base64>
                remit: hint: 'remit log key' prints it

                """)
    }

    @Test func `one ledger that is refused keeps no other from being collected`() throws {
        let fleet = try Fleet()
        #expect(try fleet.collect("--create").status == 0)
        // Another ledger takes the place of the first, under its key.
        let path = fleet.servers[0].ledgerPath
        for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
            try FileManager.default.removeItem(atPath: path + end)
        }
        try FileManager.default.removeItem(atPath: path + ".log")
        _ = try Ledger.open(at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
        try fleet.servers[1].commit(["Sources/More.swift": "x\n"], under: fleet.delegation)
        #expect(try fleet.servers[1].push(Scene.branch, environment: Scene.pusher("dana")).status == 0)
        let half = try fleet.collect()
        #expect(half.status == 1)
        let lines = half.errorText.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines[0]
                == "remit: error: the ledger '\(path)' has 0 entries of log '\(Fleet.names[0])', and 2 were "
                + "collected: entry 1 is missing from it")
        #expect(
            lines[1]
                == "remit: hint: an older copy of the ledger, or another one, was put in its place; look for the right one"
        )
        #expect(lines[2].hasSuffix(" inputs of \(Fleet.names[1]): 3 entries in all"))
        try FileManager.default.removeItem(atPath: path)
        let gone = try fleet.collect()
        #expect(gone.status == 2)
        #expect(
            gone.errorText == """
                remit: error: cannot read the ledger '\(path)': cannotOpen: no such file or directory (SQLite 14)
                remit: collected 0 entries and 0 inputs of \(Fleet.names[1]): 3 entries in all

                """)
    }

    @Test func `what libpq knows is in force, and a password is never said`() throws {
        let fleet = try Fleet()
        let (database, ledger) = (fleet.database, fleet.servers[0].ledgerPath)
        try database.run(
            """
            CREATE ROLE stranger_\(database.name) LOGIN SUPERUSER PASSWORD '\(TestPostgres.password)';
            """)
        try database.server.demandPassword(of: "stranger_\(database.name)")
        let home = fleet.authority.path
        func collect(_ address: String, _ variables: [String: String] = [:]) throws -> Output {
            try spawn(
                [BuiltProducts.remit, "collect", "--to", address, "--ledger", ledger],
                environment: HermeticGit.environment(home: home).merging(variables) { $1 })
        }
        let address = database.address(user: "stranger_\(database.name)")
        let socket = "\(database.server.socket)/.s.PGSQL.5432"
        let failed =
            "remit: error: the collection cannot be reached: connection to server on socket \"\(socket)\" failed: "
        let wrong = try collect(address, ["PGPASSWORD": "wrong secret"])
        #expect(wrong.status == 2)
        #expect(
            wrong.errorText
                == failed + #"FATAL:  password authentication failed for user "stranger_\#(database.name)""# + "\n")
        let absent = """
            remit: error: there is no collection in the database '\(database.name)' at '\(database.server.socket)'
            remit: hint: make it with 'remit collect --create'

            """
        #expect(try collect(address, ["PGPASSWORD": TestPostgres.password]).errorText == absent)
        let services = "\(fleet.servers[0].directory.path)/services"
        let service = """
            [evidence]
            host=\(database.server.socket)
            dbname=\(database.name)
            user=stranger_\(database.name)
            password=\(TestPostgres.password)

            """
        try writeFile(Array(service.utf8), to: services)
        #expect(try collect("service=evidence", ["PGSERVICEFILE": services]).errorText == absent)
        #expect(
            try collect(address + "&sslmode=nonsense").errorText
                == "remit: error: the collection cannot be reached: invalid sslmode value: \"nonsense\"\n")
        let usage = try collect("postgres://u:sec@ret@host/x")
        #expect(usage.status == 64)
        #expect(
            usage.errorText == """
                remit: error: the address of the collection has an '@' in its host: write '%40' for one in a user or a password
                remit: hint: an address is 'postgres://user@host/database', or 'service=name' of a service file

                """)
    }

    @Test func `the hook is not linked with libpq, whatever remit is`() throws {
        let environment = HermeticGit.environment(home: "/")
        let libraries = try spawn(["ldd", BuiltProducts.hook], environment: environment)
        #expect(libraries.status == 0 && libraries.text.contains("libc.so"))
        #expect(!libraries.text.contains("libpq"))
        #expect(try spawn(["ldd", BuiltProducts.remit], environment: environment).text.contains("libpq.so.5"))
    }
}
