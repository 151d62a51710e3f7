import RemitReport

/// Whether someone can run git on the server with options of their own, which is past every hook.
struct AccountExamination {
    /// `/etc/passwd`.
    let accounts: String

    enum User {
        case named(String)
        case id(UInt32)
    }

    private struct Account {
        let name: String
        let home: String
        let shell: String
    }

    private static let accountsByteCount = 4 << 20
    /// Some ten thousand keys.
    private static let keysByteCount = 16 << 20
    /// Most lines that are named.
    private static let namedAtMost = 5
    /// Programs that run no command of the user's choice; git-shell runs git's own, without options.
    private static let closedShells: Set<Substring> = ["nologin", "false", "git-shell"]

    func diagnoses(of user: User) -> [Diagnosis] {
        do throws(AppError) {
            guard let account = try account(of: user) else {
                let name =
                    switch user {
                    case .named(let name): "'\(name)'"
                    case .id(let id): String(id)
                    }
                return [
                    .warn(
                        .accounts, "user \(name) is not in '\(accounts)': whether it gets a shell is not known",
                        "name the user as whom the server runs git with --user")
                ]
            }
            return try examine(account)
        } catch {
            return [
                .warn(.accounts, "whether git's user gets a shell is not known: \(error.message)", "look as root")
            ]
        }
    }

    private func account(of user: User) throws(AppError) -> Account? {
        let text = String(decoding: try Files.read(accounts, limit: Self.accountsByteCount), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count == 7 else { continue }
            let isIt =
                switch user {
                case .named(let name): fields[0] == name
                case .id(let id): UInt32(fields[2]) == id
                }
            if isIt {
                let shell = fields[6].isEmpty ? "/bin/sh" : String(fields[6])
                return Account(name: String(fields[0]), home: String(fields[5]), shell: shell)
            }
        }
        return nil
    }

    private func examine(_ account: Account) throws(AppError) -> [Diagnosis] {
        let has = "user '\(account.name)' has the shell '\(account.shell)'"
        if let program = account.shell.split(separator: "/").last, Self.closedShells.contains(program) {
            return [.ok(.accounts, "\(has), which runs no command of the pusher's")]
        }
        var (found, count): ([Diagnosis], Int) = ([], 0)
        for name in ["authorized_keys", "authorized_keys2"] {
            let file = "\(account.home)/.ssh/\(name)"
            guard FileState(of: file) != .missing else { continue }
            let text = String(decoding: try Files.read(file, limit: Self.keysByteCount), as: UTF8.self)
            let keys = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().filter {
                Self.isKey($1)
            }
            let open = keys.filter { !Self.forcesCommand($1) }
            count += keys.count
            guard !open.isEmpty else { continue }
            let lines = open.prefix(Self.namedAtMost).map { String($0.offset + 1) }.joined(separator: ", ")
            let more = open.count > Self.namedAtMost ? " and \(open.count - Self.namedAtMost) more" : ""
            found.append(
                .warn(
                    .accounts,
                    "\(has), and \(open.count == 1 ? "a key" : "keys") in '\(file)' may run any command, git without "
                        + "hooks among them: line \(lines)\(more)",
                    "put 'restrict,command=\"...\"' before each, or set the shell to git-shell"))
        }
        guard found.isEmpty else { return found }
        guard count > 0 else { return [.ok(.accounts, "\(has), and no key in '\(account.home)/.ssh/authorized_keys'")] }
        return [.ok(.accounts, "\(has), and each of its \(count) keys has a command of its own")]
    }

    private static func isKey(_ line: Substring) -> Bool {
        let rest = line.drop { $0 == " " || $0 == "\t" }
        return !rest.isEmpty && rest.first != "#"
    }

    /// Whether the options before a key name a command: `restrict` alone forbids none.
    ///
    /// Options end at the first blank that no quotes hold; a quote may stand in them behind a backslash.
    static func forcesCommand(_ line: Substring) -> Bool {
        var (option, isQuoted, isEscaped): ([UInt8], Bool, Bool) = ([], false, false)
        func isCommand(_ option: [UInt8]) -> Bool {
            String(decoding: option.prefix(9), as: UTF8.self).lowercased() == "command=\""
        }
        for byte in line.drop(while: { $0 == " " || $0 == "\t" }).utf8 {
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                return isCommand(option)
            } else if !isQuoted, byte == UInt8(ascii: ",") {
                if isCommand(option) { return true }
                option = []
                continue
            }
            option.append(byte)
        }
        // A line without a blank is no key.
        return false
    }
}
