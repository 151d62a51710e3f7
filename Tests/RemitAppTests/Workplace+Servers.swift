import RemitTestSupport

extension Workplace {
    /// The server's repository of the authority, once it is served.
    var server: String { "\(directory.path)/authority.git" }

    /// Puts the authority on a server, where it guards itself; the person's clone pushes there.
    func serve() throws {
        for arguments in [["clone", "--quiet", "--bare", ".", server], ["remote", "add", "origin", server]] {
            try HermeticGit.run(arguments, in: authority).require(["git"] + arguments)
        }
        try install(in: server, as: "authority", ledger: "authority.db")
    }

    /// Installs the hook in a repository of the server.
    func install(in repository: String, as name: String, ledger: String = "ledger.db") throws {
        let arguments = [
            "install", repository, "--authority", server, "--root", pin, "--name", name, "--ledger",
            "\(directory.path)/\(ledger)",
        ]
        try remit(arguments).require(["remit"] + arguments)
    }
}

extension Output {
    /// Stops a test whose ground was not laid.
    func require(_ command: [String]) throws {
        guard status == 0 else { throw CommandFailure(command: command, status: status, stderr: errorText) }
    }
}
