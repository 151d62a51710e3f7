import RemitGate
import RemitHosts

/// The text of the shell script that git runs.
///
/// The same as the file of `hooks/`, with the program's path put in.
///
/// Whatever lies in the program's place, only the answer of a `remit-hook` that knows this file lets anything through
/// (see ``ShimInterface``). Once refs have moved nothing can be refused, and the file says that a record may be missing.
struct HookShim {
    /// The path of the program where `remit install` does not say another.
    static let defaultProgram = "/usr/local/bin/remit-hook"
    /// By this line an installed hook is known as ours.
    private static let assignment = "\nhook='"
    private static let siteOption = " --config '"

    let hook: HookName
    let program: String
    let isChained: Bool
    /// The file with what holds for every repository of the server; `nil` where each has settings of its own alone.
    let site: String?
    /// Whether it was read from a file of a release that took the status 0 of any program for an answer.
    let isEarlier: Bool

    init(_ hook: HookName = .preReceive, program: String, isChained: Bool, site: String? = nil) {
        self.init(hook, program: program, isChained: isChained, site: site, isEarlier: false)
    }

    private init(_ hook: HookName, program: String, isChained: Bool, site: String?, isEarlier: Bool) {
        self.hook = hook
        self.program = program
        self.isChained = isChained
        self.site = site
        self.isEarlier = isEarlier
    }

    /// What the hook that was there before is called beside ours.
    static func chainedName(of hook: HookName) -> String { "\(hook.rawValue).chained" }

    /// Whether a path can stand between single quotes in the script.
    static func canHold(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "'") }
    }

    /// Reads a hook back; `nil` when it is not exactly one of ours, of this release or an earlier one.
    init?(_ bytes: [UInt8], of hook: HookName = .preReceive) {
        guard let text = String(validating: bytes, as: UTF8.self),
            let start = text.firstRange(of: Self.assignment)?.upperBound
        else { return nil }
        let path = String(text[start...].prefix { $0 != "'" })
        let site = text.firstRange(of: Self.siteOption).map { String(text[$0.upperBound...].prefix { $0 != "'" }) }
        for isChained in [false, true] {
            let shim = HookShim(hook, program: path, isChained: isChained, site: site)
            guard text == shim.text || text == shim.earlierText else { continue }
            self = HookShim(hook, program: path, isChained: isChained, site: site, isEarlier: text != shim.text)
            return
        }
        return nil
    }

    /// As this release writes it, whatever was read.
    var text: String {
        """
        #!/bin/sh
        # Remit \(purpose)\(isChained ? ", then the hook that was here before" : ""). See hooks/README.md.
        hook='\(program)'
        \(body)

        """
    }

    var purpose: String {
        switch hook {
        case .preReceive: "judges every push before a ref moves"
        case .postReceive: "records what landed once refs have moved"
        case .update: "judges a push ref by ref, where a server runs nothing else"
        case .referenceTransaction: "lets git move no protected ref without a decision"
        }
    }

    static let hint = "remit: hint: ask the administrators to run 'remit doctor' on the server"

    private var body: String {
        switch hook {
        case .preReceive: refusing("nothing of this push was accepted")
        case .postReceive: recording
        case .update: refusing("this ref was not moved", arguments: #" "$@""#, readsInput: false)
        case .referenceTransaction:
            // A state that is not known, and those that come too late, are none of our business.
            #"[ "$1" = prepared ] || "# + (isChained ? "exec \(older) \"$@\"" : "exit 0") + "\n"
                + refusing("no ref was changed", arguments: #" "$@""#)
        }
    }

    private var ask: String {
        "SWIFT_BACKTRACE=enable=no \"$hook\" \(hook.rawValue) \(ShimInterface.option)"
            + (site.map { "\(Self.siteOption)\($0)'" } ?? "")
    }

    private var older: String { #""${0%/*}/\#(Self.chainedName(of: hook))""# }

    private static let (allowed, refused) =
        (ShimInterface.allowed, "\(ShimInterface.refused) | \(ShimInterface.undecided)")

    /// What was said instead of an answer: by the shell or the loader, by the kernel, by another program.
    private static let faults = """
        126 | 127) fault='cannot be run' ;;
        129 | 1[3-9]?) fault='was ended by a signal' ;;
        *) fault='is not the remit-hook that this hook file was written for' ;;
        esac
        """

    /// Git's lines, as they came, for one of two hooks; `read` keeps them first.
    private static let (read, given) = (
        "updates=$(cat && echo .) || exit 1\n", #"printf %s "${updates%.}" | "#
    )

    /// An older hook is asked only about what Remit lets through.
    private func refusing(_ consequence: String, arguments: String = "", readsInput: Bool = true) -> String {
        let (read, given) = isChained && readsInput ? (Self.read, Self.given) : ("", "")
        return """
            \(read)\(given)\(ask)\(arguments)
            case $? in
            \(Self.allowed)) \(isChained ? "\(given)\(older)\(arguments); exit" : "exit 0") ;;
            \(Self.refused)) exit 1 ;;
            \(Self.faults)
            echo "remit: error: '$hook' $fault, so \(consequence)" >&2
            echo "\(Self.hint)" >&2; exit 1
            """
    }

    /// The refs have moved: whatever becomes of the record, the older hook must hear of it.
    private var recording: String {
        let warning = "remit: warning: '$hook' $fault, so what landed may be missing in the ledger"
        guard isChained else {
            return """
                \(ask)
                case $? in
                \(Self.allowed)) exit 0 ;;
                \(Self.refused)) exit 1 ;;
                \(Self.faults)
                echo "\(warning)" >&2
                echo "\(Self.hint)" >&2; exit 1
                """
        }
        return """
            \(Self.read)\(Self.given)\(ask)
            case $? in
            \(Self.allowed) | \(Self.refused)) fault= ;;
            \(Self.faults)
            [ -z "$fault" ] || echo "\(warning)" >&2
            [ -z "$fault" ] || echo "\(Self.hint)" >&2
            \(Self.given)\(older)
            """
    }
}
