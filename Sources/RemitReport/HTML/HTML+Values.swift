package import RemitModel

/// Values from outside, as code.
extension HTML {
    /// How much of one value a page shows, in bytes.
    package static let valueAtMost = 4096
    /// More elements of one list of a record than this are only counted.
    static let elementsAtMost = 100

    package static func value(_ bytes: ByteString) -> HTML { .code("\(plain: bytes, limit: valueAtMost)") }
    package static func value(_ text: String) -> HTML { value(ByteString(text)) }
    /// Ids stand in full: a page is searched for them.
    package static func value(_ id: ObjectID) -> HTML { value(id.hex) }
    package static func value(_ id: RecordID) -> HTML { value(id.description) }

    /// Several values, each for itself; a word where there are none.
    package static func values(_ texts: [String], none: SafeText = "none") -> [HTML] {
        texts.isEmpty ? [.text(none)] : joined(texts.map { [.value($0)] }, by: ", ")
    }

    /// Pieces with something of ours between them.
    package static func joined(_ pieces: [[HTML]], by separator: SafeText) -> [HTML] {
        Array(pieces.joined(separator: [.text(separator)]))
    }

    /// Everything that a record says, member by member; what it does not say is left out.
    static func record(_ json: JSONText) -> [HTML] {
        switch json {
        case .null: return [.text("none")]
        case .boolean(let value): return [.text(value ? "yes" : "no")]
        case .integer(let number): return [.text("\(number)")]
        case .string(let text): return [.value(text)]
        case .objectID(let id): return [.value(id.hex)]
        case .bytes(let bytes): return [.value(bytes)]
        case .elements(let count, let element): return record(.array((0..<count).map(element)))
        case .array(let elements):
            let shown = elements.prefix(elementsAtMost).map(record)
            let left = elements.count - shown.count
            let isPlain = elements.allSatisfy(\.isPlain)
            let more: [[HTML]] = left > 0 ? [[.text("and \(left) more")]] : []
            return isPlain ? joined(shown + more, by: ", ") : [.list(shown + more)]
        case .object(let members):
            return [
                facts(
                    members.filter { $0.value.saysSomething }.map { member in
                        (name: "\(plain: member.name)", values: [record(member.value)])
                    })
            ]
        }
    }
}

extension JSONText {
    fileprivate var isPlain: Bool {
        switch self {
        case .array, .elements, .object: false
        case .null, .boolean, .integer, .string, .objectID, .bytes: true
        }
    }

    fileprivate var saysSomething: Bool {
        switch self {
        case .null: false
        case .array(let elements): !elements.isEmpty
        case .elements(let count, _): count > 0
        case .object(let members): members.contains { $0.value.saysSomething }
        case .boolean, .integer, .string, .objectID, .bytes: true
        }
    }
}
