import RemitFormats
import RemitGit
import RemitModel
import RemitReport

extension Peeled: Archivable {
    var archived: JSONText { .array([tags.archived, .string(kind.rawValue), id.archived]) }

    init?(archived: JSONValue) {
        guard case .list(let values) = archived, values.count == 3, let tags = [ObjectID](archived: values[0]),
            let kind = ObjectKind(archived: values[1]), let id = ObjectID(archived: values[2])
        else { return nil }
        self.init(tags: tags, kind: kind, id: id)
    }
}

extension ObjectKind: Archivable {
    var archived: JSONText { .string(rawValue) }

    init?(archived: JSONValue) {
        guard case .text(let text) = archived else { return nil }
        self.init(rawValue: text)
    }
}

extension CommitRange: Archivable {
    var archived: JSONText { .array([commits.archived, boundary.sorted().archived]) }

    init?(archived: JSONValue) {
        guard case .list(let values) = archived, values.count == 2, let commits = [ObjectID](archived: values[0]),
            let boundary = [ObjectID](archived: values[1])
        else { return nil }
        self.init(commits: commits, boundary: Set(boundary))
    }
}

extension Change.Entry: Archivable {
    var archived: JSONText { .string("\(mode.octal) \(id.hex)") }

    init?(archived: JSONValue) {
        guard case .text(let text) = archived else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let bits = UInt32(words[0], radix: 8), let mode = FileMode(rawValue: bits),
            let id = ObjectID(hex: String(words[1]))
        else { return nil }
        self.init(mode: mode, id: id)
    }
}

extension Change: Archivable {
    var archived: JSONText { .array([path.archived, old.archived, new.archived]) }

    init?(archived: JSONValue) {
        guard case .list(let values) = archived, values.count == 3, let path = ByteString(archived: values[0]),
            let old = Change.Entry?(archived: values[1]), let new = Change.Entry?(archived: values[2])
        else { return nil }
        self.init(path: path, old: old, new: new)
    }
}

/// A name in a tree or of a ref, and what it stands for.
struct Named<Value: Archivable>: Archivable {
    let name: ByteString
    let value: Value

    var archived: JSONText { .array([name.archived, value.archived]) }

    init(_ name: ByteString, _ value: Value) {
        self.name = name
        self.value = value
    }

    init?(archived: JSONValue) {
        guard case .list(let values) = archived, values.count == 2, let name = ByteString(archived: values[0]),
            let value = Value(archived: values[1])
        else { return nil }
        self.init(name, value)
    }
}

extension GitError: Archivable {
    var archived: JSONText {
        .array([.string(code.rawValue), .string(function), .string(fault), .string(reason)])
    }

    init?(archived: JSONValue) {
        guard let words = [String](archived: archived), words.count == 4, let code = GitError.Code(rawValue: words[0])
        else { return nil }
        self.init(code, function: words[1], fault: words[2], reason: words[3])
    }
}
