import RemitCollection
import RemitLedger
import RemitReport

/// What commands over a collection have in common.
enum CollectionOptions {
    /// Connects to a collection; what its server says beside the answers is told as it comes.
    static func open(_ address: String, create: Bool = false) throws(AppError) -> Collection {
        try asking { () throws(CollectionError) in
            try Collection(try CollectionAddress(address), create: create) { Console.standard.say("server: \($0)") }
        }
    }

    /// Asks a collection, its fault told as the command's own.
    static func asking<Value>(_ body: () throws(CollectionError) -> Value) throws(AppError) -> Value {
        do throws(CollectionError) {
            return try body()
        } catch {
            throw AppError(error.statement, hints: hints(error.code), status: status(error.code))
        }
    }

    static func keys(_ texts: [String]) throws(AppError) -> [NoteKey] {
        var keys: [NoteKey] = []
        for text in texts { keys.append(try LogOptions.key(text)) }
        return keys
    }

    /// A ledger or a collection that is not what it should be is refused; whatever stood in the way is no verdict.
    private static func status(_ code: CollectionError.Code) -> ExitStatus {
        switch code {
        case .address: .usage
        case .rolledBack, .key, .ledger, .corrupt: .refused
        case .unreachable, .connectionLost, .notPermitted, .full, .busy, .timeout, .absent, .notACollection,
            .newerVersion,
            .refused:
            .undecided
        }
    }

    private static func hints(_ code: CollectionError.Code) -> [String] {
        switch code {
        case .address: ["an address is 'postgres://user@host/database', or 'service=name' of a service file"]
        case .absent: ["make it with 'remit collect --create'"]
        case .notPermitted: ["a role that ships needs USAGE on the schema remit, and SELECT and INSERT on its tables"]
        case .connectionLost, .busy, .timeout: ["run it again: it goes on where it was interrupted"]
        case .full: ["make room on the server and run it again: it goes on where it was interrupted"]
        case .newerVersion: ["use a newer remit"]
        case .corrupt: ["'remit collect verify' names everything that was altered"]
        case .rolledBack: ["an older copy of the ledger, or another one, was put in its place; look for the right one"]
        case .ledger: ["see 'remit log verify'"]
        case .key: ["every server's log needs a name and a key of its own"]
        case .unreachable, .notACollection, .refused: []
        }
    }
}
