import RemitTestSupport

/// An authority that several people share through a bare repository, each with a clone of their own.
///
/// The bare repository is a server: the installed hook judges every push to it.
struct SharedWorkplace {
    let place: Workplace
    /// Where everybody pushes to and fetches from.
    let bare: String

    init(agents: Bool = true) throws {
        place = try Workplace(agents: agents)
        bare = "\(place.directory.path)/authority.git"
        for arguments in [
            ["clone", "--quiet", "--bare", ".", bare], ["remote", "add", "origin", bare],
            ["fetch", "--quiet", "origin"],
            ["branch", "--quiet", "--set-upstream-to", "origin/main"],
        ] {
            try succeed(HermeticGit.run(arguments, in: place.authority), arguments)
        }
        let installed = try place.remit([
            "install", bare, "--authority", bare, "--root", place.pin, "--name", "authority", "--ledger",
            "\(place.directory.path)/ledger.db",
        ])
        guard installed.status == 0 else {
            throw CommandFailure(
                command: ["remit", "install"], status: installed.status, stderr: installed.errorText)
        }
    }

    private func succeed(_ output: Output, _ arguments: [String]) throws {
        guard output.status == 0 else {
            throw CommandFailure(command: ["git"] + arguments, status: output.status, stderr: output.errorText)
        }
    }

    /// One more person's clone.
    func clone(_ name: String) throws -> String {
        let path = "\(place.directory.path)/\(name)"
        let arguments = ["clone", "--quiet", bare, path]
        try succeed(HermeticGit.run(arguments, in: place.directory.path), arguments)
        return path
    }

    /// Runs `remit` on one clone.
    func remit(_ arguments: [String], in clone: String) throws -> Output {
        try place.remit(arguments, environment: ["REMIT_AUTHORITY": clone])
    }

    /// The subjects of the shared branch, newest first.
    func subjects() throws -> [String] {
        try HermeticGit.run(["log", "--format=%s", "main"], in: bare).lines
    }

    func git(_ arguments: String..., in clone: String) throws -> Output {
        try HermeticGit.run(arguments, in: clone)
    }

    /// What the server's hook says and does from now on, in place of the guard.
    func install(hook script: String) throws {
        try writeFile(Array("#!/bin/sh\n\(script)\n".utf8), to: "\(bare)/hooks/pre-receive", executable: true)
    }
}
