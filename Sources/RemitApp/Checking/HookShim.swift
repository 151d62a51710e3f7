/// The text of the shell script that git runs.
///
/// The same as `hooks/pre-receive`, with the program's path put in.
///
/// A program that is gone, empty or not executable must refuse: `sh` would take an empty file for a script that
/// succeeds.
struct HookShim {
    /// The path of the program where `remit install` does not say another.
    static let defaultProgram = "/usr/local/bin/remit-hook"
    /// What the hook that was there before is called beside ours.
    static let chainedName = "pre-receive.chained"
    /// By this line an installed hook is known as ours.
    private static let assignment = "\nhook='"

    let program: String
    let isChained: Bool

    init(program: String, isChained: Bool) {
        self.program = program
        self.isChained = isChained
    }

    /// Whether a path can stand between single quotes in the script.
    static func canHold(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "'") }
    }

    /// Reads a hook back; `nil` when it is not exactly one of ours.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self),
            let start = text.firstRange(of: Self.assignment)?.upperBound
        else { return nil }
        let path = String(text[start...].prefix { $0 != "'" })
        for isChained in [false, true] {
            let shim = HookShim(program: path, isChained: isChained)
            if shim.text == text {
                self = shim
                return
            }
        }
        return nil
    }

    var text: String {
        """
        #!/bin/sh
        # Remit judges every push before a ref moves\(isChained ? ", then the hook that was here before" : ""). \
        See hooks/README.md.
        SWIFT_BACKTRACE=enable=no
        export SWIFT_BACKTRACE
        hook='\(program)'
        if ! { [ -f "$hook" ] && [ -s "$hook" ] && [ -x "$hook" ]; }; then
            echo "remit: error: '$hook' cannot be run, so nothing of this push was accepted" >&2
            echo "remit: hint: ask the administrators to run 'remit doctor' on the server" >&2
            exit 1
        fi
        \(isChained ? Self.both : "exec \"$hook\" pre-receive")

        """
    }

    /// Both are given git's lines; the older hook is asked only about a push that Remit lets through.
    private static let both = """
        updates=$(cat && echo .) || exit 1
        printf %s "${updates%.}" | "$hook" pre-receive || exit
        printf %s "${updates%.}" | "${0%/*}/\(chainedName)"
        """
}
