import RemitFormats
import RemitHosts
import RemitModel

extension FuzzTarget {
    static let hookArguments = [argumentCall]

    private static let ids = String(repeating: "0", count: 40) + "\0" + String(repeating: "1", count: 40)

    /// The name of the hook, then its arguments, each before a NUL, as in `/proc/<pid>/cmdline`.
    private static let argumentCall = FuzzTarget(
        "argument-call",
        seeds: [
            "vref\0refs/heads/main\0\(ids)\0\(ids)\0W\0VREF/remit",
            "submit\0--project\0p\0--branch\0refs/heads/main\0--submitter-username\0sam\0--commit\0"
                + String(repeating: "1", count: 40),
            "ref-update\0--project\0--oldrev\0--refname\0refs/heads/main\0--uploader-username\0\0--oldrev\0"
                + String(repeating: "0", count: 40) + "\0--newrev\0" + String(repeating: "1", count: 40),
            "commit-received\0--project\0p\0--refname\0refs/heads/main\0--uploader-username\0d\0--oldrev\0"
                + String(repeating: "0", count: 40) + "\0--newrev\0" + String(repeating: "1", count: 40)
                + "\0--cmdref\0refs/for/main",
        ]
    ) { bytes in
        var words = bytes.split(separator: 0, omittingEmptySubsequences: false).map { ByteString($0) }
        guard let hook = ArgumentHook(rawValue: String(decoding: words.removeFirst().bytes, as: UTF8.self)) else {
            return
        }
        do throws(InvocationError) {
            let call = try ArgumentCall(of: hook, words)
            require(!(call.old ?? .zero).isZero || !call.new.isZero, "a call is about something")
            require(call.ref.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a ref begins no other line")
            require(call.pusher?.login.isEmpty != true, "an account has a name")
        } catch {
            require(!error.reason.isEmpty && error.variable.count <= 64, "a fault is short and has a reason")
        }
    }
}
