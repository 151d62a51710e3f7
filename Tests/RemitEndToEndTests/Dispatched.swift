import Foundation
import RemitTestSupport

/// The scripts that servers put between git and the hooks of a directory.
enum Dispatched {
    /// Gitea's and soft-serve's: every file of the directory is run, whatever the others answered.
    static func dispatch(_ hook: String, in repository: String) throws {
        try script(
            """
            #!/bin/sh
            data=$(cat)
            exitcodes=""
            for hook in "${GIT_DIR}"/hooks/\(hook).d/*; do
                test -x "${hook}" && test -f "${hook}" || continue
                echo "${data}" | "${hook}"
                exitcodes="${exitcodes} $?"
            done
            for i in ${exitcodes}; do
                [ "${i}" -eq 0 ] || exit "${i}"
            done

            """, at: "\(repository)/hooks/\(hook)")
    }

    /// A repository as a server leaves it, with the server's own hook, which refuses what is not the server's push.
    static func arrange(_ host: String, in repository: String) throws {
        for hook in ["pre-receive", "post-receive"] {
            let own = "\(repository)/hooks/\(hook).d"
            switch host {
            case "gitea", "forgejo":
                try dispatch(hook, in: repository)
                try script(
                    """
                    #!/bin/sh
                    # "/usr/local/bin/\(host)" hook \(hook)
                    [ "$GITEA_INTERNAL_PUSH" = true ] && exit 0
                    echo 'Rejecting changes as Gitea environment not set.' >&2
                    exit 1

                    """, at: "\(own)/gitea")
            case "soft-serve":
                try dispatch(hook, in: repository)
                try script("#!/bin/sh\nexit 0\n", at: "\(own)/soft-serve")
            default:
                let directory = "\(repository)/custom_hooks/\(hook).d"
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            }
        }
    }

    /// Writes a program, making the directories on the way.
    static func script(_ text: String, at path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try writeFile(Array(text.utf8), to: path, executable: true)
    }
}
