import Foundation
import RemitFormats
import RemitModel
import Testing

@Suite struct RefNameTests {
    static let table: [ByteString] = [
        "refs/heads/main", "refs/heads/agent/PAY-42/x", "refs/x", "refs/", "refs//", "refs/heads/", "refs/heads//x",
        "refs/heads/.x", "refs/heads/x.", "refs/heads/x./y", "refs/heads/x..y", "refs/heads/...", "refs/heads/x.lock",
        "refs/heads/x.lock/y", "refs/heads/.lock", "refs/heads/lock", "refs/heads/x.LOCK", "refs/heads/x.lockx",
        "refs/heads/@", "refs/heads/@{", "refs/heads/x@{1}", "refs/heads/{@", "refs/heads/a@b", "refs/heads/a b",
        "refs/heads/a~", "refs/heads/a^", "refs/heads/a:b", "refs/heads/a?", "refs/heads/a*", "refs/heads/*",
        "refs/heads/a[", "refs/heads/a]", "refs/heads/a\\b", "refs/heads/a\tb", "refs/heads/a\u{7F}", "refs/heads/-x",
        "refs/heads/a\nb", "refs/heads/é", ByteString(Array("refs/heads/".utf8) + [0xFF, 0x80]), "refs/a.lock",
        "refs/./x", "refs/../x", "refs/heads/x/.", "refs/heads/x/..", "refs/-", "refs/heads/'", "refs/heads/\"$(x)`",
    ]

    /// Names over the bytes that matter, from a fixed seed.
    static let random: [ByteString] = {
        var seed: UInt64 = 20_261_120
        func next(_ bound: Int) -> Int {
            // Knuth's MMIX generator; its high bits are good enough for a test.
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % UInt64(bound))
        }
        let pieces: [[UInt8]] =
            ["/", ".", "..", "@", "{", ".lock", "a", "b", "-", "lock", "a", "x", "/", "a/b"].map { Array($0.utf8) }
            + [[0xC3, 0xA9], [0xFF]]
        return (0..<600).map { _ in
            var bytes = Array("refs/".utf8)
            for _ in 0..<(1 + next(7)) {
                bytes += next(12) == 0 ? [UInt8(1 + next(255))] : pieces[next(pieces.count)]
            }
            return ByteString(bytes)
        }
    }()

    @Test func `agrees with git check-ref-format`() throws {
        let names = Self.table + Self.random
        let verdicts = try Self.gitAccepts(names)
        try #require(verdicts.count == names.count)
        #expect(verdicts.contains(true) && verdicts.contains(false))
        for (name, accepted) in zip(names, verdicts) {
            let fault = RefName.fault(in: name)
            #expect((fault == nil) == accepted, "\(name), seed 20261120: \(fault ?? "no fault")")
        }
    }

    @Test(
        arguments: ["", "main", "heads/main", "HEAD", "Refs/heads/main", "/refs/heads/main", "@", "refs"]
            as [ByteString])
    func `refuses what does not begin with refs`(name: ByteString) {
        #expect(RefName.fault(in: name) == "does not begin with refs/")
    }

    @Test func `a NUL is a control byte`() {
        #expect(RefName.fault(in: ByteString(Array("refs/heads/a".utf8) + [0])) == "a control byte")
    }

    @Test(
        arguments: [
            ("refs/replace/x", true), ("refs/replace", true), ("refs/remit/x/y", true), ("refs/remit", true),
            ("refs/replaced/x", false), ("refs/remit-x", false), ("refs/heads/replace/x", false),
            ("refs/heads/main", false),
        ] as [(ByteString, Bool)])
    func `knows the reserved directories`(name: ByteString, reserved: Bool) {
        #expect((ReservedRefs.directory(of: name) != nil) == reserved)
    }

    /// Git's verdict on each name.
    ///
    /// A shell turns escapes into arguments, because names need not be text.
    private static func gitAccepts(_ names: [ByteString]) throws -> [Bool] {
        let script = names.map { name in
            let escaped = name.bytes.map { byte in
                let octal = String(byte, radix: 8)
                return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
            }
            // The letter at the end keeps trailing line feeds from the substitution.
            return "n=$(printf '\(escaped.joined())x'); git check-ref-format \"${n%x}\"; echo $?\n"
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.environment = [
            "PATH": "/usr/bin:/bin", "LC_ALL": "C", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("remit-names-\(UUID().uuidString)")
        try script.joined().write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        process.arguments = [file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map { $0 == "0" }
    }
}
