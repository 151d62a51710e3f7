import RemitEvidence
import RemitFormats
import RemitGit
import RemitModel
import RemitReport

/// An answer that an archive keeps, and gives again as it was.
protocol Archivable {
    var archived: JSONText { get }
    init?(archived: JSONValue)
}

extension Bool: Archivable {
    var archived: JSONText { .boolean(self) }

    init?(archived: JSONValue) {
        guard case .flag(let value) = archived else { return nil }
        self = value
    }
}

extension Int: Archivable {
    var archived: JSONText { .integer(self) }

    init?(archived: JSONValue) {
        guard case .number(let value) = archived else { return nil }
        self = value
    }
}

extension String: Archivable {
    var archived: JSONText { .string(self) }

    init?(archived: JSONValue) {
        guard case .text(let value) = archived else { return nil }
        self = value
    }
}

extension ByteString: Archivable {
    var archived: JSONText { .bytes(self) }

    init?(archived: JSONValue) {
        guard let bytes = Members.bytes(archived) else { return nil }
        self = bytes
    }
}

extension ObjectID: Archivable {
    var archived: JSONText { .objectID(self) }

    init?(archived: JSONValue) {
        guard case .text(let text) = archived else { return nil }
        self.init(hex: text)
    }
}

extension RecordID: Archivable {
    var archived: JSONText { .string(description) }

    init?(archived: JSONValue) {
        guard case .text(let text) = archived, text.hasPrefix(RecordID.prefix) else { return nil }
        self.init(text)
    }
}

extension Instant: Archivable {
    var archived: JSONText { .string(description) }

    init?(archived: JSONValue) {
        guard case .text(let text) = archived else { return nil }
        self.init(text)
    }
}

extension Optional: Archivable where Wrapped: Archivable {
    var archived: JSONText { self?.archived ?? .null }

    init?(archived: JSONValue) {
        if archived == .null {
            self = .none
            return
        }
        guard let value = Wrapped(archived: archived) else { return nil }
        self = .some(value)
    }
}

extension Array: Archivable where Element: Archivable {
    var archived: JSONText { .array(map(\.archived)) }

    init?(archived: JSONValue) {
        guard case .list(let values) = archived else { return nil }
        self = []
        for value in values {
            guard let element = Element(archived: value) else { return nil }
            append(element)
        }
    }
}
