package import RemitModel

/// The marks that coding agents, assistants and bots leave, and the tables that find them.
///
/// A mark is a fact about a tool's bytes, checked on public histories; none is a name that a person could have.
/// Absence of marks says nothing: about half of all agents' commits carry none.
package struct MarkCatalogue: Sendable {
    /// Grows with every change of the tables, and is recorded with each decision.
    package static let version = "2026-11-21.2"

    /// The same as a number, for a file that counts its versions.
    package static let versionNumber = version.utf8.reduce(0) { $1.isDigit ? $0 * 10 + Int($1 & 0x0F) : $0 }

    package static let builtIn = MarkCatalogue(vendorTools + independentTools + assistants + bots)

    /// The id under which a GitHub App that is not listed is reported: apps are programs, not people.
    static let unlistedApp = "any-github-app"

    package var version: String { Self.version }

    /// What rules most names out before a mark is looked at: on which lines it counts, and how a name must begin.
    struct NameMark: Sendable {
        /// No pattern begins with it.
        static let anyByte: UInt8 = 0

        let lines: Mark.Lines
        /// In lower case.
        let firstByte: UInt8
        let index: Int

        /// Whether a name that begins so, in lower case, may be one that the mark means.
        func mayMatch(_ first: UInt8?, on line: Mark.Lines) -> Bool {
            lines.rawValue & line.rawValue != 0 && (firstByte == Self.anyByte || firstByte == first)
        }
    }

    /// The tools in the order of the tables.
    private let listed: [MarkedTool]
    /// Where each mark stands in the tables; the indices below count here.
    private var places: [(tool: UInt16, mark: UInt16)] = []
    private(set) var emails = FoldedTable(slots: 128)
    private(set) var logins = FoldedTable(slots: 64)
    private(set) var values = FoldedTable(slots: 64, skipsDashes: true)
    /// GitHub accounts by number, for a binary search.
    private var accounts: [(id: UInt64, index: Int)] = []
    private var keys: [Int] = []
    private(set) var names: [NameMark] = []
    private(set) var footers: [Int] = []
    private(set) var lines: [Int] = []
    /// The bytes, in lower case, with which a whole-line mark begins.
    private(set) var lineStarts: Set<UInt8> = []
    private(set) var refs: [Int] = []
    private(set) var pushers: [Int] = []

    /// Every process that judges a push builds this once, so it copies little and sorts nothing but numbers.
    init(_ tools: [MarkedTool]) {
        listed = tools
        places.reserveCapacity(256)
        for (tool, entry) in tools.enumerated() {
            for (mark, value) in entry.marks.enumerated() {
                add(value.form, places.count)
                places.append((UInt16(truncatingIfNeeded: tool), UInt16(truncatingIfNeeded: mark)))
            }
        }
        accounts.sort { $0.id < $1.id }
    }

    /// All tools, for `remit agents known`, in the order of their ids.
    package var tools: [MarkedTool] { listed.sorted { $0.id < $1.id } }

    func tools(named id: String) -> [MarkedTool] { listed.filter { $0.id == id } }

    func mark(_ index: Int) -> Mark { tool(of: index).marks[Int(places[index].mark)] }

    func tool(of index: Int) -> MarkedTool { listed[Int(places[index].tool)] }

    /// The marks of a GitHub account.
    func marks(ofAccount id: UInt64) -> [Int] {
        var (low, high) = (0, accounts.count)
        while low < high {
            let middle = (low + high) / 2
            if accounts[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return accounts[low...].prefix { $0.id == id }.map(\.index)
    }

    /// The marks of a key.
    ///
    /// There are a handful, so their texts are compared.
    func marks(ofKey key: KeyFingerprint) -> [Int] {
        let text = key.description
        return keys.filter {
            if case .key(let fingerprint) = mark($0).form { fingerprint == text } else { false }
        }
    }

    private mutating func add(_ form: Mark.Form, _ index: Int) {
        switch form {
        case .email(let address, _): emails.insert(address, index)
        case .gitHub(let id, let login, _):
            accounts.append((id, index))
            // Only apps have a name that no person can take on another server.
            if login.utf8.last == UInt8(ascii: "]") { logins.insert(login, index) }
        case .name(let pattern, let lines):
            names.append(NameMark(lines: lines, firstByte: pattern.firstByte ?? NameMark.anyByte, index: index))
        case .value(let key, _), .valueEmail(let key, _): values.insert(key, index)
        case .footer: footers.append(index)
        case .line(let pattern):
            lines.append(index)
            if let first = pattern.firstByte { lineStarts.insert(first) } else { lineStarts.formUnion(0...0x7F) }
        case .ref: refs.append(index)
        case .pusher: pushers.append(index)
        case .key: keys.append(index)
        }
    }
}
