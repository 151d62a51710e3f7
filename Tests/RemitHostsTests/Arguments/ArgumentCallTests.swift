import RemitHosts
import RemitModel
import Testing

private let old = ByteString(String(repeating: "a", count: 40))
private let new = ByteString(String(repeating: "b", count: 40))
private let none = ByteString(String(repeating: "0", count: 40))

/// What Gerrit gives `commit-received`, in its order; the other two are given parts of it.
private let commitReceived: [(name: ByteString, value: ByteString)] = [
    ("--project", "group/payments"), ("--refname", "refs/heads/main"),
    ("--uploader", "Dana Example <dana@example.org>"), ("--uploader-username", "dana"), ("--oldrev", old),
    ("--newrev", new), ("--cmdref", "refs/for/main%topic=retry"),
]
private let submit: [(name: ByteString, value: ByteString)] = [
    ("--change", "1234"), ("--project", "payments"), ("--branch", "refs/heads/main"),
    ("--submitter", "Sam Example <sam@example.org>"), ("--submitter-username", "sam"), ("--patchset", "2"),
    ("--commit", new),
]
private let virtualRef: [ByteString] = ["refs/heads/main", old, new, old, new, "W", "VREF/remit"]

private func words(_ pairs: [(name: ByteString, value: ByteString)]) -> [ByteString] {
    pairs.flatMap { [$0.name, $0.value] }
}

private func words(
    _ hook: ArgumentHook, _ changes: [ByteString: ByteString?] = [:]
) -> [ByteString] {
    let pairs =
        switch hook {
        case .virtualRef: [(name: ByteString, value: ByteString)]()
        case .refUpdate: commitReceived.filter { $0.name != "--cmdref" }
        case .commitReceived: commitReceived
        case .submit: submit
        }
    return words(
        pairs.compactMap { pair in
            guard let change = changes[pair.name] else { return pair }
            return change.map { (pair.name, $0) }
        })
}

/// What is wrong with a call, as the hook says it.
private func fault(_ hook: ArgumentHook, _ words: [ByteString]) -> String? {
    do throws(InvocationError) {
        _ = try ArgumentCall(of: hook, words)
        return nil
    } catch {
        return "\(String(decoding: error.variable.bytes, as: UTF8.self)): \(error.reason)"
    }
}

@Suite struct ArgumentCallTests {
    @Test func `reads what gitolite gives a virtual ref`() throws {
        let call = try ArgumentCall(of: .virtualRef, virtualRef + ["and", "more"])
        #expect(call.host == .gitolite && call.act == .push && call.pusher == nil && call.project == nil)
        #expect(call.ref == "refs/heads/main" && call.old == ObjectID(hex: old.bytes))
        #expect(call.new == ObjectID(hex: new.bytes) && !call.isOthers && !call.isServersOwn)
    }

    @Test func `reads a ref update of Gerrit`() throws {
        let call = try ArgumentCall(of: .refUpdate, words(.refUpdate))
        #expect(call.host == .gerrit && call.act == .push && call.project == "group/payments" && call.via == .push)
        #expect(call.ref == "refs/heads/main" && call.old == ObjectID(hex: old.bytes))
        #expect(call.new == ObjectID(hex: new.bytes))
        #expect(call.pusher == Pusher(login: "dana", vouchedBy: "--uploader-username of gerrit"))
    }

