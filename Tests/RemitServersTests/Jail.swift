import Foundation
import RemitModel
import RemitTestSupport

/// The environment in which GitHub Enterprise Server runs a hook: `/bin/sh`, the hook and what it reads, in a directory
/// that is the hook's root, without `/dev` and `/proc`, and with GitHub's variables alone.
///
/// Git runs outside and calls a script that goes in, as the appliance does. The hook is the one that `make static` builds:
/// another finds neither its libraries there nor, without `/proc`, its arguments.
final class Jail {
    let scene: Scene
    /// A repository of the same fork network, whose objects the server's shares by a relative path.
    let pool: TestRepository
    private var root: String { scene.server.repository.directory.path }

    private static let hook = "/opt/remit/remit-hook"
    private static let ledger = "/var/lib/remit/ledger.db"

    init(_ authority: TestAuthority, settings: [String: String] = [:]) throws {
        let places = ["remit.authority": "/authority.git", "remit.ledger": Self.ledger, "remit.host": "ghes"]
        scene = try Scene(authority, settings: places.merging(settings) { $1 })
        let server = scene.server
        let root = server.repository.directory.path
        pool = try TestRepository(name: "pool.git")
        try pool.git("fetch", "-q", server.repository.path, "+refs/*:refs/remotes/payments/*")

        for directory in ["bin", "opt/remit", "var/lib/remit", "tmp"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(directory)", withIntermediateDirectories: true)
        }
        try Self.copy("/bin/sh", to: "\(root)/bin/sh", in: root)
        let hook = "\(repositoryRoot())/.build/static/release/remit-hook"
        guard FileManager.default.isExecutableFile(atPath: hook) else {
            throw CommandFailure(command: [hook], status: 127, stderr: "it is not there; run 'make static'")
        }
        try Self.run(["cp", hook, "\(root)\(Self.hook)"])
        try Self.run(["cp", "-a", authority.path, "\(root)/authority.git"])
        try Self.run(["cp", "-a", pool.path, "\(root)/pool.git"])
        try writeFile(
            Array("../../pool.git/objects\n".utf8), to: "\(server.repository.path)/objects/info/alternates")
        // Where the tests look for the ledger leads to where it is.
        try Self.run(["mv", server.ledgerPath, "\(root)\(Self.ledger)"])
        try FileManager.default.createSymbolicLink(
            atPath: server.ledgerPath, withDestinationPath: "\(root)\(Self.ledger)")

        let shim = String(decoding: try readFile("\(repositoryRoot())/hooks/pre-receive"), as: UTF8.self)
        try writeFile(
            Array(shim.replacing("/usr/local/bin/remit-hook", with: Self.hook).utf8),
            to: "\(root)/opt/remit/pre-receive",
            executable: true)
        try server.repository.installHook("pre-receive", Self.appliance(root, repository: server.repository.path))
    }

    /// What the appliance does: the quarantine has a name of GitHub's, and the hook sees nothing of git's own variables.
    private static func appliance(_ root: String, repository: String) -> String {
        let inside = repository.dropFirst(root.count)
        return """
            #!/bin/sh
            quarantine=objects/ghq_$$
            cp -r "$GIT_QUARANTINE_PATH" "$quarantine" 2>/dev/null || mkdir "$quarantine"
            env -i PATH=/bin GIT_DIR='\(inside)' GIT_OBJECT_DIRECTORY='\(inside)'/$quarantine \\
                GIT_QUARANTINE_PATH='\(inside)'/$quarantine GIT_ALTERNATE_OBJECT_DIRECTORIES='\(inside)'/objects \\
                GIT_PUSH_OPTION_COUNT=0 GIT_USER_AGENT=git/2.39.5 GITHUB_REPO_NAME=payments/example \\
                GITHUB_REPO_PUBLIC=false GITHUB_USER_IP=192.0.2.7 GITHUB_USER_LOGIN="$APPLIANCE_USER" \\
                /usr/sbin/chroot '\(root)' /bin/sh /opt/remit/pre-receive
            status=$?
            rm -r "$quarantine"
            echo $status >../hook-status
            exit $status

            """
    }

    /// Pushes as an account of the appliance.
    func push(_ refspec: String, by account: String) throws -> Trial {
        try scene.server.watch(keepsHook: true) {
            try scene.server.push(refspec, environment: ["APPLIANCE_USER": account])
        }
    }

    /// Puts a branch of the clone into the fork that the server shares objects with.
    func fork(_ branch: String) throws {
        let fork = "\(root)/pool.git"
        try pool.git(["-C", fork, "fetch", "-q", scene.client.path, "\(branch):refs/heads/fork"])
    }

    /// Runs a program inside with nothing but `/bin/sh` about it.
    func run(_ arguments: [String]) throws -> Output {
        try spawn(["env", "-i", "/usr/sbin/chroot", root] + arguments, environment: ["PATH": HermeticGit.path])
    }

    /// Holds the ledger so that nobody can write it, until the process is ended.
    func holdLedger() throws -> BackgroundProcess {
        let mark = "\(scene.server.directory.path)/held"
        let holding = try BackgroundProcess(
            ["/usr/bin/env", "python3", "-c", Self.holder, "\(root)\(Self.ledger)", mark],
            environment: HermeticGit.environment(home: "/"))
        try wait(until: "the ledger is held") { FileManager.default.fileExists(atPath: mark) }
        return holding
    }

    private static let holder = """
        import sqlite3, sys, time
        ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
        ledger.execute('BEGIN IMMEDIATE')
        open(sys.argv[2], 'w').close()
        time.sleep(60)
        """

    /// Copies a program with the libraries that it loads, each to where it lies outside.
    private static func copy(_ program: String, to path: String, in root: String) throws {
        try run(["cp", "-L", program, path])
        let needed = try spawn(["ldd", program], environment: ["PATH": HermeticGit.path, "LC_ALL": "C"])
        // A program that is one file needs none.
        for line in needed.lines {
            guard let library = line.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("/") }) else {
                continue
            }
            let place = "\(root)\(library)"
            let directory = String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)])
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try run(["cp", "-L", String(library), place])
        }
    }

    private static func run(_ command: [String]) throws {
        let output = try spawn(command, environment: ["PATH": HermeticGit.path])
        guard output.status == 0 else {
            throw CommandFailure(command: command, status: output.status, stderr: output.errorText)
        }
    }
}
