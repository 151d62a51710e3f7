import RemitHosts

/// The text of the shell script that git runs.
///
/// The same as the file of `hooks/`, with the program's path put in.
///
/// Before refs move, a program that is gone, empty or not executable must refuse: `sh` would take an empty file for a
/// script that succeeds. Once they have moved nothing can be refused, and it says that nothing is recorded.
struct HookShim {
    /// The path of the program where `remit install` does not say another.
    static let defaultProgram = "/usr/local/bin/remit-hook"
    /// By this line an installed hook is known as ours.
    private static let assignment = "\nhook='"

    let hook: HookName
    let program: String
    let isChained: Bool

    init(_ hook: HookName = .preReceive, program: String, isChained: Bool) {
        self.hook = hook
        self.program = program
        self.isChained = isChained
    }

    /// What the hook that was there before is called beside ours.
    static func chainedName(of hook: HookName) -> String { "\(hook.rawValue).chained" }

    /// Whether a path can stand between single quotes in the script.
    static func canHold(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "'") }
    }

    /// Reads a hook back; `nil` when it is not exactly one of ours.
    init?(_ bytes: [UInt8], of hook: HookName = .preReceive) {
        guard let text = String(validating: bytes, as: UTF8.self),
            let start = text.firstRange(of: Self.assignment)?.upperBound
        else { return nil }
        let path = String(text[start...].prefix { $0 != "'" })
        for isChained in [false, true] {
            let shim = HookShim(hook, program: path, isChained: isChained)
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
        # Remit \(purpose)\(isChained ? ", then the hook that was here before" : ""). \
        See hooks/README.md.
        SWIFT_BACKTRACE=enable=no
        export SWIFT_BACKTRACE
        hook='\(program)'
        \(body)

        """
    }

    private var purpose: String {
        switch hook {
        case .preReceive: "judges every push before a ref moves"
        case .postReceive: "records what landed once refs have moved"
        }
    }

    private var body: String {
        switch (hook, isChained) {
        case (.preReceive, false): "\(Self.refusal)\nexec \"$hook\" pre-receive"
        case (.preReceive, true): "\(Self.refusal)\n\(Self.both)"
        case (.postReceive, false): "\(Self.warning)\nexec \"$hook\" post-receive"
        case (.postReceive, true): Self.eachInAnyCase
        }
    }

    private static let runs = #"[ -f "$hook" ] && [ -s "$hook" ] && [ -x "$hook" ]"#
    private static let hint = "remit: hint: ask the administrators to run 'remit doctor' on the server"
    private static let unrecorded = "remit: warning: '$hook' cannot be run, so nothing records what landed"

    private static let refusal = """
        if ! { \(runs); }; then
            echo "remit: error: '$hook' cannot be run, so nothing of this push was accepted" >&2
            echo "\(hint)" >&2
            exit 1
        fi
        """

    private static let warning = """
        if ! { \(runs); }; then
            echo "\(unrecorded)" >&2
            echo "\(hint)" >&2
            exit 1
        fi
        """

    /// Both are given git's lines; the older hook is asked only about a push that Remit lets through.
    private static let both = """
        updates=$(cat && echo .) || exit 1
        printf %s "${updates%.}" | "$hook" pre-receive || exit
        printf %s "${updates%.}" | "${0%/*}/\(chainedName(of: .preReceive))"
        """

    /// The refs have moved: whatever becomes of the record, the older hook must hear of it.
    private static let eachInAnyCase = """
        updates=$(cat && echo .) || exit 1
        if \(runs); then
            printf %s "${updates%.}" | "$hook" post-receive
        else
            echo "\(unrecorded)" >&2
            echo "\(hint)" >&2
        fi
        printf %s "${updates%.}" | "${0%/*}/\(chainedName(of: .postReceive))"
        """
}
