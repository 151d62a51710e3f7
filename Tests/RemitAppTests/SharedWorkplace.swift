import RemitTestSupport

/// An authority that several people share through a bare repository, each with a clone of their own.
///
/// The bare repository is a server: the installed hook judges every push to it.
struct SharedWorkplace {
    let place: Workplace
    /// Where everybody pushes to and fetches from.
    var bare: String { place.server }

    init(agents: Bool = true) throws {
        place = try Workplace(agents: agents)
        try place.serve()
        for arguments in [["fetch", "--quiet", "origin"], ["branch", "--quiet", "--set-upstream-to", "origin/main"]] {
            try HermeticGit.run(arguments, in: place.authority).require(["git"] + arguments)
        }
    }

    /// One more person's clone.
    func clone(_ name: String) throws -> String {
        let path = "\(place.directory.path)/\(name)"
        let arguments = ["clone", "--quiet", bare, path]
        try HermeticGit.run(arguments, in: place.directory.path).require(["git"] + arguments)
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
