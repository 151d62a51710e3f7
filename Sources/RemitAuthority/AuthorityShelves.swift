import RemitFormats
import RemitModel
import RemitSignatures

/// Shelves: 256 directories below one that would become too wide to be looked into.
///
/// Git reads a directory whole, however little of it is wanted: 100,000 files under `keys/` are 9 MB of it. Records are
/// named as if they all lay in the directory itself, and lie there or on their shelf, never on both; only whoever reads
/// and writes files knows which.
extension AuthorityLayout {
    /// Where a file of a directory that can become wide may lie instead; `nil` for every other file.
    ///
    /// A key and a revocation go by the first two digits of what they are about. An agent goes by those of its id's
    /// digest, and its shelf has a name that no id begins with, since ids have directories inside.
    package static func shelf(of path: String) -> String? {
        guard let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let rest = path[path.index(after: slash)...]
        switch path[..<slash] {
        case "keys": return shelf(of: rest, digits: rest, below: "keys")
        case "revocations":
            let grave = "compromised/"
            guard rest.hasPrefix(grave) else { return shelf(ofRevocation: rest, below: "revocations") }
            return shelf(ofRevocation: rest.dropFirst(grave.count), below: "revocations/compromised")
        case agents:
            let record = record(of: rest)
            guard record.hasSuffix(".toml") else { return nil }
            let id = String(record.dropLast(5))
            guard RecordTable.isIdentifier(id) else { return nil }
            return "\(agents)/~\(RecordID(of: Array(id.utf8)).hex.prefix(2))/\(rest)"
        default: return nil
        }
    }

    /// A file below `agents/` by the name under which it is asked for: the shelf is no part of the id.
    package static func unshelved(agent file: Substring) -> Substring {
        file.hasPrefix("~") ? file.drop { $0 != "/" }.dropFirst() : file
    }

    private static func shelf(ofRevocation name: Substring, below directory: String) -> String? {
        let prefix = "key-"
        return shelf(of: name, digits: name.hasPrefix(prefix) ? name.dropFirst(prefix.count) : name, below: directory)
    }

    private static func shelf(of name: Substring, digits: Substring, below directory: String) -> String? {
        let digits = digits.utf8.prefix(64)
        guard digits.count == 64, digits.allSatisfy({ Hex.value($0) != nil }) else { return nil }
        return "\(directory)/\(Substring(digits.prefix(2)))/\(name)"
    }

    /// The record beside which a signature lies; any other file is its own.
    private static func record(of file: Substring) -> Substring {
        let (first, further) = (".sig", ".sig.")
        if file.hasSuffix(".toml\(first)") { return file.dropLast(first.count) }
        let digits = file.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let rest = file.dropLast(digits)
        return digits > 0 && rest.hasSuffix(".toml\(further)") ? rest.dropLast(further.count) : file
    }

    /// Reads a file where it lies.
    ///
    /// - Parameter file: reads one place; `nil` where nothing is.
    package static func read(
        _ path: String, _ file: (String) throws(AuthorityError) -> [UInt8]?
    ) throws(AuthorityError) -> [UInt8]? {
        let plain = try file(path)
        guard let shelf = shelf(of: path), let shelved = try file(shelf) else { return plain }
        // Of two files one could hide what the other says.
        guard plain == nil else {
            throw AuthorityError(.malformed, "'\(path)' lies at '\(shelf)' too, and one of them is too many")
        }
        return shelved
    }

    /// From so many entries on, what is added to a directory goes to its shelves.
    ///
    /// They are read with it by every look-up: 64 keys are 6 KB, about as much as the names of the shelves.
    package static let widestDirectory = 64

    /// Where a file lies, or has to be put where there is none.
    ///
    /// - Parameter names: the names in a directory, as the authority has them.
    package static func place(
        of path: String, _ names: (String) throws(AuthorityError) -> [String]
    ) throws(AuthorityError) -> String {
        let record = String(record(of: path[...]))
        guard let shelf = shelf(of: path), let shelved = self.shelf(of: record) else { return path }
        let (directory, name) = parts(of: record)
        let present = try names(directory)
        if present.contains(name) { return path }
        if try names(parts(of: shelved).directory).contains(name) { return shelf }
        return present.count >= widestDirectory ? shelf : path
    }

    private static func parts(of path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
