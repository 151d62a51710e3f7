import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The files of `hooks/` for servers that tell a hook in arguments: whatever lies in the program's place, only the
/// program's own answer lets anything through.
@Suite struct ArgumentShimTests {
    private static let files = ["gitolite/VREF/remit", "gerrit/ref-update", "gerrit/commit-received", "gerrit/submit"]

    @Test(arguments: files) func `a file is short and may be run`(name: String) throws {
        #expect(try HookFile.text(name).split(separator: "\n", omittingEmptySubsequences: false).count <= 16)
        #expect(FileManager.default.isExecutableFile(atPath: HookFile.path(name)))
    }

    @Test(arguments: files, ShimTests.Fault.allCases)
    func `a program that cannot answer refuses`(name: String, fault: ShimTests.Fault) throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        try fault.apply(program)
        let hooks = try Self.hooks(in: directory, program: program)
        let id = String(repeating: "0", count: 40)
        let output = try spawn(
            [
                "\(hooks)/\(name.split(separator: "/").last ?? "")", "refs/heads/main", id, id, id, id, "W",
                "VREF/remit",
            ],
            environment: ["PATH": HermeticGit.path])
        #expect(output.status == 1, "\(output.errorText)")
        #expect(output.text.isEmpty)
        #expect(
            output.errorText.contains("remit: error: '\(program)' \(name.hasSuffix("received") ? "" : fault.says)"),
            "\(output.errorText)")
        #expect(output.errorText.hasSuffix(" on the server\n"), "\(output.errorText)")
    }

    /// All of them in one directory, as Gerrit has its own.
    private static func hooks(in directory: TemporaryDirectory, program: String) throws -> String {
        let place = "\(directory.path)/hooks"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        for name in files {
            try HookFile.write(name, to: "\(place)/\(name.split(separator: "/").last ?? "")", program: program)
        }
        return place
    }

    @Test func `through its files Gerrit gets the answers`() throws {
        var gerrit = try Gerrit()
        let directory = try TemporaryDirectory()
        let hooks = try Self.hooks(in: directory, program: try BuiltProducts.hook)
        gerrit.shims = hooks
        let good = try gerrit.proposed()
        #expect(try gerrit.commitReceived(good).status == 0)
        #expect(try gerrit.submit(good, by: "sam").status == 0)
        #expect(try gerrit.submit(good, by: "mallory").status == 1)
        #expect(try gerrit.refUpdate(Scene.branch, to: good).status == 0)
        let wide = try gerrit.proposed(["Deploy/x": "1\n"])
        let refused = try gerrit.refUpdate(Scene.branch, from: good, to: wide)
        #expect(refused.status == 1 && refused.errorText.contains("scope.path"), "\(refused.errorText)")
        #expect(!refused.errorText.contains("remit: error: '\(try BuiltProducts.hook)'"))
        // Undecided is refused too, and a value that looks like the file's own option stays a value.
        #expect(try gerrit.call("submit", [("project", "--shim=1")]).status == 1)
        // Alone it would let a push to a branch pass unjudged, since it leaves that to its neighbour.
        try FileManager.default.removeItem(atPath: "\(hooks)/ref-update")
        let alone = try gerrit.commitReceived(good, command: Scene.branch, branch: Scene.branch)
        #expect(alone.status == 1)
        #expect(
            alone.errorText.hasPrefix(
                """
                remit: error: '\(try BuiltProducts.hook)' cannot be run, or '\(hooks)' lacks ref-update or submit: \
                the commit was not taken

                """), "\(alone.errorText)")
    }
}
