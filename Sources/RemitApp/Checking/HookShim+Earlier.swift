import RemitHosts

/// What `remit install` wrote before hook files asked for an answer of their own.
///
/// Such a file still works with this release's program. It is known for ours, so that it can be replaced and taken away.
extension HookShim {
    /// `nil` for a hook that no earlier release has written.
    var earlierText: String? {
        let body: String
        switch (hook, isChained) {
        case (.preReceive, false): body = "\(Self.earlierRefusal)\nexec \"$hook\" pre-receive"
        case (.preReceive, true): body = "\(Self.earlierRefusal)\n\(Self.earlierBoth)"
        case (.postReceive, false): body = "\(Self.earlierWarning)\nexec \"$hook\" post-receive"
        case (.postReceive, true): body = Self.earlierEach
        case (.update, _), (.referenceTransaction, _): return nil
        }
        return """
            #!/bin/sh
            # Remit \(purpose)\(isChained ? ", then the hook that was here before" : ""). See hooks/README.md.
            SWIFT_BACKTRACE=enable=no
            export SWIFT_BACKTRACE
            hook='\(program)'
            \(body)

            """
    }

    private static let runs = #"[ -f "$hook" ] && [ -s "$hook" ] && [ -x "$hook" ]"#
    private static let unrecorded = "remit: warning: '$hook' cannot be run, so nothing records what landed"

    private static let earlierRefusal = """
        if ! { \(runs); }; then
            echo "remit: error: '$hook' cannot be run, so nothing of this push was accepted" >&2
            echo "\(hint)" >&2
            exit 1
        fi
        """

    private static let earlierWarning = """
        if ! { \(runs); }; then
            echo "\(unrecorded)" >&2
            echo "\(hint)" >&2
            exit 1
        fi
        """

    private static let earlierBoth = """
        updates=$(cat && echo .) || exit 1
        printf %s "${updates%.}" | "$hook" pre-receive || exit
        printf %s "${updates%.}" | "${0%/*}/pre-receive.chained"
        """

    private static let earlierEach = """
        updates=$(cat && echo .) || exit 1
        if \(runs); then
            printf %s "${updates%.}" | "$hook" post-receive
        else
            echo "\(unrecorded)" >&2
            echo "\(hint)" >&2
        fi
        printf %s "${updates%.}" | "${0%/*}/post-receive.chained"
        """
}
