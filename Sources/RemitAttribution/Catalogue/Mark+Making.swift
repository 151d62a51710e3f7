import RemitModel

/// Short spellings for the tables.
extension Mark {
    static func email(_ address: String, _ confidence: Confidence = .definite, _ lines: Lines = .all) -> Mark {
        Mark(form: .email(address, lines), confidence: confidence)
    }

    static func gitHub(_ id: UInt64, _ login: String, _ confidence: Confidence = .definite) -> Mark {
        Mark(form: .gitHub(id, login: login, .all), confidence: confidence)
    }

    static func author(_ name: Pattern, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .name(name, .author), confidence: confidence)
    }

    static func coAuthor(_ name: Pattern, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .name(name, .coAuthor), confidence: confidence)
    }

    static func value(_ key: String, _ pattern: Pattern, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .value(key: key, pattern), confidence: confidence)
    }

    static func valueEmail(_ key: String, _ address: String, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .valueEmail(key: key, address), confidence: confidence)
    }

    static func footer(
        _ label: String, link: String? = nil, lead: Footer.Lead = .any, _ confidence: Confidence = .strong
    ) -> Mark {
        Mark(form: .footer(Footer(label: label, link: link, lead: lead)), confidence: confidence)
    }

    static func line(_ pattern: Pattern, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .line(pattern), confidence: confidence)
    }

    static func ref(_ pattern: Pattern, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .ref(pattern), confidence: confidence)
    }

    static func pusher(_ pattern: Pattern, _ confidence: Confidence = .strong) -> Mark {
        Mark(form: .pusher(pattern), confidence: confidence)
    }

    static func key(_ fingerprint: String, _ confidence: Confidence) -> Mark {
        Mark(form: .key(fingerprint), confidence: confidence)
    }
}

extension Pattern {
    /// The five groups of a UUID and nothing else.
    static let uuid = Pattern.shape(
        [
            .run(.hex, 8...8), .text("-"), .run(.hex, 4...4), .text("-"), .run(.hex, 4...4), .text("-"),
            .run(.hex, 4...4), .text("-"), .run(.hex, 12...12),
        ], .nothing)

    /// A prefix, then a run of bytes to the end.
    static func address(_ prefix: String, _ byteClass: ByteClass, _ count: ClosedRange<Int> = 1...200) -> Pattern {
        .shape((prefix.isEmpty ? [] : [.text(prefix)]) + [.run(byteClass, count)], .nothing)
    }
}