    /// Each is a commit on its way to review, whatever ref the branch is.
    @Test(
        arguments: [
            ("refs/heads/main", "refs/for/main", "refs/for/main", false, false),
            ("refs/heads/main", "refs/for/main%topic=a,r=sam", "refs/for/main", false, false),
            ("refs/heads/rel/1", "refs/for/refs/heads/rel/1", "refs/for/rel/1", false, false),
            ("refs/meta/config", "refs/for/refs/meta/config", "refs/for/refs/meta/config", false, false),
            ("refs/heads/main", "refs/heads/main", "refs/for/main", true, false),
            ("refs/heads/main", "refs/changes/34/1234/2", "refs/for/main", false, true),
            ("refs/heads/main", "refs/changes/1234", "refs/for/main", false, true),
        ] as [(ByteString, ByteString, ByteString, Bool, Bool)])
    func `reads a commit that Gerrit received`(
        branch: ByteString, command: ByteString, ref: ByteString, isOthers: Bool, isServersOwn: Bool
    ) throws {
        let call = try ArgumentCall(
            of: .commitReceived, words(.commitReceived, ["--refname": branch, "--cmdref": command]))
        #expect(call.act == .proposal && call.ref == ref && call.old == ObjectID(hex: old.bytes))
        #expect(call.isOthers == isOthers && call.isServersOwn == isServersOwn)
    }

    @Test func `reads a change that is to be submitted`() throws {
        let call = try ArgumentCall(of: .submit, words(.submit))
        #expect(call.act == .submission && call.old == nil && call.new == ObjectID(hex: new.bytes))
        #expect(call.ref == "refs/heads/main" && call.via == Via(.merge, word: "submit"))
        #expect(call.pusher == Pusher(login: "sam", vouchedBy: "--submitter-username of gerrit"))
    }

    @Test func `an account without a name is vouched for by nobody`() throws {
        #expect(try ArgumentCall(of: .refUpdate, words(.refUpdate, ["--uploader-username": ""])).pusher == nil)
        #expect(try ArgumentCall(of: .submit, words(.submit, ["--submitter-username": ""])).pusher == nil)
    }

    @Test(arguments: [ArgumentHook.refUpdate, .commitReceived, .submit])
    func `what stands for a value is one`(hook: ArgumentHook) throws {
        let call = try ArgumentCall(of: hook, words(hook, ["--project": "--oldrev"]))
        #expect(call.project == "--oldrev")
        let reversed = words(hook).indices.filter { $0.isMultiple(of: 2) }.reversed()
            .flatMap { Array(words(hook)[$0...$0 + 1]) }
        #expect(try ArgumentCall(of: hook, reversed) == ArgumentCall(of: hook, words(hook)))
    }

    @Test(
        arguments: [
            (.refUpdate, ["--uploader"]), (.commitReceived, ["--uploader"]),
            (.submit, ["--change", "--patchset", "--submitter"]),
        ] as [(ArgumentHook, [ByteString])])
    func `misses nothing that says nothing, and everything else`(hook: ArgumentHook, ignored: [ByteString]) {
        for name in words(hook).enumerated().filter({ $0.offset.isMultiple(of: 2) }).map(\.element) {
            let text = String(decoding: name.bytes, as: UTF8.self)
            #expect(fault(hook, words(hook, [name: nil])) == (ignored.contains(name) ? nil : "\(text): not given"))
        }
    }

    private static let long = ByteString(String(repeating: "x", count: 100_000))

    @Test(
        arguments: [
            (
                words(.refUpdate) + ["--change-url", "x"],
                "--change-url: an option of which this release of remit-hook does not know what it means"
            ),
            (words(.refUpdate) + ["--oldrev", old], "--oldrev: given twice"),
            (words(.refUpdate) + ["--uploader", "x"], "--uploader: given twice"),
            (["--project"], "--project: no value"), ([], "--project: not given"),
            (["--project=payments"] + words(.refUpdate), "argument 1: not the name of an option"),
            (["x"] + words(.refUpdate), "argument 1: not the name of an option"),
            (words(.refUpdate) + ["\u{1B}[2J", "x"], "argument 13: not the name of an option"),
            (words(.refUpdate) + [long, "x"], "argument 13: not the name of an option"),
            (Array(repeating: "--oldrev", count: 65), "the arguments: 65 of them, at most 64"),
        ] as [([ByteString], String)])
    func `refuses options that Gerrit does not give`(words: [ByteString], expected: String) {
        #expect(fault(.refUpdate, words) == expected)
    }

