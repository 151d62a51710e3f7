import RemitFormats
package import RemitModel

extension Members {
    /// A member that is an object; `nil` where it is missing or null.
    package func optionalObject(_ name: String) throws(EvidenceError) -> Members? {
        guard let value = self[name] else { return nil }
        return try Members(value, of: "\(source), '\(name)'")
    }

    package func object(_ name: String) throws(EvidenceError) -> Members {
        guard let members = try optionalObject(name) else { throw fault("'\(name)' is missing") }
        return members
    }

    /// An object made into a value; `nil` where it is missing or null.
    package func optional<Value>(
        _ name: String, _ make: (Members) throws(EvidenceError) -> Value
    ) throws(EvidenceError) -> Value? {
        guard let member = try optionalObject(name) else { return nil }
        return try make(member)
    }

    /// A list of objects, each made into a value.
    package func all<Value>(
        _ name: String, _ make: (Members) throws(EvidenceError) -> Value
    ) throws(EvidenceError) -> [Value] {
        var values: [Value] = []
        for member in try objects(name) { values.append(try make(member)) }
        return values
    }

    /// A list of strings.
    package func texts(_ name: String) throws(EvidenceError) -> [String] {
        var texts: [String] = []
        for value in try list(name) {
            guard case .text(let text) = value else { throw fault("'\(name)' is not a list of strings") }
            texts.append(text)
        }
        return texts
    }

    /// A list of words of a closed list.
    package func words<Word: RawRepresentable>(_ name: String) throws(EvidenceError) -> [Word]
    where Word.RawValue == String {
        var words: [Word] = []
        for text in try texts(name) {
            guard let word = Word(rawValue: text) else { throw fault("'\(name)' has '\(text)', which is not known") }
            words.append(word)
        }
        return words
    }

    /// A list of strings; empty where it is missing.
    package func optionalTexts(_ name: String) throws(EvidenceError) -> [String] {
        self[name] == nil ? [] : try texts(name)
    }

    package func optionalNumber(_ name: String) throws(EvidenceError) -> Int? {
        self[name] == nil ? nil : try number(name)
    }

    package func optionalBytes(_ name: String) throws(EvidenceError) -> ByteString? {
        self[name] == nil ? nil : try bytes(name)
    }

    package func optionalInstant(_ name: String) throws(EvidenceError) -> Instant? {
        self[name] == nil ? nil : try instant(name)
    }

    package func objectID(_ name: String) throws(EvidenceError) -> ObjectID {
        guard let id = ObjectID(hex: try text(name)) else { throw fault("'\(name)' is not the id of an object") }
        return id
    }

    package func optionalObjectID(_ name: String) throws(EvidenceError) -> ObjectID? {
        self[name] == nil ? nil : try objectID(name)
    }

    package func record(_ name: String) throws(EvidenceError) -> RecordID {
        let text = try text(name)
        guard text.hasPrefix(RecordID.prefix), let id = RecordID(text) else {
            throw fault("'\(name)' is not the id of a record")
        }
        return id
    }

    package func optionalRecord(_ name: String) throws(EvidenceError) -> RecordID? {
        self[name] == nil ? nil : try record(name)
    }

    package func strength(_ name: String) throws(EvidenceError) -> Strength {
        let text = try text(name)
        guard let strength = Strength(name: text) else { throw fault("'\(name)' is '\(text)', which is not known") }
        return strength
    }
}
