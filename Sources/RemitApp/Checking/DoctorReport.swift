import RemitReport

/// Everything that `remit doctor` found.
struct DoctorReport {
    static let schema = "doctor/v1"

    private(set) var diagnoses: [Diagnosis] = []

    mutating func add(_ found: [Diagnosis]) {
        diagnoses += found
    }

    mutating func add(_ found: Diagnosis) {
        diagnoses.append(found)
    }

    func has(_ status: Diagnosis.Status) -> Bool {
        diagnoses.contains { $0.status == status }
    }

    var text: String {
        diagnoses.map { $0.line + "\n" }.joined()
    }

    var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("outcome", .string(has(.fail) ? "failed" : "ok")),
            ("checks", .array(diagnoses.map(\.json))),
        ])
    }
}
