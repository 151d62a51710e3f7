import RemitFormats
import RemitReport

/// The lines of a file of statements.
struct StatementBundle {
    private let path: String
    private let lines: [[UInt8]]

    /// The longest file that is read: two statements.
    private static let maximumByteCount = 2 * (DSSEEnvelope.maximumByteCount + 1)

    init(at path: String) throws(AppError) {
        self.path = path
        lines = try Files.read(Files.absolute(path), limit: Self.maximumByteCount)
            .split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    /// The envelope of the one decision among them, and what it says; who signed it, others ask.
    func decision() throws(AppError) -> (envelope: [UInt8], decision: DeploymentDecision) {
        var fault = "is empty"
        for line in lines {
            do throws(DSSEError) {
                return (line, try DeploymentDecision(payload: DSSEEnvelope(parsing: line).payload))
            } catch {
                fault = error.fault
            }
        }
        throw AppError(
            "'\(path)' \(fault)", hint: "give the file that 'remit gate deploy --statement' wrote", status: .usage)
    }
}
