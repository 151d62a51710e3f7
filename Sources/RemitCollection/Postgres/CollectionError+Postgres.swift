import CPostgreSQL

extension CollectionError {
    /// The error that a statement ended with.
    @unsafe init(result: OpaquePointer, connection: OpaquePointer) {
        func field(_ code: UnicodeScalar) -> String? {
            guard let text = unsafe PQresultErrorField(result, Int32(code.value)) else { return nil }
            return unsafe PostgresConnection.line(String(cString: text))
        }
        // PG_DIAG_SQLSTATE, PG_DIAG_MESSAGE_PRIMARY and PG_DIAG_MESSAGE_DETAIL are characters in C, and not imported.
        let message: String
        if let said = field("M") { message = said } else { message = unsafe PostgresConnection.words(of: connection) }
        let detail = field("D").map { ": \($0)" } ?? ""
        guard let state = field("C") else {
            // Made by libpq itself: the connection broke.
            self.init(.connectionLost, "the connection was lost: \(message)")
            return
        }
        self.init(Self.code(of: state), "the server refuses: \(message)\(detail) (SQLSTATE \(state))")
    }

    /// The kind of fault behind an error code (PostgreSQL's documentation, appendix A).
    private static func code(of state: String) -> Code {
        switch state {
        case "42501", "25006": .notPermitted
        case "55P03", "40001", "40P01": .busy
        case "57014": .timeout
        case "57P01", "57P02", "57P03": .connectionLost
        case "42P01", "42703", "3F000": .notACollection
        default:
            switch state.prefix(2) {
            case "08": .connectionLost
            case "53": .full
            default: .refused
            }
        }
    }
}