    @Test(
        arguments: [
            ("--oldrev", "abcdef012345", "not an id of 40 lower-case hexadecimal digits"),
            (
                "--oldrev", ByteString(String(repeating: "A", count: 40)),
                "not an id of 40 lower-case hexadecimal digits"
            ),
            ("--newrev", "", "not an id of 40 lower-case hexadecimal digits"),
            (
                "--newrev", ByteString(String(repeating: "a", count: 64)),
                "an id of 64 digits: this repository is of the SHA-256 format, which is not supported"
            ),
            ("--refname", "main", "not a full ref name, which begins with refs/"),
            ("--refname", "", "not a full ref name, which begins with refs/"),
            ("--refname", "refs/heads/a\nrefs/heads/b", "a control byte"),
            ("--refname", long, "100000 bytes, at most 4096"),
            ("--project", "", "is empty"), ("--project", "a\u{7F}", "a control byte"),
            ("--project", long, "100000 bytes, at most 1024"),
            ("--uploader-username", "dana\u{1B}[31m", "a control byte"),
            ("--uploader-username", ByteString(String(repeating: "d", count: 256)), "256 bytes, at most 255"),
        ] as [(ByteString, ByteString, String)])
    func `refuses values that Gerrit does not give`(name: ByteString, value: ByteString, reason: String) {
        let expected = "\(String(decoding: name.bytes, as: UTF8.self)): \(reason)"
        #expect(fault(.refUpdate, words(.refUpdate, [name: value])) == expected)
        #expect(fault(.commitReceived, words(.commitReceived, [name: value])) == expected)
    }

    @Test func `refuses what goes nowhere`() {
        #expect(
            fault(.refUpdate, words(.refUpdate, ["--oldrev": none, "--newrev": none]))
                == "--newrev: from nothing to nothing")
        #expect(fault(.commitReceived, words(.commitReceived, ["--newrev": none])) == "--newrev: no commit")
        #expect(fault(.submit, words(.submit, ["--commit": none])) == "--commit: no commit")
        #expect(
            fault(.virtualRef, ["refs/heads/main", none, none, none, none, "W", "VREF/remit"])
                == "the new id: from nothing to nothing")
        #expect(
            fault(.submit, words(.submit, ["--branch": "main"]))
                == "--branch: not a full ref name, which begins with refs/")
    }

    @Test(
        arguments: [
            ([], "the arguments: 0 of them, and gitolite gives a virtual ref at least 7"),
            // What git gives an `update` hook.
            (Array(virtualRef.prefix(3)), "the arguments: 3 of them, and gitolite gives a virtual ref at least 7"),
            (
                virtualRef.dropLast() + ["refs/heads/main"],
                "the refex: does not begin with VREF/: this is no virtual ref"
            ),
            (["refs/heads/\nx"] + virtualRef.dropFirst(), "the ref: a control byte"),
            (
                ["refs/heads/main", "--oldrev"] + virtualRef.dropFirst(2),
                "the old id: not an id of 40 lower-case hexadecimal digits"
            ),
            (virtualRef + Array(repeating: "x", count: 58), "the arguments: 65 of them, at most 64"),
        ] as [([ByteString], String)])
    func `refuses what gitolite does not give`(words: [ByteString], expected: String) {
        #expect(fault(.virtualRef, words) == expected)
    }

    /// A name need not be UTF-8, and which names may be written is for a rule.
    @Test func `bytes stay what they are`() throws {
        let ref = ByteString(Array("refs/heads/".utf8) + [0xE9, 0xFF])
        #expect(try ArgumentCall(of: .virtualRef, [ref] + virtualRef.dropFirst()).ref == ref)
        #expect(try ArgumentCall(of: .refUpdate, words(.refUpdate, ["--refname": ref])).ref == ref)
    }
}
